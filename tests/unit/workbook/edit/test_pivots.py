"""The user's own pivots are refreshed when the book is opened, if what they count was changed."""

import pytest
import xlsxwriter

from sheetcrm.workbook.xlsx.edit.pivots import refresh
from tests.unit.workbook.edit.drafts import add_pivot, draft, saved


def refreshed(source: str, *titles: str) -> bool:
    """Whether a pivot is refreshed after changes on some sheets."""

    def fill(workbook: xlsxwriter.Workbook) -> None:
        for title in ("Deals", "Sums"):
            workbook.add_worksheet(title).write("A1", "Company")
        workbook.worksheets()[0].add_table("A1:C9", {"name": "DealsTable"})
        workbook.define_name("Area", "=Deals!$A$1:$C$9")
        workbook.define_name("Sums!Local", "=Sums!$A$1:$C$9")
        workbook.define_name("Moving", "=OFFSET(Deals!$A$1,0,0,9,3)")

    book = draft(fill)
    part = add_pivot(book, source)
    refresh(book, titles)
    return saved(book).tree(part).get("refreshOnLoad") == "1"


@pytest.mark.parametrize(
    "source",
    [
        '<worksheetSource ref="A1:C9" sheet="Deals"/>',
        '<worksheetSource ref="A1:C9" sheet="DEALS"/>',
        '<worksheetSource name="DealsTable"/>',
        '<worksheetSource name="Area"/>',
        '<worksheetSource name="Moving"/>',
        '<rangeSets><rangeSet ref="A1:C9" sheet="Sums"/><rangeSet ref="A1:C9" sheet="Deals"/></rangeSets>',
    ],
)
def test_a_pivot_over_a_changed_sheet_is_refreshed(source: str) -> None:
    assert refreshed(source, "Deals")


@pytest.mark.parametrize(
    "source",
    [
        '<worksheetSource ref="A1:C9" sheet="Sums"/>',
        '<worksheetSource name="Local" sheet="Sums"/>',
        '<worksheetSource ref="A1:C9" sheet="Deals" r:id="rId1"/>',
        '<worksheetSource name="Gone"/>',
    ],
)
def test_any_other_pivot_is_left_alone(source: str) -> None:
    assert not refreshed(source, "Deals")


def test_a_local_name_belongs_to_its_sheet() -> None:
    assert refreshed('<worksheetSource name="Local" sheet="Sums"/>', "Deals", "Sums")
