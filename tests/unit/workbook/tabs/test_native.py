"""A native pivot in the file: what its parts say is what the cells show, and nothing is left of the one before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from sheetcrm.tab import Format, Pivot, PivotField, PivotValue, Tab, TabColumn, TabRow
from sheetcrm.table import Value
from sheetcrm.workbook.edited import as_read
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.package import open_package
from sheetcrm.workbook.xlsx.parts import local
from sheetcrm.workbook.xlsx.tabs.native import add_pivot
from sheetcrm.workbook.xlsx.tabs.scratch import fresh, scratch
from sheetcrm.workbook.xlsx.tabs.strict import strict
from sheetcrm.workbook.xlsx.tabs.transplant import transplant
from tests.lossless.faults import faults
from tests.lossless.opened import opened

DATA = Tab(
    "▦ Deals · data",
    (
        TabColumn("Deal ID"),
        TabColumn("Manager"),
        TabColumn("Stage"),
        TabColumn("Month"),
        TabColumn("Amount", Format.MONEY),
        TabColumn("Day", Format.DATE),
    ),
    (
        TabRow(("D-1", "Anna", "Won", "2026-10", 100, date(2026, 10, 5))),
        TabRow(("D-2", "Anna", "Lost", "2026-11", Decimal("50.5"), date(2026, 11, 5))),
        TabRow(("D-3", "Boris", "Won", "2026-11", None, None)),
    ),
    lead=(TabRow(("Deals",)),),
    table="Deals_data",
)
PIVOT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotTable+xml"
MANAGER = PivotField(1, ("Boris", "Anna"))
STAGE = PivotField(2, ("Won", "Lost"))
MONTH = PivotField(3, ("2026-10", "2026-11"))
COUNT = PivotValue(0, "count", "Count")
AMOUNT = PivotValue(4, "sum", "Amount, RUB", Format.MONEY)

Lines = Sequence[Sequence[Value]]

PLAIN: tuple[Pivot, Lines] = (
    Pivot(DATA.title, (MANAGER,), (), (COUNT,), "Total", "Values"),
    [["Manager", "Count"], ["Boris", 1], ["Anna", 2], ["Total", 3]],
)
NESTED: tuple[Pivot, Lines] = (
    Pivot(DATA.title, (MANAGER, STAGE), (), (AMOUNT, COUNT), "Total", "Values"),
    [
        ["Manager", "Stage", "Amount, RUB", "Count"],
        ["Boris", None, None, 1],
        [None, "Won", None, 1],
        ["Anna", None, Decimal("150.5"), 2],
        [None, "Won", 100, 1],
        [None, "Lost", Decimal("50.5"), 1],
        ["Total", None, Decimal("150.5"), 3],
    ],
)
ACROSS: tuple[Pivot, Lines] = (
    Pivot(DATA.title, (MANAGER,), (MONTH,), (COUNT,), "Total", "Values"),
    [
        ["Count", "Month", None, None],
        ["Manager", "2026-10", "2026-11", "Total"],
        ["Boris", None, 1, 1],
        ["Anna", 1, 1, 2],
        ["Total", 1, 2, 3],
    ],
)
CROSSED: tuple[Pivot, Lines] = (
    Pivot(DATA.title, (MANAGER,), (STAGE, MONTH), (AMOUNT, COUNT), "Total", "Values"),
    [
        [None, "Stage", "Month", "Values", None, None, None, None, None],
        [None, "Won", None, None, None, "Lost", None, "Total Amount, RUB", "Total Count"],
        [None, "2026-10", None, "2026-11", None, "2026-11", None, None, None],
        ["Manager", *["Amount, RUB", "Count"] * 3, None, None],
        ["Boris", None, None, None, 1, None, None, None, 1],
        ["Anna", 100, 1, None, None, Decimal("50.5"), 1, Decimal("150.5"), 2],
        ["Total", 100, 1, None, 1, Decimal("50.5"), 1, Decimal("150.5"), 3],
    ],
)
KINDS = pytest.mark.parametrize(
    ("pivot", "lines"), [PLAIN, NESTED, ACROSS, CROSSED], ids=["plain", "nested", "across", "crossed"]
)


def shown(pivot: Pivot, lines: Lines) -> Tab:
    """The tab of a pivot, its header the first of the lines."""
    columns = tuple(TabColumn(str(head or ""), Format.INTEGER) for head in lines[0])
    return Tab("▦ Deals · pivot", columns, tuple(map(TabRow, lines[1:])), (TabRow(("Deals",)),), pivot=pivot)


def book(tab: Tab, data: Tab = DATA) -> bytes:
    """A fresh book of the two tabs."""
    draft = Draft(open_package("b.xlsx", fresh([tab, data])))
    add_pivot(draft, tab, data)
    return draft.finished()


def brought(into: bytes, tab: Tab, data: Tab = DATA) -> bytes:
    """The two tabs brought into a book that stands."""
    draft = Draft(open_package("b.xlsx", into))
    transplant(draft, scratch([tab, data]), {tab.title: tab.group, data.title: data.group})
    if tab.pivot is not None:
        add_pivot(draft, tab, data)
    return draft.finished()


def found(root: etree._Element, *path: str) -> list[etree._Element]:
    """The elements at the end of a path of names."""
    elements = [root]
    for name in path:
        elements = [child for element in elements for child in element if local(child) == name]
    return elements


def said_by(element: etree._Element) -> dict[str, str]:
    """An element's attributes."""
    return {str(name): str(value) for name, value in element.attrib.items()}


