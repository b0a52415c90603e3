"""`validate` on lists that aren't ours: a useful answer, and not a byte of them changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.foreign_lists import LISTS
from tests.e2e.program import Program


@pytest.mark.parametrize("name", LISTS)
def test_a_strangers_list_is_answered_and_left_alone(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "list.xlsx"
    known = LISTS[name](book)
    before = book.read_bytes()
    sheetcrm = Program(capsys)

    ran = sheetcrm("validate", book, "--tab", "--format", "json", "--lang", "ru")

    answer = ran.json["list"]
    assert ran.code == 1
    assert answer["counts"] == known.counts
    assert (answer["columns"], len(answer["understood"])) == known.columns
    several = len(known.sheets) > 1
    found = {f"{f['sheet']}!{f['cell']}" if several else f["cell"] for f in ran.json["findings"]}
    assert found == {address.replace("'", "") for kind in known.cells.values() for address in kind}
    assert sheetcrm("validate", book, "--lang", "ru").out.startswith("list.xlsx: понял")
    assert book.read_bytes() == before
    assert list(tmp_path.iterdir()) == [book]
