"""A native pivot: Google counts it, and nothing of what it will show is written."""

from sheetcrm.tab import Format, Pivot, PivotField, PivotValue, Tab, TabColumn, TabRow
from tests.unit.workbook.google.tabs.canvas import Canvas

DATA = Tab(
    "▦ Data",
    (TabColumn("ID"), TabColumn("City"), TabColumn("Month"), TabColumn("Sum", Format.MONEY)),
    (TabRow(("D-1", "Perm", "2026-11", 10)), TabRow(("D-2", "Omsk", "2026-10", 20))),
    lead=(TabRow(("what it is",)),),
)
PIVOT = Pivot(
    "▦ Data",
    (PivotField(1, ("Omsk", "Perm")),),
    (PivotField(2, ("2026-11", "2026-10")),),
    (PivotValue(3, "sum", "Money", Format.MONEY), PivotValue(0, "count", "Share", Format.PERCENT, share=True)),
    "Total",
    "Values",
)
SHOWN = Tab(
    "▦ Pivot",
    (TabColumn(""), *(TabColumn(name, Format.MONEY) for name in ("Month", " ", "  ", "   ", "    ", "     "))),
    (TabRow((None, 1)), TabRow(("City", 1)), TabRow(("Omsk", 20)), TabRow(("Perm", 10)), TabRow(("Total", 30))),
    lead=(TabRow(("a pivot",)),),
    pivot=PIVOT,
)


def test_it_counts_the_table_of_the_other_tab_where_the_header_would_stand() -> None:
    canvas = Canvas()
    canvas.draw(SHOWN, DATA)
    table = canvas.cell("A3", "▦ Pivot")["pivotTable"]
    assert table["source"] == {
        "sheetId": canvas.gid("▦ Data"),
        "startRowIndex": 2,
        "endRowIndex": 5,
        "startColumnIndex": 0,
        "endColumnIndex": 4,
    }
    assert table["rows"] == [{"sourceColumnOffset": 1, "showTotals": True, "sortOrder": "ASCENDING"}]
    assert table["columns"] == [{"sourceColumnOffset": 2, "showTotals": True, "sortOrder": "DESCENDING"}]
    assert table["values"] == [
        {"sourceColumnOffset": 3, "summarizeFunction": "SUM", "name": "Money"},
        {
            "sourceColumnOffset": 0,
            "summarizeFunction": "COUNTA",
            "name": "Share",
            "calculatedDisplayType": "PERCENT_OF_GRAND_TOTAL",
        },
    ]


def test_nothing_stands_where_google_will_write_and_it_has_room() -> None:
    canvas = Canvas()
    canvas.draw(SHOWN, DATA)
    assert canvas.values("▦ Pivot") == [["a pivot"]]
    grid = canvas.sheet("▦ Pivot")["properties"]["gridProperties"]
    assert grid["rowCount"] > 200
    assert grid["frozenRowCount"] == 5


def test_its_figures_have_their_formats() -> None:
    canvas = Canvas()
    canvas.draw(SHOWN, DATA)
    assert canvas.format("B6", "▦ Pivot")["numberFormat"] == {"type": "NUMBER", "pattern": '#,##0;-#,##0;"–"'}
    assert canvas.format("B5", "▦ Pivot")["textFormat"]["bold"]


def test_twice_is_once() -> None:
    canvas = Canvas()
    canvas.draw(SHOWN, DATA)
    once = canvas.look("▦ Pivot")
    canvas.draw(SHOWN, DATA)
    assert canvas.look("▦ Pivot") == once