def tree(data: bytes, part: str) -> etree._Element:
    return opened(data).tree(part)


@KINDS
def test_the_package_is_sound_and_the_same_every_time(pivot: Pivot, lines: Lines) -> None:
    data = book(shown(pivot, lines))
    assert list(faults(opened(data))) == []
    assert data == book(shown(pivot, lines))


@KINDS
def test_readers_of_values_see_what_it_comes_to(pivot: Pivot, lines: Lines) -> None:
    sheet = CalamineWorkbook.from_filelike(BytesIO(book(shown(pivot, lines)))).get_sheet_by_name("▦ Deals · pivot")
    rows = sheet.to_python(skip_empty_area=False)[2:]
    assert rows == [[as_read(cell) for cell in line] for line in lines]


@KINDS
def test_it_lies_where_the_cells_show_it(pivot: Pivot, lines: Lines) -> None:
    location = found(tree(book(shown(pivot, lines)), "xl/pivotTables/pivotTable1.xml"), "location")[0]
    last = "ABCDEFGHI"[len(lines[0]) - 1]
    assert location.get("ref") == f"A3:{last}{2 + len(lines)}"
    assert (location.get("firstDataRow"), location.get("firstDataCol")) == (str(pivot.heads), str(len(pivot.rows)))


@KINDS
def test_its_rows_are_called_as_the_cells_say(pivot: Pivot, lines: Lines) -> None:
    root = tree(book(shown(pivot, lines)), "xl/pivotTables/pivotTable1.xml")
    named = [[pivot.total] if kind == "grand" else key for kind, _, key in listed(root, "rowItems", pivot.rows)]
    bodies = [[cell for cell in line[: len(pivot.rows)] if cell is not None] for line in lines[pivot.heads :]]
    assert [key[-1:] for key in named] == bodies


@KINDS
def test_its_columns_are_called_as_the_cells_say(pivot: Pivot, lines: Lines) -> None:
    root = tree(book(shown(pivot, lines)), "xl/pivotTables/pivotTable1.xml")
    figures = PivotField(-1, tuple(value.name for value in pivot.values))
    sides = (*pivot.columns, figures) if len(pivot.values) > 1 else pivot.columns
    across = listed(root, "colItems", sides)
    heads = [line[len(pivot.rows) :] for line in lines[: pivot.heads]]
    assert len(across) == len(heads[0])
    if not pivot.columns:
        assert [pivot.values[at].name for _, at, _ in across] == heads[0]
        return
    for at, (kind, figure, key) in enumerate(across):
        over = [spoken(head[: at + 1]) for head in heads[1 : 1 + len(pivot.columns)]]
        if kind == "grand":
            assert str(heads[1][at]).startswith(pivot.total)
            assert pivot.values[figure].name in str(heads[1][at]) or len(pivot.values) == 1
        else:
            assert key[: len(pivot.columns)] == over
            assert key[len(pivot.columns) :] == ([heads[-1][at]] if len(pivot.values) > 1 else [])


def spoken(head: Sequence[Value]) -> Value:
    """The last name that is written over a column or left of it."""
    return [name for name in head if name is not None][-1]


def listed(root: etree._Element, name: str, sides: Sequence[PivotField]) -> list[tuple[str, int, list[Value]]]:
    """The lines of a definition: what kind, of which figure, under which names; what is left unsaid put in."""
    lines: list[tuple[str, int, list[Value]]] = []
    key: list[Value] = []
    for line in found(root, name, "i"):
        repeated = int(line.get("r", "0"))
        own = [int(value.get("v", "0")) for value in line]
        key = [*key[:repeated], *(side.items[number] for side, number in zip(sides[repeated:], own, strict=False))]
        lines.append((str(line.get("t", "")), int(line.get("i", "0")), key))
    return lines


