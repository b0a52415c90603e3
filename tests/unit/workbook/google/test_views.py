"""Filter views: ours are kept, a person's are never touched, and links lead to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from sheetcrm.schema.tables import recognise
from sheetcrm.tab import Tab, TabColumn, TabRow, View
from sheetcrm.table import Change
from sheetcrm.workbook.google import GoogleWorkbook
from tests.google.inside import Inside
from tests.google.local import Local

HEADING = "Ready-made filters"
ANNA = View("My clients — Anna", "companies", "manager", "Anna", ("Start", HEADING))
BORIS = View("My clients — Boris", "companies", "manager", "Boris", ("Start", HEADING))
LACKING = View("Missing data", "companies", "missing", None, ("Start", HEADING))

COMPANIES = Tab(
    "Companies",
    (TabColumn("Company ID"), TabColumn("Name"), TabColumn("Manager"), TabColumn("▦ Missing")),
    (TabRow(("C-000001", "Daisy", "Anna", "INN")), TabRow(("C-000002", "Lily", "Boris", None))),
    lead=(TabRow(("Our clients",)),),
    group="work",
)
START = Tab("Start", rows=(TabRow(("Client base",)), TabRow(("State", "updated: —"))), group="start")


class Firm:
    """A Google Sheet with clients, in this process."""

    def __init__(self) -> None:
        self.client = Inside(Local().book())
        self.workbook = GoogleWorkbook(f"gsheet:{self.client.book.id}", self.client, recognise)
        self.workbook.write((), [START, COMPANIES], "")

    def keep(self, *views: View, lines: Sequence[tuple[int, str | None]] = ()) -> list[str]:
        """Keep these views, with lines on Start; what the write asked for."""
        before = len(self.client.batches)
        changes = [Change("Start", None, "A", None, text, row) for row, text in lines]
        self.workbook.write(changes, (), self.workbook.read().revision, views)
        return self.client.kinds() if len(self.client.batches) > before else []

    def tab(self, title: str = "Companies") -> dict[str, Any]:
        sheets = self.client.book.get(includeGridData=True)["sheets"]
        return next(sheet for sheet in sheets if sheet["properties"]["title"] == title)

    @property
    def gid(self) -> int:
        return int(self.tab()["properties"]["sheetId"])

    def views(self) -> dict[str, dict[str, Any]]:
        return {view["title"]: view for view in self.tab().get("filterViews", [])}

    def person(self, **request: Any) -> None:
        """Somebody does that in the browser."""
        self.client.book.update(dict(request))

    def letters(self, row: int) -> dict[str, Any]:
        """How the first cell of a row of Start is written."""
        cell = self.tab("Start")["data"][0]["rowData"][row - 1].get("values", [{}])[0]
        return dict(cell.get("userEnteredFormat", {}).get("textFormat", {}))


@pytest.fixture
def firm() -> Firm:
    return Firm()


def shown(view: dict[str, Any]) -> list[tuple[int, str, str]]:
    """What a view filters by: the column, how, and by what."""
    found = []
    for spec in view["filterSpecs"]:
        condition = spec["filterCriteria"]["condition"]
        text = "".join(value["userEnteredValue"] for value in condition.get("values", []))
        found.append((spec["columnIndex"], condition["type"], text))
    return found


def test_a_view_covers_the_table_from_its_header_to_the_end_of_the_grid(firm: Firm) -> None:
    firm.keep(ANNA, LACKING)
    rows = firm.tab()["properties"]["gridProperties"]["rowCount"]
    for view in firm.views().values():
        assert view["range"] == {
            "sheetId": firm.gid, "startRowIndex": 2, "endRowIndex": rows, "startColumnIndex": 0, "endColumnIndex": 4
        }  # fmt: skip
    assert shown(firm.views()["My clients — Anna"]) == [(2, "TEXT_EQ", "Anna")]
    assert shown(firm.views()["Missing data"]) == [(3, "NOT_BLANK", "")]
    firm.workbook.read()
    assert list(firm.workbook.views) == ["My clients — Anna", "Missing data"]


def test_what_stands_is_not_written_again(firm: Firm) -> None:
    lines = [(4, HEADING), (5, ANNA.title), (6, LACKING.title)]
    firm.keep(ANNA, LACKING, lines=lines)
    assert firm.keep(ANNA, LACKING) == []
    assert firm.keep(ANNA, LACKING, lines=[(3, "a word")]) == ["updateCells"]


def test_no_views_asked_for_leaves_them_as_they_stand(firm: Firm) -> None:
    firm.keep(ANNA)
    assert firm.keep() == []
    assert list(firm.views()) == ["My clients — Anna"]


def test_a_line_leads_to_its_view(firm: Firm) -> None:
    firm.keep(ANNA, LACKING, lines=[(4, HEADING), (5, ANNA.title), (6, LACKING.title)])
    for row, view in ((5, ANNA), (6, LACKING)):
        id = firm.views()[view.title]["filterViewId"]
        assert firm.letters(row)["link"] == {"uri": f"#gid={firm.gid}&fvid={id}"}
    assert firm.letters(4)["bold"]
    assert "link" not in firm.letters(4)


def test_the_view_of_who_left_goes_with_its_link(firm: Firm) -> None:
    firm.keep(ANNA, BORIS, lines=[(4, HEADING), (5, ANNA.title), (6, BORIS.title)])
    stays = firm.views()[BORIS.title]
    firm.keep(BORIS, lines=[(5, None)])
    assert firm.views() == {BORIS.title: stays}
    assert "link" not in firm.letters(5)
    assert not firm.letters(5).get("underline")
    assert "link" in firm.letters(6)


def test_the_line_of_who_left_is_the_newcomer_s(firm: Firm) -> None:
    firm.keep(ANNA, lines=[(4, HEADING), (5, ANNA.title)])
    firm.keep(BORIS, lines=[(5, BORIS.title)])
    assert firm.letters(5)["link"]["uri"].endswith(f"fvid={firm.views()[BORIS.title]['filterViewId']}")


def test_a_line_that_a_person_moved_keeps_its_link_and_one_that_they_cleared_gets_it_again(firm: Firm) -> None:
    firm.keep(ANNA, lines=[(4, HEADING), (5, ANNA.title)])
    start = firm.tab("Start")["properties"]["sheetId"]
    rows = {"sheetId": start, "dimension": "ROWS", "startIndex": 0, "endIndex": 2}
    firm.person(insertDimension={"range": rows})
    assert firm.keep(ANNA) == []
    firm.client.book.write("Start!A7", [""])
    firm.keep(ANNA, lines=[(9, ANNA.title)])
    assert "link" in firm.letters(9)


def test_a_person_s_own_view_stays_whatever_it_is_called(firm: Firm) -> None:
    area = {"sheetId": firm.gid, "startRowIndex": 0, "endRowIndex": 3}
    for title in ("My clients — Zoe", "my clients — anna", "Mine"):
        firm.person(addFilterView={"filter": {"title": title, "range": area}})
    theirs = firm.views()
    firm.keep(ANNA, BORIS, lines=[(4, HEADING), (5, ANNA.title)])
    assert firm.keep(ANNA, BORIS) == []
    firm.keep(BORIS)
    firm.keep(ANNA)
    assert firm.views().keys() == {*theirs, "My clients — Anna (sheetcrm)"}
    assert {title: firm.views()[title] for title in theirs} == theirs
    firm.workbook.read()
    assert list(firm.workbook.views) == ["My clients — Anna"]


def test_a_view_that_a_person_called_otherwise_is_theirs(firm: Firm) -> None:
    firm.keep(ANNA, lines=[(4, HEADING), (5, ANNA.title)])
    id = firm.views()[ANNA.title]["filterViewId"]
    firm.person(updateFilterView={"filter": {"filterViewId": id, "title": "Anna, Perm"}, "fields": "title"})
    firm.keep(ANNA)
    assert firm.views()["Anna, Perm"]["filterViewId"] == id
    another = firm.views()[ANNA.title]["filterViewId"]
    assert another != id
    assert firm.letters(5)["link"]["uri"].endswith(f"fvid={another}")
    firm.keep(BORIS)
    assert firm.views().keys() == {"Anna, Perm", BORIS.title}


def test_what_else_a_person_filters_and_sorts_by_in_our_view_stays(firm: Firm) -> None:
    firm.keep(ANNA)
    view = firm.views()[ANNA.title]
    more = {"columnIndex": 1, "filterCriteria": {"hiddenValues": ["Daisy"]}}
    sort = [{"dimensionIndex": 1, "sortOrder": "ASCENDING"}]
    told = {"filterViewId": view["filterViewId"], "filterSpecs": [more, *view["filterSpecs"]], "sortSpecs": sort}
    firm.person(updateFilterView={"filter": told, "fields": "filterSpecs,sortSpecs"})
    assert firm.keep(ANNA) == []
    firm.person(updateFilterView={"filter": {**told, "filterSpecs": [more]}, "fields": "filterSpecs"})
    assert firm.keep(ANNA) == ["updateFilterView"]
    view = firm.views()[ANNA.title]
    assert view["filterSpecs"][0] == more
    assert view["filterSpecs"][1]["filterCriteria"]["condition"]["type"] == "TEXT_EQ"
    assert view["sortSpecs"] == sort


def test_a_view_follows_its_column(firm: Firm) -> None:
    firm.keep(ANNA)
    swapped = ["Company ID", "Manager", "Name", "▦ Missing"], ["C-000001", "Anna", "Daisy", "INN"]
    firm.client.book.write("Companies!A3", *map(list, swapped))
    assert firm.keep(ANNA) == ["updateFilterView"]
    assert shown(firm.views()[ANNA.title]) == [(1, "TEXT_EQ", "Anna")]
    assert firm.keep(ANNA) == []


def test_a_view_grows_with_the_grid_and_the_table(firm: Firm) -> None:
    firm.keep(ANNA)
    firm.person(appendDimension={"sheetId": firm.gid, "dimension": "ROWS", "length": 50})
    firm.client.book.write("Companies!E3", ["Our own"])
    assert firm.keep(ANNA) == ["updateFilterView"]
    area = firm.views()[ANNA.title]["range"]
    assert area["endColumnIndex"] == 5
    assert area.get("endRowIndex", 10_000) >= firm.tab()["properties"]["gridProperties"]["rowCount"]
    assert firm.keep(ANNA) == []


def test_a_column_that_the_same_write_appends_is_known(firm: Firm) -> None:
    view = View("In debt", "companies", "debt", None)
    header = Change("companies", None, "debt", None, "▦ Debt", 3)
    firm.workbook.write([header], (), firm.workbook.read().revision, [view])
    assert shown(firm.views()["In debt"]) == [(4, "NOT_BLANK", "")]
    assert firm.views()["In debt"]["range"]["endColumnIndex"] == 5
    assert firm.keep(view) == []


def test_a_view_of_a_column_or_a_table_that_is_not_there_is_none(firm: Firm) -> None:
    assert firm.keep(View("A", "companies", "debt"), View("B", "deals", "stage", "Offer")) == []


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Ёлкина Анна-Мария", "Ёлкина Анна-Мария"),
        ("M-000001", "M-000001"),
        ("=1+1", '="=1+1"'),
        ("+7 912", '="+7 912"'),
        ("007", '="007"'),
        ('"Ace" Smith', '="""Ace"" Smith"'),
        ("'quoted", '="\'quoted"'),
        ("🎄", '="🎄"'),
    ],
)
def test_a_name_is_never_taken_for_a_formula_or_a_number(firm: Firm, name: str, typed: str) -> None:
    view = View(f"My clients — {name}", "companies", "manager", name, ("Start", HEADING))
    firm.keep(view, lines=[(4, HEADING), (5, view.title)])
    assert shown(firm.views()[view.title]) == [(2, "TEXT_EQ", typed)]
    assert "link" in firm.letters(5)
    assert firm.keep(view) == []
