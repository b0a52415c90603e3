"""Cell formats of a book: appended, used again, never renumbered."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter
from lxml import etree
from openpyxl.cell.cell import Cell
from xlsxwriter.workbook import Workbook

from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.edit.styles import Styles, is_date, shows_day
from sheetcrm.workbook.xlsx.package import open_package
from tests.unit.workbook.packages import parts, text, zipped

Draw = Callable[[Workbook], None]
STYLES = "xl/styles.xml"
MONEY = {"font_name": "Arial", "font_size": 9, "italic": True, "num_format": "0.000", "border": 1}


def written(draw: Draw) -> bytes:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    draw(book)
    book.close()
    return buffer.getvalue()


def deals(book: Workbook) -> None:
    """A1 in the firm's own format, number 1 of the book."""
    book.add_worksheet("Deals").write_number("A1", 5, book.add_format(MONEY))


def drawn(book: Workbook) -> None:
    """A date in bold on yellow, 1; a number as in Deals, 2; a rule in red."""
    sheet = book.add_worksheet("Drawn")
    sheet.write_number("A1", 1, book.add_format({"bold": True, "bg_color": "#FFFF00", "num_format": "dd.mm.yyyy"}))
    sheet.write_number("A2", 1, book.add_format(MONEY))
    red = book.add_format({"font_color": "#FF0000"})
    sheet.conditional_format("A1:A2", {"type": "cell", "criteria": ">", "value": 0, "format": red})


def opened(data: bytes) -> Draft:
    return Draft(open_package("book.xlsx", data))


def styles_of(data: bytes) -> etree._Element:
    return etree.fromstring(open_package("drawn.xlsx", data).read(STYLES))


def dressed(draft: Draft, style: int) -> Cell:
    """A1 of the first tab in a format, as openpyxl sees it."""
    draft.sheet(draft.sheets()[0].title).set_style(1, 0, style)
    cell = openpyxl.load_workbook(BytesIO(draft.finished())).worksheets[0]["A1"]
    assert isinstance(cell, Cell)
    return cell


def test_the_number_format_of_a_cell_format_is_told_built_in_or_own() -> None:
    def percent(book: Workbook) -> None:
        deals(book)
        book.worksheets()[0].write_number("A2", 1, book.add_format({"num_format": 10}))

    styles = Styles(opened(written(percent)))
    assert [styles.code(number) for number in (0, 1, 2, 99)] == ["General", "0.000", "0.00%", "General"]


@pytest.mark.parametrize(
    ("code", "moment", "day"),
    [
        ("General", False, False),
        ("#,##0.00 [$DM-407]", False, False),
        ('0 "days"', False, False),
        ("[Red]0", False, False),
        ("h:mm", True, False),
        ("[h]:mm", True, False),
        ("dd.mm.yyyy", True, True),
        ("[$-419]d mmmm", True, True),
    ],
)
def test_a_number_format_says_whether_it_shows_a_day(code: str, moment: bool, day: bool) -> None:
    assert (is_date(code), shows_day(code)) == (moment, day)


def test_a_date_gets_its_format_and_keeps_all_other_looks() -> None:
    draft = opened(written(deals))
    cell = dressed(draft, Styles(draft).dated(1, "dd.mm.yyyy"))
    assert cell.number_format == "dd.mm.yyyy"
    assert (cell.font.name, cell.font.size, cell.font.i, cell.border.left.style) == ("Arial", 9, True, "thin")


def test_a_number_in_a_dates_place_is_shown_as_a_number() -> None:
    draft = opened(written(deals))
    styles = Styles(draft)
    assert styles.code(styles.general(styles.dated(1, "dd.mm.yyyy"))) == "General"


def test_a_text_like_a_formula_is_marked_as_text() -> None:
    draft = opened(written(deals))
    assert dressed(draft, Styles(draft).quoted(1)).quotePrefix


