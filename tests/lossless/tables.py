"""What is broken between the tables of a book and the cells they cover."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from tests.lossless.cells import address, box, cells_of, child, rows_of
from tests.lossless.opened import Opened


def table_faults(book: Opened) -> Iterator[str]:
    """Clashes of ids and names, ranges that do not fit, headers that say another thing than their cells."""
    tables = list(_tables(book))
    names = Counter(str(table.get("displayName")).casefold() for _, _, table in tables)
    names.update(
        str(name.get("name")).casefold()
        for name in book.tree(book.workbook).iter("{*}definedName")
        if name.get("localSheetId") is None
    )
    ids = Counter(str(table.get("id")) for _, _, table in tables)
    for part, sheet, table in tables:
        if names[str(table.get("displayName")).casefold()] > 1:
            yield f"{part}: another table or name is called {table.get('displayName')}"
        if ids[str(table.get("id"))] > 1:
            yield f"{part}: another table has the id {table.get('id')}"
        yield from _columns(book, part, sheet, table)


def text_of(book: Opened, cell: etree._Element | None) -> str:
    """What a cell says, as text; phonetic readings left out."""
    if cell is None:
        return ""
    said = said_by(book, cell)
    value = child(cell, "v")
    return ("" if value is None else str(value.text or "")) if said is None else _joined(said)


def said_by(book: Opened, cell: etree._Element) -> etree._Element | None:
    """The element that holds a cell's text, shared or its own; None where the cell holds another thing."""
    if cell.get("t") != "s":
        return child(cell, "is") if cell.get("t") == "inlineStr" else None
    value = child(cell, "v")
    number = -1 if value is None else int(str(value.text or "-1"))
    return book.strings[number] if 0 <= number < len(book.strings) else None


def _tables(book: Opened) -> Iterator[tuple[str, str, etree._Element]]:
    for sheet in book.sheets:
        for relation in book.relations(sheet.part):
            if relation.kind == "table" and relation.target in book.parts:
                yield relation.target, sheet.part, book.tree(relation.target)


def _columns(book: Opened, part: str, sheet: str, table: etree._Element) -> Iterator[str]:
    top, left, _, right = box(str(table.get("ref")))
    columns = table.findall("{*}tableColumns/{*}tableColumn")
    if len(columns) != right - left + 1:
        yield f"{part}: {len(columns)} columns for {table.get('ref')}"
    filter = child(table, "autoFilter")
    if filter is not None and box(str(filter.get("ref")))[:2] != (top, left):
        yield f"{part}: its filter covers {filter.get('ref')}"
    if len({str(column.get("name")).casefold() for column in columns}) < len(columns):
        yield f"{part}: two columns share a name"
    if table.get("headerRowCount") == "0":
        return
    cells = dict(cells_of(rows_of(book, sheet)))
    for at, column in enumerate(columns, left):
        name = str(column.get("name")).replace("_x000a_", "\n")
        if text_of(book, cells.get(address(top, at))) != name:
            yield f"{part}: the header {address(top, at)} does not say {name!r}"


def _joined(element: etree._Element) -> str:
    plain, runs = element.findall("{*}t"), element.findall("{*}r/{*}t")
    return "".join(str(piece.text or "") for piece in plain + runs)