def test_its_lines_are_spelled_as_excel_spells_them() -> None:
    root = tree(book(shown(*CROSSED)), "xl/pivotTables/pivotTable1.xml")
    assert spelling(root, "rowItems") == "<i><x/></i><i><x 1/></i><i grand><x/></i>"
    assert spelling(root, "colItems") == (
        "<i><x/><x/><x/></i><i r=2 i=1><x 1/></i>"
        "<i r=1><x 1/><x/></i><i r=2 i=1><x 1/></i>"
        "<i><x 1/><x 1/><x/></i><i r=2 i=1><x 1/></i>"
        "<i grand><x/></i><i grand i=1><x/></i>"
    )


def spelling(root: etree._Element, name: str) -> str:
    """The lines of a definition in short."""
    lines = []
    for line in found(root, name, "i"):
        said = [str(line.get("t", "")), *(f"{key}={line.get(key)}" for key in ("r", "i") if line.get(key))]
        values = "".join(f"<x {value.get('v')}/>" if value.get("v") else "<x/>" for value in line)
        lines.append(f"<{' '.join(filter(None, ['i', *said]))}>{values}</i>")
    return "".join(lines)


def test_rows_have_subtotals_and_columns_have_none() -> None:
    root = tree(book(shown(*CROSSED)), "xl/pivotTables/pivotTable1.xml")
    fields = found(root, "pivotFields", "pivotField")
    axes = {str(field.get("axis")): field for field in fields if field.get("axis")}
    assert axes["axisRow"].get("defaultSubtotal") is None
    assert [item.get("t") for item in found(axes["axisRow"], "items", "item")] == [None, None, "default"]
    assert axes["axisCol"].get("defaultSubtotal") == "0"
    assert [item.get("t") for item in found(axes["axisCol"], "items", "item")] == [None, None]


def test_figures_are_shown_as_their_cells_are() -> None:
    data = book(shown(*NESTED))
    codes = {str(code.get("numFmtId")): code.get("formatCode") for code in
             found(tree(data, "xl/styles.xml"), "numFmts", "numFmt")}  # fmt: skip
    figures = found(tree(data, "xl/pivotTables/pivotTable1.xml"), "dataFields", "dataField")
    cells = openpyxl.load_workbook(BytesIO(data))["▦ Deals · pivot"]
    assert [codes[str(figure.get("numFmtId"))] for figure in figures] == [
        cells["C9"].number_format,
        cells["D9"].number_format,
    ]


def test_it_counts_the_table_afresh_when_the_book_is_opened() -> None:
    root = tree(book(shown(*PLAIN)), "xl/pivotCache/pivotCacheDefinition1.xml")
    (source,) = found(root, "cacheSource", "worksheetSource")
    assert (root.get("refreshOnLoad"), said_by(source)) == ("1", {"name": "Deals_data"})
    assert [field.get("name") for field in found(root, "cacheFields", "cacheField")] == [
        column.header for column in DATA.columns
    ]


def test_the_copy_holds_the_rows_of_the_table() -> None:
    data = book(shown(*CROSSED))
    fields = found(tree(data, "xl/pivotCache/pivotCacheDefinition1.xml"), "cacheFields", "cacheField")
    items = [[item.get("v") for item in found(field, "sharedItems", "s")] for field in fields]
    rows = [
        [items[at][int(cell.get("v", ""))] if local(cell) == "x" else cell.get("v") for at, cell in enumerate(row)]
        for row in found(tree(data, "xl/pivotCache/pivotCacheRecords1.xml"), "r")
    ]
    assert rows == [
        ["D-1", "Anna", "Won", "2026-10", "100", "2026-10-05T00:00:00"],
        ["D-2", "Anna", "Lost", "2026-11", "50.5", "2026-11-05T00:00:00"],
        ["D-3", "Boris", "Won", "2026-11", None, None],
    ]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (["a", "b"], {}),
        (["a", None], {"containsBlank": "1"}),
        ([1, 2], {"containsSemiMixedTypes": "0", "containsString": "0", "containsNumber": "1",
                  "containsInteger": "1", "minValue": "1", "maxValue": "2"}),
        ([Decimal("1.50"), None], {"containsString": "0", "containsBlank": "1", "containsNumber": "1",
                                   "minValue": "1.5", "maxValue": "1.5"}),
        (["a", 7], {"containsMixedTypes": "1", "containsNumber": "1", "containsInteger": "1",
                    "minValue": "7", "maxValue": "7"}),
        ([date(2026, 1, 2), datetime(2026, 1, 1, 9, 30)],
         {"containsSemiMixedTypes": "0", "containsNonDate": "0", "containsDate": "1", "containsString": "0",
          "minDate": "2026-01-01T09:30:00", "maxDate": "2026-01-02T00:00:00"}),
        ([None, None], {"containsNonDate": "0", "containsString": "0", "containsBlank": "1"}),
    ],
)  # fmt: skip
def test_a_column_says_what_kinds_of_values_it_has(values: list[Value], said: dict[str, str]) -> None:
    rows = [
        TabRow((*row.values[:4], value, None)) for row, value in zip((*DATA.rows, *DATA.rows), values, strict=False)
    ]
    pivot = replace(PLAIN[0], rows=(PivotField(0, tuple(f"D-{n}" for n in range(1, 1 + len(values)))),))
    root = tree(
        book(shown(pivot, PLAIN[1]), replace(DATA, rows=tuple(rows))), "xl/pivotCache/pivotCacheDefinition1.xml"
    )
    assert said_by(found(root, "cacheFields", "cacheField", "sharedItems")[4]) == said


