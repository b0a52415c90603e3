"""From a blank sheet to daily work, over HTTP with a service account's key: the same book as in a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import Make
from tests.e2e.google_shore import Shore, lasting, standing
from tests.e2e.program import Program

LOCALES = {"en": "en_US", "ru": "ru_RU"}
SIX = ("stages", "sales", "pipeline", "reactivation", "concentration", "quality")

Told = dict[str, Any]


def unlinked(findings: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [{**finding, "url": None} for finding in findings]


@pytest.mark.parametrize("lang", LOCALES)
def test_the_way_from_a_blank_sheet_is_that_of_a_file(
    make: Make, program: Program, key_file: Path, tmp_path: Path, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key is named in the call here, and in the environment there."""
    base, file = make({}, LOCALES[lang]), tmp_path / "clients.xlsx"
    named = ("--credentials", str(key_file)) if lang == "en" else ()
    if not named:
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(key_file))

    def both(command: str, *words: str) -> tuple[Told, Told]:
        theirs = program(command, file, *words, "--format", "json")
        ours = base(command, *words, "--format", "json", *named)
        assert (ours.code, base.served.counts()["token"]) == (theirs.code, 1)
        return dict(ours.json), dict(theirs.json)

    made, _ = both("init", "--demo", "--lang", lang)
    assert (made["book"], made["created"]) == ("Clients", True)
    assert (base.counts(), base.kinds()["appendCells"]) == ((3, 1), 0)
    assert lasting(base.stands()) == lasting(standing(str(file)))

    ours, theirs = both("validate")
    assert base.counts() == (2, 0)
    assert len(ours["findings"]) > 50
    assert unlinked(ours["findings"]) == unlinked(theirs["findings"])
    assert ours["summary"] == theirs["summary"]
    gids = base.gids()
    assert [found["url"] for found in ours["findings"]] == [link(base, gids, found) for found in ours["findings"]]

    ours, theirs = both("report", *SIX)
    assert base.counts() == (2, 1)
    assert ours["reports"] == theirs["reports"]

    for command in ("tasks", "update"):
        ours, theirs = both(command)
        assert base.counts() == (3, 1)
        assert without_names(ours) == without_names(theirs)
    assert lasting(base.stands()) == lasting(standing(str(file)))


def without_names(told: Told) -> Told:
    return {name: part for name, part in told.items() if name not in {"book", "notes"}}


def link(base: Shore, gids: Mapping[str, int], found: Mapping[str, Any]) -> str | None:
    """Where a finding leads to."""
    if found["sheet"] not in gids:
        return None
    tab = f"https://docs.google.com/spreadsheets/d/{base.book.id}/edit#gid={gids[found['sheet']]}"
    return f"{tab}&range={found['cell']}" if found["cell"] else tab
