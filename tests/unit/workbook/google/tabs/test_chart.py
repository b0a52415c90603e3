"""A native chart that draws what the table holds."""

from typing import Any, Literal

import pytest

from sheetcrm.tab import Chart, Format, Tab, TabColumn, TabRow
from tests.unit.workbook.google.tabs.canvas import Canvas, Json, rgb, table

COLUMNS = (TabColumn("Month"), TabColumn("Plan", Format.MONEY, unit="GBP"), TabColumn("Fact", Format.MONEY, unit="GBP"))
ROWS = (TabRow(("January", 1, 2)), TabRow(("February", 3, 4)), TabRow(("March", 5, 6)))


def charted(chart: Chart, **more: Any) -> Tab:
    return table(*COLUMNS, rows=ROWS, chart=chart, group="report", **more)


def told(chart: Chart, **more: Any) -> Json:
    canvas = Canvas()
    canvas.draw(charted(chart, **more))
    (found,) = canvas.sheet()["charts"]
    return dict(found)


def areas(data: Json) -> list[tuple[int, int, int, int]]:
    return [
        (one["startRowIndex"], one["endRowIndex"], one["startColumnIndex"], one["endColumnIndex"])
        for one in data["sourceRange"]["sources"]
    ]


@pytest.mark.parametrize(
    ("kind", "drawn", "axis"),
    [("bar", "BAR", "BOTTOM_AXIS"), ("column", "COLUMN", "LEFT_AXIS"), ("line", "LINE", "LEFT_AXIS")],
)
def test_one_series_has_no_legend(kind: Literal["bar", "column", "line"], drawn: str, axis: str) -> None:
    spec = told(Chart(kind, "Sales", 0, (1,), 0, 2))["spec"]
    basic = spec["basicChart"]
    assert (spec["title"], basic["chartType"], basic["legendPosition"]) == ("Sales, GBP", drawn, "NO_LEGEND")
    assert areas(basic["domains"][0]["domain"]) == [(0, 4, 0, 1)]
    (series,) = basic["series"]
    assert (areas(series["series"]), series["targetAxis"]) == ([(0, 4, 1, 2)], axis)


def test_several_series_are_told_apart_by_colour_and_name() -> None:
    basic = told(Chart("stacked", "Sales", 0, (1, 2), 0, 2))["spec"]["basicChart"]
    assert (basic["stackedType"], basic["legendPosition"]) == ("STACKED", "BOTTOM_LEGEND")
    assert [rgb(series["colorStyle"]) for series in basic["series"]] == ["2F5D7C", "3C8D7A"]


def test_rows_in_the_middle_keep_the_name_of_their_column() -> None:
    basic = told(Chart("bar", "Sales", 0, (2,), 1, 2))["spec"]["basicChart"]
    assert areas(basic["series"][0]["series"]) == [(0, 1, 2, 3), (2, 4, 2, 3)]
    assert areas(basic["domains"][0]["domain"]) == [(0, 1, 0, 1), (2, 4, 0, 1)]


def test_rows_may_be_the_series() -> None:
    basic = told(Chart("line", "Sales", 0, (1, 2), 0, 1, across=True))["spec"]["basicChart"]
    assert areas(basic["domains"][0]["domain"]) == [(0, 1, 0, 3)]
    assert [areas(series["series"]) for series in basic["series"]] == [[(1, 2, 0, 3)], [(2, 3, 0, 3)]]


def test_it_stands_beside_the_table_and_fits_on_the_grid() -> None:
    canvas = Canvas()
    canvas.draw(charted(Chart("column", "Sales", 0, (1,), 0, 2)))
    sheet = canvas.sheet()
    place = sheet["charts"][0]["position"]["overlayPosition"]
    assert (place["anchorCell"]["rowIndex"], place["anchorCell"]["columnIndex"]) == (1, 4)
    beyond = sheet["data"][0]["columnMetadata"][4:]
    assert sum(column["pixelSize"] for column in beyond) >= place["widthPixels"]