def test_any_text_can_be_told_apart() -> None:
    odd = ('"<&>"', "a\nb", "_x0041_\x01")
    rows = tuple(TabRow((f"D-{n}", text, text, "", 1, None)) for n, text in enumerate(odd))
    pivot = replace(PLAIN[0], rows=(PivotField(1, odd),))
    bodies: Lines = [(text, 1) for text in odd]
    lines: Lines = [("Manager", "Count"), *bodies, ("Total", 3)]
    tab = shown(pivot, lines)
    data = book(tab, replace(DATA, rows=rows))
    assert list(faults(opened(data))) == []
    root = tree(data, "xl/pivotCache/pivotCacheDefinition1.xml")
    items = found(root, "cacheFields", "cacheField", "sharedItems", "s")
    spelled = ['"<&>"', "a\nb", "_x005F_x0041__x0001_"]
    assert [item.get("v") for item in items] == spelled
    copied = found(tree(data, "xl/pivotCache/pivotCacheRecords1.xml"), "r")
    assert [row[2].get("v") for row in copied] == spelled


def test_shares_and_averages_are_the_programs_own() -> None:
    values = (replace(COUNT, share=True, name="Share"), replace(AMOUNT, function="average"))
    root = tree(book(shown(replace(NESTED[0], values=values), NESTED[1])), "xl/pivotTables/pivotTable1.xml")
    share, average = found(root, "dataFields", "dataField")
    assert (share.get("subtotal"), share.get("showDataAs")) == ("count", "percentOfTotal")
    assert (average.get("subtotal"), average.get("showDataAs")) == ("average", None)


def test_the_whole_header_stays_when_scrolling_and_is_printed_on_every_page() -> None:
    sheet = openpyxl.load_workbook(BytesIO(book(shown(*CROSSED))))["▦ Deals · pivot"]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A7", "$3:$6")


def test_the_data_is_a_table_with_a_name_of_its_own() -> None:
    (table,) = openpyxl.load_workbook(BytesIO(book(shown(*PLAIN))))["▦ Deals · data"].tables.values()
    assert (table.displayName, table.ref) == ("Deals_data", "A3:F6")
    assert table.column_names == [column.header for column in DATA.columns]


def test_openpyxl_reads_it() -> None:
    workbook = openpyxl.load_workbook(BytesIO(book(shown(*CROSSED))))
    (pivot,) = vars(workbook["▦ Deals · pivot"])["_pivots"]
    assert [field.x for field in pivot.colFields] == [2, 3, -2]
    assert [figure.name for figure in pivot.dataFields] == ["Amount, RUB", "Count"]
    assert len(pivot.cache.records.r) == 3


# ── in a book that stands ──


def other_book() -> bytes:
    """A book of somebody else's."""
    return fresh([Tab("Plans", (TabColumn("Plan"),), (TabRow(("more",)),), group="work")])


def parts(data: bytes) -> dict[str, bytes]:
    return dict(opened(data).parts)


def caches(data: bytes) -> Iterator[str]:
    yield from (
        str(found.get("cacheId")) for found in found(tree(data, "xl/workbook.xml"), "pivotCaches", "pivotCache")
    )


def test_doing_it_again_changes_nothing() -> None:
    once = brought(other_book(), shown(*NESTED))
    assert parts(brought(once, shown(*NESTED))) == parts(once)
    assert list(faults(opened(once))) == []


