"""What sheetcrm lays on a tab beside its cells, asked over HTTP as it asks."""

from __future__ import annotations

import pytest

from tests.google.asking import cell, span
from tests.google.local import Asked, Book, Json, RefusedError

RULES: list[Json] = [
    {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "Покупатель"}, {"userEnteredValue": "Лид, тёплый"}]},
    {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": "=Sheet1!$A$1:$A$9"}]},
    {"type": "BOOLEAN"},
]


@pytest.fixture
def book(asked: Asked) -> Book:
    return asked.book()


def test_a_tab_of_a_given_id_and_its_properties(book: Book) -> None:
    grid = {"rowCount": 5, "columnCount": 3, "frozenRowCount": 1}
    book.update({"addSheet": {"properties": {"sheetId": 77, "title": "Start", "index": 0, "gridProperties": grid}}})
    asked = {
        "sheetId": 77,
        "title": "Старт",
        "tabColorStyle": {"rgbColor": {"green": 1}},
        "gridProperties": {"rowCount": 9, "frozenColumnCount": 1, "hideGridlines": True},
    }
    fields = "title,tabColorStyle,gridProperties(rowCount,frozenColumnCount,hideGridlines)"
    book.update({"updateSheetProperties": {"properties": asked, "fields": fields}})
    told = book.sheet(0)["properties"]
    assert (told["sheetId"], told["title"], told["index"]) == (77, "Старт", 0)
    assert told["tabColor"] == {"green": 1}
    assert told["gridProperties"] == {
        "rowCount": 9,
        "columnCount": 3,
        "frozenRowCount": 1,
        "frozenColumnCount": 1,
        "hideGridlines": True,
    }
    for request in (
        {"addSheet": {"properties": {"sheetId": 77, "title": "Other"}}},
        {"updateSheetProperties": {"properties": {"sheetId": 78, "title": "x"}, "fields": "title"}},
    ):
        with pytest.raises(RefusedError, match=r"with id:? 7[78]"):
            book.update(request)


def test_conditional_formats_go_by_their_index(book: Book) -> None:
    def rule(formula: str) -> Json:
        condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": formula}]}
        format_ = {"backgroundColor": {"red": 1}}
        return {"ranges": [span(1, 9, 0, 3)], "booleanRule": {"condition": condition, "format": format_}}

    book.update(
        *(
            {"addConditionalFormatRule": {"rule": rule(text), "index": at}}
            for at, text in enumerate(("=$A1", "=$B1", "=$C1"))
        )
    )
    gone = book.update({"deleteConditionalFormatRule": {"sheetId": 0, "index": 1}})["replies"][0]
    assert "=$B1" in str(gone["deleteConditionalFormatRule"]["rule"])
    left = book.sheet()["conditionalFormats"]
    assert [one["booleanRule"]["condition"]["values"][0]["userEnteredValue"] for one in left] == ["=$A1", "=$C1"]
    assert left[0]["booleanRule"]["format"]["backgroundColorStyle"] == {"rgbColor": {"red": 1}}
    with pytest.raises(RefusedError, match="at index: 2"):
        book.update({"deleteConditionalFormatRule": {"sheetId": 0, "index": 2}})


@pytest.mark.parametrize("condition", RULES)
def test_validation_rules_are_kept(book: Book, condition: Json) -> None:
    rule = {"condition": condition, "strict": True, "showCustomUi": True, "inputMessage": "этап"}
    book.update(
        {"setDataValidation": {"range": {"startRowIndex": 1, "startColumnIndex": 2, "endColumnIndex": 3}, "rule": rule}}
    )
    assert cell(book, "C2")["dataValidation"] == rule
    assert cell(book, "C100")["dataValidation"] == rule
    assert cell(book, "C1") == {}
    book.update({"setDataValidation": {"range": span(1, 100, 2, 3)}})
    assert cell(book, "C2") == {}


@pytest.mark.parametrize(
    "condition",
    [
        {"type": "TEXT_STARTS_WITH", "values": [{"userEnteredValue": "a"}]},
        {"type": "NUMBER_BETWEEN", "values": [{"userEnteredValue": "1"}]},
        {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "=A1"}]},
        {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": "=Нет!A1:A9"}]},
        {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": "A1>0"}]},
        {"type": "DATE_BEFORE", "values": [{"relativeDate": "TODAY"}]},
        {},
    ],
)
def test_a_rule_that_google_does_not_know_for_validation_is_refused(book: Book, condition: Json) -> None:
    with pytest.raises(RefusedError) as refused:
        book.update({"setDataValidation": {"range": span(0, 1, 0, 1), "rule": {"condition": condition}}})
    assert refused.value.status == 400


def test_filter_views_have_the_id_that_was_given(book: Book) -> None:
    condition = {"type": "TEXT_EQ", "values": [{"userEnteredValue": "Анна"}]}
    specs = [{"columnIndex": 2, "filterCriteria": {"condition": condition}}]
    view = {"filterViewId": 12, "title": "Мои клиенты — Анна", "range": span(0, 100, 0, 5), "filterSpecs": specs}
    book.update({"addFilterView": {"filter": view}})
    (told,) = book.sheet()["filterViews"]
    assert told == {**view, "criteria": {"2": {"condition": condition}}}
    with pytest.raises(RefusedError, match="12 already exists"):
        book.update({"addFilterView": {"filter": {**view, "title": "Other"}}})
    changed = {"filterViewId": 12, "title": "Не хватает данных", "filterSpecs": []}
    book.update({"updateFilterView": {"filter": changed, "fields": "title,filterSpecs"}})
    (told,) = book.sheet()["filterViews"]
    assert told == {"filterViewId": 12, "title": "Не хватает данных", "range": span(0, 100, 0, 5)}


def test_a_chart_has_the_id_that_was_given_and_lies_on_the_tab(book: Book) -> None:
    place = {"overlayPosition": {"anchorCell": {"rowIndex": 3, "columnIndex": 5}, "widthPixels": 400}}
    series = [{"series": {"sourceRange": {"sources": [span(0, 9, 1, 2)]}}, "colorStyle": {"themeColor": "ACCENT1"}}]
    spec = {"title": "Выручка", "basicChart": {"chartType": "COLUMN", "series": series}}
    book.update({"addChart": {"chart": {"chartId": 5, "spec": spec, "position": place}}})
    assert book.sheet()["charts"] == [{"chartId": 5, "spec": spec, "position": place}]
    for chart in ({"chartId": 5}, {"position": {"overlayPosition": {"anchorCell": {"rowIndex": 100}}}}):
        with pytest.raises(RefusedError):
            book.update({"addChart": {"chart": {"spec": spec, "position": place, **chart}}})


def test_groups_of_rows_are_made_closed_and_undone(book: Book) -> None:
    rows = {"sheetId": 0, "dimension": "ROWS", "startIndex": 2, "endIndex": 5}
    book.update(
        {"addDimensionGroup": {"range": rows}},
        {
            "updateDimensionGroup": {
                "dimensionGroup": {"range": rows, "depth": 1, "collapsed": True},
                "fields": "collapsed",
            }
        },
    )
    told = book.sheet(fields="sheets(rowGroups,data(rowMetadata(hiddenByUser)))")
    assert told["rowGroups"][0]["collapsed"] is True
    assert [row.get("hiddenByUser", False) for row in told["data"][0]["rowMetadata"][:6]] == [False, False] + [
        True
    ] * 3 + [False]
    book.update({"deleteDimensionGroup": {"range": rows}})
    assert "rowGroups" not in book.sheet()