def test_other_colours_leave_the_typeface_the_border_and_the_number_format() -> None:
    draft = opened(written(deals))
    cell = dressed(draft, Styles(draft).tinted(1, "FFFFFF", "8B95A1", bold=True))
    assert (cell.font.color.rgb, cell.fill.fgColor.rgb, cell.font.b) == ("FFFFFFFF", "FF8B95A1", True)
    assert (cell.font.name, cell.font.i, cell.number_format, cell.border.top.style) == ("Arial", True, "0.000", "thin")


def test_what_the_book_has_already_is_used_again() -> None:
    draft = opened(written(deals))
    styles = Styles(draft)
    assert styles.dated(1, "0.000") == 1
    assert styles.general(0) == 0
    dated = styles.dated(1, "dd.mm.yyyy")
    assert dated == styles.dated(1, "dd.mm.yyyy") == Styles(draft).dated(1, "dd.mm.yyyy")


def test_asking_changes_nothing() -> None:
    draft = opened(written(deals))
    styles = Styles(draft)
    assert (styles.code(1), styles.dated(1, "0.000")) == ("0.000", 1)
    assert not draft.changed


def test_two_who_append_by_turns_see_each_others_formats() -> None:
    draft = opened(written(deals))
    one, other = Styles(draft), Styles(draft)
    one.quoted(0)
    other.quoted(0)
    one.dated(1, "yyyy")
    assert other.dated(1, "yyyy") == one.dated(1, "yyyy")
    groups = {etree.QName(group).localname: group for group in draft.tree(STYLES)}
    assert (
        {name: int(group.get("count", "")) for name, group in groups.items() if name in ("cellXfs", "numFmts")}
        == {
            "cellXfs": len(groups["cellXfs"]),
            "numFmts": len(groups["numFmts"]),
        }
        == {"cellXfs": 4, "numFmts": 2}
    )


def test_the_formats_of_another_book_look_the_same_here() -> None:
    draft = opened(written(deals))
    adopted = Styles(draft).adopt(styles_of(written(drawn)))
    assert (adopted.cell[0], adopted.cell[2], adopted.dxf) == (0, 1, {0: 0})
    cell = dressed(draft, adopted.cell[1])
    assert (cell.font.b, cell.fill.fgColor.rgb, cell.number_format) == (True, "FFFFFF00", "dd.mm.yyyy")


def test_adopting_a_hundred_times_is_adopting_once() -> None:
    draft = opened(written(deals))
    other = styles_of(written(drawn))
    first = Styles(draft).adopt(other)
    size = len(etree.tostring(draft.tree(STYLES)))
    assert all(Styles(draft).adopt(other) == first for _ in range(99))
    assert len(etree.tostring(draft.tree(STYLES))) == size


def test_formats_that_stand_keep_their_numbers() -> None:
    before = opened(written(deals)).tree(STYLES)
    draft = opened(written(deals))
    Styles(draft).adopt(styles_of(written(drawn)))
    for old, new in zip(before, draft.tree(STYLES), strict=False):
        for one, other in zip(old, new, strict=False):
            assert etree.tostring(one, method="c14n") == etree.tostring(other, method="c14n")


def test_a_book_without_any_formats_gets_them() -> None:
    draft = opened(zipped(parts(f'<row r="1">{text("A1", "Daisy")}</row>')))
    styles = Styles(draft)
    assert styles.code(0) == "General"
    assert not draft.changed
    style = styles.dated(0, "dd.mm.yyyy")
    assert style == 1
    assert dressed(draft, style).number_format == "dd.mm.yyyy"
    assert b"styles+xml" in open_package("book.xlsx", draft.finished()).read("[Content_Types].xml")


def test_a_group_that_the_book_left_out_begins_with_the_usual() -> None:
    bare = written(deals)
    package = open_package("book.xlsx", bare)
    root = etree.fromstring(package.read(STYLES))
    for group in root:
        if etree.QName(group).localname in ("fills", "numFmts"):
            root.remove(group)
    draft = Draft(package)
    draft.put(STYLES, etree.tostring(root))
    assert dressed(draft, Styles(draft).tinted(0, "000000", "EEEEEE")).fill.fgColor.rgb == "FFEEEEEE"
    assert len(draft.tree(STYLES).findall("{*}fills/{*}fill")) == 3