def test_another_pivot_on_the_tab_leaves_nothing_of_the_first() -> None:
    data = brought(brought(other_book(), shown(*CROSSED)), shown(*PLAIN))
    assert sorted(part for part in parts(data) if "ivot" in part) == [
        "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels",
        "xl/pivotCache/pivotCacheDefinition1.xml",
        "xl/pivotCache/pivotCacheRecords1.xml",
        "xl/pivotTables/_rels/pivotTable1.xml.rels",
        "xl/pivotTables/pivotTable1.xml",
    ]
    assert list(caches(data)) == ["1"]


def test_a_tab_that_counts_nothing_any_more_has_no_pivot() -> None:
    empty = Tab("▦ Deals · pivot", lead=(TabRow(("Nothing to count.",)),))
    data = brought(brought(other_book(), shown(*PLAIN)), empty, replace(DATA, columns=(), rows=(), table=""))
    assert not [part for part in parts(data) if "ivot" in part or "table" in part]
    assert list(faults(opened(data))) == []
    assert not found(tree(data, "xl/workbook.xml"), "pivotCaches")


def test_several_pivots_have_copies_of_their_own() -> None:
    data = replace(DATA, title="▦ Other · data", table="Other_data")
    pivot = replace(PLAIN[0], source=data.title)
    tab = replace(shown(pivot, PLAIN[1]), title="▦ Other · pivot")
    both = brought(brought(other_book(), shown(*PLAIN)), tab, data)
    assert list(caches(both)) == ["1", "2"]
    assert list(faults(opened(both))) == []
    sources = [
        found(tree(both, f"xl/pivotCache/pivotCacheDefinition{number}.xml"), "cacheSource", "worksheetSource")[0]
        for number in (1, 2)
    ]
    assert [source.get("name") for source in sources] == ["Deals_data", "Other_data"]


def test_in_a_strict_book_it_speaks_as_the_book_does() -> None:
    data = brought(in_strict(other_book()), shown(*NESTED))
    assert list(faults(opened(data))) == []
    for part in ("pivotTables/pivotTable1", "pivotCache/pivotCacheDefinition1", "pivotCache/pivotCacheRecords1"):
        assert etree.QName(tree(data, f"xl/{part}.xml")).namespace == "http://purl.oclc.org/ooxml/spreadsheetml/main"
    definition = tree(data, "xl/pivotCache/pivotCacheDefinition1.xml")
    assert definition.get("{http://purl.oclc.org/ooxml/officeDocument/relationships}id") == "rId1"
    assert b"schemas.openxmlformats.org/officeDocument" not in parts(data)["xl/worksheets/_rels/sheet2.xml.rels"]


def in_strict(data: bytes) -> bytes:
    """The book in the namespaces of Strict ones."""
    plain, own = (f"http://{host}/officeDocument" for host in ("schemas.openxmlformats.org", "purl.oclc.org/ooxml"))
    buffer = BytesIO()
    with ZipFile(buffer, "w") as target:
        for name, content in parts(data).items():
            spelled = strict(content).replace(f"{plain}/2006/relationships/".encode(), f"{own}/relationships/".encode())
            target.writestr(name, spelled)
    return buffer.getvalue()


def test_a_pivot_that_a_user_copied_to_a_tab_of_his_own_keeps_what_it_counts() -> None:
    draft = Draft(open_package("b.xlsx", brought(other_book(), shown(*NESTED))))
    copied = "xl/pivotTables/pivotTable2.xml"
    draft.put(copied, draft.read("xl/pivotTables/pivotTable1.xml"), PIVOT_TYPE)
    draft.relate(copied, "pivotCacheDefinition", "xl/pivotCache/pivotCacheDefinition1.xml")
    draft.relate(next(sheet.part for sheet in draft.sheets() if sheet.title == "Plans"), "pivotTable", copied)
    before = draft.finished()
    after = brought(before, shown(*PLAIN))
    assert list(faults(opened(after))) == []
    assert list(caches(after)) == ["1", "2"]
    for part in (copied, "xl/pivotCache/pivotCacheDefinition1.xml", "xl/pivotCache/pivotCacheRecords1.xml"):
        assert parts(after)[part] == parts(before)[part]
    assert [relation.target for relation in opened(after).relations("xl/pivotTables/pivotTable1.xml")] == [
        "xl/pivotCache/pivotCacheDefinition2.xml"
    ]


def test_the_list_of_copies_stands_where_the_schema_wants_it() -> None:
    draft = Draft(open_package("b.xlsx", other_book()))
    root = draft.edit(draft.workbook)
    etree.SubElement(root, f"{{{etree.QName(root).namespace}}}extLst")
    data = brought(draft.finished(), shown(*PLAIN))
    assert [local(element) for element in tree(data, "xl/workbook.xml")][-2:] == ["pivotCaches", "extLst"]
