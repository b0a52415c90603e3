"""Colours, which Google tells twice."""

from __future__ import annotations

import pytest

from tests.google.local import Book, Json

RED, BLUE = {"red": 1}, {"blue": 1}
A1 = {"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}


def look_of(book: Book) -> Json:
    mask = "sheets.data.rowData.values.userEnteredFormat"
    rows = book.sheet(ranges="A1", fields=mask)["data"][0].get("rowData")
    return dict(rows[0]["values"][0]["userEnteredFormat"]) if rows else {}


def paint(book: Book, look: Json, mask: str) -> None:
    book.update(
        {"repeatCell": {"range": A1, "cell": {"userEnteredFormat": look}, "fields": f"userEnteredFormat.{mask}"}}
    )


@pytest.mark.parametrize("look", [{"backgroundColor": RED}, {"backgroundColorStyle": {"rgbColor": RED}}])
def test_a_colour_sent_either_way_is_told_both_ways(book: Book, look: Json) -> None:
    (mask,) = look
    paint(book, look, mask)
    assert look_of(book) == {"backgroundColor": RED, "backgroundColorStyle": {"rgbColor": RED}}
    paint(book, {"backgroundColor": BLUE}, "backgroundColor")
    assert look_of(book) == {"backgroundColor": BLUE, "backgroundColorStyle": {"rgbColor": BLUE}}
    paint(book, {}, "backgroundColor")
    assert look_of(book) == {}


def test_the_style_counts_where_both_are_sent(book: Book) -> None:
    theme = {"foregroundColorStyle": {"themeColor": "LINK"}}
    paint(book, {"textFormat": {"foregroundColor": RED, **theme}}, "textFormat")
    assert look_of(book) == {"textFormat": theme}


def test_a_tabs_colour(book: Book) -> None:
    asked = {"properties": {"tabColor": RED}, "fields": "tabColor"}
    book.update({"updateSheetProperties": asked})
    properties = book.sheet()["properties"]
    assert (properties["tabColor"], properties["tabColorStyle"]) == (RED, {"rgbColor": RED})
