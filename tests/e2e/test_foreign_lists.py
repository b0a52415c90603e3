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


def test_who_asks_for_a_tab_in_a_strangers_list_is_told_that_there_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "list.xlsx"
    LISTS[next(iter(LISTS))](book)
    sheetcrm = Program(capsys)
    said = "Nothing was written: list.xlsx is a list that sheetcrm did not make, so it gets no tab ▦ Check."
    assert said in sheetcrm("validate", book, "--tab", "--lang", "en").out.splitlines()
    assert said in sheetcrm("validate", book, "--tab", "--quiet", "--lang", "en").out.splitlines()
    assert sheetcrm("validate", book, "--tab", "--lang", "en", "--format", "json").json["notes"] == [said]
    assert said not in sheetcrm("validate", book, "--lang", "en").out
    assert sheetcrm("validate", book, "--lang", "en", "--format", "json").json["notes"] == []
