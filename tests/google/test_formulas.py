"""Formulas: what they come to, and how they follow their cells."""

from typing import Any

import pytest

from tests.google.emulator.cells.formulas import carried
from tests.google.local import Book, Local, RefusedError


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=1+2*3", 7),
        ("=(1+2)*3", 9),
        ("=-2^2", 4),
        ("=10%", 0.1),
        ("=7/2", 3.5),
        ('="a"&"b"&1', "ab1"),
        ('="say ""hi"""', 'say "hi"'),
        ("=A1+B1", 3),
        ("=SUM(A1:C1)", 6),
        ("=SUM(A:A)", 1),
        ("=sum(A1;B1)", 3),
        ("=AVERAGE(A1:C1)", 2),
        ("=COUNTA(A1:D1)", 4),
        ("=COUNT(A1:D1)", 3),
        ('=COUNTIF(A1:C1,">=2")', 2),
        ('=SUMIF(A1:C1,"<3")', 3),
        ('=IF(A1>B1,"more","less")', "less"),
        ("=IFERROR(1/0,5)", 5),
        ("=ROUND(2.345,2)", 2.35),
        ("=A1=1", True),
        ('="A"="a"', True),
        ("=E1", 0),
        ("=Other!A1*2", 20),
        ("='Other'!$A$1", 10),
        ("=1/0", "#DIV/0!"),
        ("=D1+1", "#VALUE!"),
        ("=#REF!+1", "#REF!"),
        ("=NOSUCH", "#NAME?"),
        ("=1+", "#ERROR!"),
        ("=F1", "#REF!"),
        ("=VLOOKUP(1,A:B,2)", "Loading..."),
        ('=HYPERLINK("https://example.com","site")', "site"),
        ("=DATE(2024,1,5)", 45296),
        ("=LEFT(D1,2)&MID(D1,2,1)&LEN(D1)", "tee4"),
    ],
)
def test_a_formula_comes_to(local: Any, formula: str, value: Any) -> None:
    book = local.book("Sheet1", "Other")
    book.write("A1", [1, 2, 3, "text"])
    book.write("Other!A1", [10])
    book.type("F1", [formula])
    assert book.raw("F1") == [[value]]
    assert book.values("F1", valueRenderOption="FORMULA") == [[formula]]


def test_a_formula_in_a_russian_book(russian: Book) -> None:
    russian.type("A1", ["1,5", "2", "=SUM(A1;B1)*0,5", "=ИСТИНА"])
    assert russian.values("A1:D1") == [["1,5", "2", "1,75", "ИСТИНА"]]


@pytest.mark.parametrize(
    ("formula", "copied"),
    [
        ("=A1+$A1+A$1+$A$1", "=B3+$A3+B$1+$A$1"),
        ('=SUM(A1:B2)&"A1"', '=SUM(B3:C4)&"A1"'),
        ("=SUM(A:A)+LOG10(A1)", "=SUM(B:B)+LOG10(B3)"),
        ("='My A1'!A1", "='My A1'!B3"),
    ],
)
def test_a_copy_moves_what_has_no_dollar(formula: str, copied: str) -> None:
    assert carried(formula, 2, 1) == copied


def test_a_copy_past_the_edge_loses_its_reference() -> None:
    assert carried("=A1", -1, 0) == "=#REF!"


def test_formulas_follow_a_tabs_title_and_lose_a_tab_that_is_gone(local: Local) -> None:
    book = local.book("Deals", "Tasks")
    book.type("Tasks!A1", ["=Deals!A1+1", "=SUM('Deals'!A1:A3)", "=Tasks!C1", '="Deals!A1"'])
    book.update({"updateSheetProperties": {"properties": {"sheetId": 0, "title": "Сделки «26»"}, "fields": "title"}})
    shown = {"valueRenderOption": "FORMULA"}
    told = book.values("Tasks!A1:D1", **shown)
    assert told == [["='Сделки «26»'!A1+1", "=SUM('Сделки «26»'!A1:A3)", "=Tasks!C1", '="Deals!A1"']]
    book.update({"deleteSheet": {"sheetId": 0}})
    assert book.values("Tasks!A1:B1", **shown) == [["=#REF!+1", "=SUM(#REF!)"]]
    assert book.values("Tasks!A1") == [["#REF!"]]


def test_a_name_or_a_tab_that_is_not_there(book: Book) -> None:
    book.type("A1", ["=Nowhere!A1", "=nobody"])
    told = book.sheet(includeGridData=True)["data"][0]["rowData"][0]["values"]
    assert [one["effectiveValue"]["errorValue"] for one in told] == [
        {"type": "REF", "message": "Unresolved sheet name 'Nowhere'."},
        {"type": "NAME", "message": "Unknown range name: 'NOBODY'."},
    ]


def test_today_is_the_day_where_the_spreadsheet_is(local: Local) -> None:
    east, west = (local.book() for _ in range(2))
    for book, zone in ((east, "Pacific/Kiritimati"), (west, "Etc/GMT+12")):
        book.update({"updateSpreadsheetProperties": {"properties": {"timeZone": zone}, "fields": "timeZone"}})
        book.type("A1", ["=TODAY()"])
    # 26 hours lie between them, so that their dates always differ.
    assert east.raw("A1")[0][0] - west.raw("A1")[0][0] in {1, 2}
    with pytest.raises(RefusedError, match="Invalid time zone: Mars"):
        east.update({"updateSpreadsheetProperties": {"properties": {"timeZone": "Mars"}, "fields": "timeZone"}})
