"""Whatever stands in a cell comes through a write as it was, or is refused by its address; nothing is cut or parsed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from sheetcrm.errors import Exit
from sheetcrm.table import Cell
from tests.e2e.conftest import Make
from tests.e2e.google_firm import firm
from tests.e2e.google_shore import Shore

LONG = "лес рубят — щепки летят, " * 1600
"""40 000 characters."""

TEXTS = [
    "=1+1", "+7 999 123-45-67", "007", "1,5", "1.5", "TRUE", "ИСТИНА", "'quote", "  leading", "trailing  ",
    "two\nlines", "🌷 tulip", "12.03.2026", "2026-03-12", "1e5", "50%", "₽ 5", "-5", "@me", "#N/A", "\tTab",
    "e\u0301", LONG,
]  # fmt: skip
NAMES = ["T1", "Anna's “list” 🌷", "R1C1", "1e5", "A1:B2", "it's 'so'", "Sheet!1"]
"""Titles of tabs that look like something else."""


def with_texts() -> dict[str, list[list[Cell]]]:
    """The firm, each text once as a client's name and once beside it, among tabs with odd titles."""
    tabs = {title: [list(row) for row in rows] for title, rows in firm().items()}
    tabs["Companies"] += [
        [None, f"Firm {number}", "Information", "Anna", "+7 912 345-68-00", text, None, text]
        for number, text in enumerate(TEXTS)
    ]
    tabs["Activities"].append([None, date(2026, 11, 19), "Call", "Rose", "Anna", "Reached", LONG])
    return tabs | {title: [[title, 1.0], ["=1+1", True], [None, date(2026, 1, 2)]] for title in NAMES}


@pytest.mark.parametrize("locale", ["en_US", "ru_RU"])
def test_texts_and_titles_come_through_every_command(make: Make, locale: str) -> None:
    tabs = with_texts()
    base = make(tabs, locale)
    for words in (("update",), ("tasks",), ("report", "--all"), ("validate", "--tab"), ("update",)):
        assert base(*words).code in (Exit.DONE, Exit.FINDINGS)
    stands = base.stands()
    assert [row[7] for row in stands["Companies"][8:]] == TEXTS
    assert [row[5] for row in stands["Companies"][8:]] == TEXTS
    assert {title: stands[title] for title in NAMES} == {title: tabs[title] for title in NAMES}
    assert stands["Activities"][4][6] == LONG


def test_a_long_text_is_quoted_whole_or_visibly_cut_on_tabs_of_ours(make: Make) -> None:
    base = make(with_texts())
    assert base("update").code == Exit.DONE
    drawn = [cell for title, rows in base.stands().items() if title[0] == "▦" for row in rows for cell in row]
    beginnings = [cell for cell in drawn if isinstance(cell, str) and LONG[:30] in cell]
    assert [cell for cell in beginnings if LONG not in cell and "…" not in cell] == []


@pytest.mark.parametrize(("length", "code"), [(32_767, Exit.DONE), (32_768, Exit.GUARDED), (50_000, Exit.GUARDED)])
def test_a_text_too_long_for_a_cell_of_either_shore_is_refused_by_its_address(
    base: Shore, length: int, code: Exit
) -> None:
    """A manager wrote a novel under “Summary”; Google holds 50 000 characters, a file 32 767."""
    assert base("update").code == Exit.DONE
    title, said = "▦ Tasks — Anna", "x" * length
    rows = base.stands()[title]
    line = next(at for at, row in enumerate(rows) if len(row) > 1 and str(row[1]).startswith("T-"))
    base.book.type(f"'{title}'!A{line + 1}", [True])
    type_raw(base, title, (line, next(row for row in rows if "Task ID" in row).index("Summary")), said)
    before = base.stands()
    ran = base("tasks")
    assert ran.code == code
    if code == Exit.DONE:
        assert [row[6] for row in base.stands()["Activities"][4:]] == [said]
    else:
        assert f"Activities!G5: a text of {length:,} characters does not fit into a cell." in ran.err
        assert base.counts()[1] == 0
        assert base.stands() == before


def type_raw(base: Shore, title: str, spot: tuple[int, int], text: str) -> None:
    """Put a text into a cell, whatever it looks like; its row and column count from 0."""
    start = {"sheetId": base.gid(title), "rowIndex": spot[0], "columnIndex": spot[1]}
    cell = {"userEnteredValue": {"stringValue": text}}
    base.book.update({"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": "userEnteredValue"}})


@pytest.mark.parametrize("locale", ["en_US", "ru_RU"])
def test_numbers_and_days_are_written_typed(make: Make, locale: str) -> None:
    base = make(firm(), locale)
    assert base("update").code == Exit.DONE
    for address, kind, value in (
        ("Companies!M5", "DATE", 46054.0), ("Companies!P5", None, 4556.0), ("Deals!M2", None, 255.0),
        ("Tasks!E3", "DATE", 46346.0), ("Runs!A2", "DATE_TIME", pytest.approx(46346 + 9.5 / 24)),
    ):  # fmt: skip
        cell = written(base, address)
        assert cell["userEnteredValue"] == {"numberValue": value}, address
        assert cell.get("effectiveFormat", {}).get("numberFormat", {}).get("type") == kind
    assert base.stands()["Runs"][1][0] == datetime(2026, 11, 20, 9, 30)


def written(base: Shore, address: str) -> dict[str, Any]:
    """A cell as it was entered."""
    fields = "sheets.data.rowData.values(userEnteredValue,effectiveFormat.numberFormat)"
    told = base.book.get(ranges=address, fields=fields)
    return dict(told["sheets"][0]["data"][0]["rowData"][0]["values"][0])


@pytest.mark.parametrize(
    ("locale", "typed", "decimal"), [("ru_RU", "20.11.2026", "12,5"), ("en_US", "11/20/2026", "12.5")]
)
def test_what_people_type_in_their_locale_is_understood(make: Make, locale: str, typed: str, decimal: str) -> None:
    base = make(firm(), locale)
    base.book.type("Deals!F5:I5", ["2", decimal, None, typed])
    assert base("update").code == Exit.DONE
    row = base.stands()["Deals"][4]
    assert (row[5], row[6], row[8]) == (2.0, 12.5, date(2026, 11, 20))


def test_a_tab_of_five_thousand_rows_comes_through(base: Shore) -> None:
    more = [
        [f"C-{number:06d}", f"Firm {number}", "Information", "Anna", f"+7 912 {number:07d}", "Perm"]
        for number in range(100, 5100)
    ]
    gid = base.gid("Companies")
    base.book.update({"appendDimension": {"sheetId": gid, "dimension": "ROWS", "length": 4500}})
    base.book.write("Companies!A9", *more)
    assert base("update").code == Exit.DONE
    sizes = [call["request_bytes"] for call in base.calls() if call["requests"]]
    assert base.counts() == (3, len(sizes))
    assert max(sizes) <= 2_000_000
    assert [row[:6] for row in base.stands()["Companies"][8:]] == more
    assert [row[0] for row in base.stands()["Companies"][6:8]] == ["C-005100", "C-005101"]
