"""The comparer is what the promise to lose nothing rests on: it must notice every loss, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.lossless.allowed import Allowed
from tests.lossless.books import books
from tests.lossless.comparer import differences
from tests.lossless.faults import faults
from tests.lossless.opened import opened
from tests.lossless.patched import DATA, SUMS, TYPES, WORKBOOK, Patched, zipped

Spoil = Callable[[Patched], None]

WROTE = Allowed(cells={"Data": {"E3", "C4"}}, stale={"Data": {"F4"}, "Sums": {"B1"}})
"""What a write of two cells may change."""


def spoilt(name: str, spoil: Spoil) -> list[str]:
    """What the comparer says of a book from which something was lost while two cells were written."""
    before = books()[name]
    book = Patched(before)
    book.parts[DATA] = re.sub(rb'(<c r="C4"[^>]*><v>)[^<]*', rb"\g<1>1234.5", book.parts[DATA])
    spoil(book)
    return differences(before, book.zipped(), WROTE)


def sub(part: str, pattern: str, new: str = "", count: int = 1) -> Spoil:
    """Replace what matches in a part; something must."""

    def spoil(book: Patched) -> None:
        text, times = re.subn(pattern, new, book.text(part), count=count, flags=re.DOTALL)
        assert times, (part, pattern)
        book.parts[part] = text.encode()

    return spoil


def drop(part: str) -> Spoil:
    """Lose a part, and nothing else."""
    return lambda book: book.parts.__delitem__(part)


def drop_whole(part: str, owner: str) -> Spoil:
    """Lose a part with its relationship and its content type, as a program does that does not know it."""

    def spoil(book: Patched) -> None:
        del book.parts[part]
        name = re.escape(part)
        book.parts[TYPES] = re.sub(f'<Override PartName="/{name}"[^>]*/>', "", book.text(TYPES)).encode()
        base = re.escape(part.rpartition("/")[2])
        book.parts[owner] = re.sub(f'<Relationship [^>]*{base}"/>', "", book.text(owner)).encode()

    return spoil


RELS = "xl/worksheets/_rels/sheet1.xml.rels"
LOSSES: dict[str, tuple[str, Spoil, str]] = {
    "a part": ("charts", drop("xl/charts/chart3.xml"), "xl/charts/chart3.xml: lost"),
    "a part and all that led to it": (
        "comment threads",
        drop_whole("xl/threadedComments/threadedComment1.xml", RELS),
        "threadedComment1.xml: lost",
    ),
    "a byte of a part": ("macros", lambda b: b.write("xl/vbaProject.bin", b"x"), "xl/vbaProject.bin: changed"),
    "the order of a part's elements": (
        "charts",
        sub("xl/charts/chart3.xml", "(<c:cat>.*?</c:cat>)(<c:val>.*?</c:val>)", r"\2\1"),
        "xl/charts/chart3.xml: changed",
    ),
    "a relationship": ("comments", sub(RELS, "<Relationship [^>]*comments1.xml\"/>"), "the relationship rId2"),
    "a relationship's kind": ("comments", sub(RELS, "relationships/comments", "relationships/notes"), "rId2"),
    "a relationship that drawings need": ("charts", sub("xl/drawings/_rels/drawing2.xml.rels", "<Relationship [^>]*/>"),
                                          "names the relationship"),
    "the id of a relationship": ("drawings", sub(RELS, 'Id="rId2"', 'Id="rId1"'), "2 relationships are called rId1"),
    "an override": ("charts", sub(TYPES, '<Override PartName="/xl/charts/chart1.xml"[^>]*/>'), "chart1.xml"),
    "a default": ("drawings", sub(TYPES, '<Default Extension="png"[^>]*/>'), "the default of png is lost"),
    "an override of nothing": (
        "plain",
        sub(TYPES, "</Types>", '<Override PartName="/xl/no.xml" ContentType="x"/></Types>'),
        "override of xl/no.xml",
    ),
    "an element beside the cells": ("layout", sub(DATA, "<mergeCells.*?</mergeCells>"), "mergeCells: lost"),
    "an attribute beside the cells": ("layout", sub(DATA, ' zoomScale="85"'), "@zoomScale: lost"),
    "the order of elements": ("layout", sub(DATA, "(<sheetViews>.*?</sheetViews>)(<sheetFormatPr[^>]*/>)", r"\2\1"),
                              "sheetViews stands after sheetFormatPr"),
    "an extension": ("sparklines", sub(DATA, "<extLst>.*?</extLst>"), "extLst: lost"),
    "a text beside the cells": ("validations", sub(DATA, "LEN\\(E2\\)", "LEN(E3)"), "formula1: text"),
    "a validation": ("validations", sub(DATA, '<dataValidation type="date".*?</dataValidation>'), "dataValidation"),
    "a conditional format": ("conditional formats", sub(DATA, '<cfRule type="duplicateValues"[^>]*/>'), "cfRule"),
    "a prefix in use": ("newer parts", sub(DATA, ' xmlns:f1="urn:f1"| f1:own="7"', "", 2), "prefix f1 lost"),
    "a prefix that is ignorable": ("newer parts", sub(DATA, ' mc:Ignorable="f1"'), "@Ignorable: lost"),
    "a remark": ("remarks and CDATA", sub(DATA, "<!-- rows -->"), "between the rows"),
    "a row": ("plain", sub(DATA, '<row r="5".*?</row>'), "Data: row 5 is lost"),
    "a row's height": ("layout", sub(DATA, ' ht="30"', ' ht="31"'), "@ht"),
    "the order of rows": ("plain", sub(DATA, '(<row r="4".*?</row>)(<row r="5".*?</row>)', r"\2\1"), "row 4 stands"),
    "the order of cells": ("plain", sub(DATA, '(<c r="A5".*?</c>)(<c r="B5".*?</c>)', r"\2\1"), "cells in disorder"),
    "a cell": ("plain", sub(DATA, '<c r="B5".*?</c>'), "Data!B5: lost"),
    "the place of a cell": ("plain", sub(DATA, 'r="E6"', 'r="G6"'), "Data!E6: lost"),
    "a number": ("plain", sub(DATA, "<v>1000</v>", "<v>1001</v>"), "Data!C5"),
    "a text": ("plain", sub("xl/sharedStrings.xml", "Aster", "Astor"), "sharedStrings.xml: changed"),
    "a formula": ("plain", sub(DATA, "<f>C5\\*2</f>"), "Data!F5"),
    "a formula's words": ("plain", sub(DATA, "C5\\*2", "C4*2"), "Data!F5"),
    "a value that was calculated": ("plain", sub(SUMS, "<v>2</v>"), "Sums!B3"),
    "a cell's look": ("plain", sub(DATA, 'r="C5" s="2"', 'r="C5" s="1"'), "Data!C5"),
    "the look of the cell that was written": ("plain", sub(DATA, 'r="C4" s="2"', 'r="C4" s="1"'), "Data!C4: style 2"),
    "a format": ("rich text", sub("xl/styles.xml", "(<cellXfs.*)<xf .*?</cellXfs>", r"\1</cellXfs>"), "cellXfs"),
    "a font": ("rich text", sub("xl/styles.xml", "<font>.*?</font>"), "fonts"),
    "a format for conditions": ("conditional formats", sub("xl/styles.xml", "<dxf>.*?</dxf>"), "conditional format 0"),
    "a style out of range": ("plain", sub(DATA, 'r="C4" s="2"', 'r="C4" s="77"'), "the style 77, which is not there"),
    "a shared string out of range": ("plain", sub(DATA, '(r="E3" t="s"><v>)\\d+', r"\g<1>999"), "shared string 999"),
    "a formula from the chain": ("calculation chain", sub("xl/calcChain.xml", 'r="B3"', 'r="B9"'), "holds no formula"),
    "a name": ("names", sub(WORKBOOK, '<definedName name="Rate".*?</definedName>'), "the name Rate is lost"),
    "what a name means": ("names", sub(WORKBOOK, "Data!\\$F\\$2:\\$F\\$6", "Data!$F$2:$F$5"), "the name Amounts"),
    "a tab": ("plain", sub(WORKBOOK, '<sheet name="Sums"[^>]*/>'), "the tab Sums is lost"),
    "the order of tabs": ("charts", sub(WORKBOOK, '(<sheet name="Data"[^>]*/>)(<sheet [^>]*/>)', r"\2\1"), "order"),
    "a tab's state": ("plain", sub(WORKBOOK, ' sheetId="2"', ' sheetId="2" state="hidden"'), "registered otherwise"),
    "a setting of the book": ("days from 1904", sub(WORKBOOK, ' date1904="1"'), "@date1904: lost"),
    "a view": ("saved views", sub(WORKBOOK, "<customWorkbookViews>.*?</customWorkbookViews>"), "customWorkbookViews"),
    "a pivot's data": ("pivot", sub(WORKBOOK, "<pivotCaches>.*?</pivotCaches>"), "pivotCaches are lost"),
    "a pivot's source": ("pivot", sub("xl/pivotCache/pivotCacheDefinition1.xml", 'ref="A1:F6"', 'ref="A1:F5"'), "@ref"),
    "a table's column": ("table", sub("xl/tables/table1.xml", '<tableColumn id="5" name="Note"/>'), "5 columns for"),
    "a table's name": ("outside data", sub("xl/tables/table1.xml", 'displayName="Clients"', 'displayName="Amounts"'),
                       "table1.xml: changed"),
    "a header": ("table", sub("xl/sharedStrings.xml", ">City<", ">Town<"), "the header B1"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "spoil", "said"), LOSSES.values(), ids=list(LOSSES))
def test_a_loss_is_noticed(name: str, spoil: Spoil, said: str) -> None:
    found = spoilt(name, spoil)
    assert any(said in line for line in found), found


@pytest.mark.parametrize("name", books())
def test_what_was_written_is_no_loss(name: str) -> None:
    assert spoilt(name, lambda _: None) == [] if b'r="C4"' in Patched(books()[name]).parts.get(DATA, b"") else True


@pytest.mark.parametrize("name", books())
def test_made_books_are_sound(name: str) -> None:
    assert list(faults(opened(books()[name]))) == []


@pytest.mark.parametrize("name", books())
def test_a_book_that_is_only_packed_otherwise_lost_nothing(name: str) -> None:
    with_other_packing = zipped(dict(sorted(opened(books()[name]).parts.items())))
    assert differences(books()[name], with_other_packing) == []


def test_a_part_that_may_change_is_left_to_itself() -> None:
    before = books()["plain"]
    book = Patched(before)
    book.replace("docProps/core.xml", "Clients", "Customers")
    assert differences(before, book.zipped()) == ["docProps/core.xml: changed"]
    assert differences(before, book.zipped(), Allowed(parts={"docProps/core.xml"})) == []


@pytest.mark.parametrize(("end", "noticed"), [("C7", False), ("C8", True), ("D6", True)])
def test_a_range_may_end_at_the_named_row_and_nowhere_else(end: str, noticed: bool) -> None:
    before = books()["validations"]
    book = Patched(before)
    book.replace(DATA, 'sqref="C2:C6"', f'sqref="C2:{end}"')
    assert bool(differences(before, book.zipped(), Allowed(grown=[(6, 7)]))) is noticed


def test_a_single_cell_never_moves_with_a_table() -> None:
    before = books()["plain"]
    book = Patched(before)
    book.replace(SUMS, "<f>Data!C3</f>", "<f>Data!C4</f>")
    assert differences(before, book.zipped(), Allowed(grown=[(3, 4)]))
