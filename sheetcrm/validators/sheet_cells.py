"""S: the cells of a tab. Merged ones, formulas that give nothing, rows that stand far from the rest."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from sheetcrm.findings import Place
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.tables import field_of
from sheetcrm.table import Table, letters
from sheetcrm.text import msg, nmsg
from sheetcrm.validators.rule import Fault, columns, judged, rule

_FAR = 1000
"""Blank rows above a filled one after which it stands far from the rest."""


@rule("S004", "merged-cells", msg("Cells are merged inside a table"))
def merged_cells(facts: Facts) -> Iterator[Fault]:
    """Cells are merged among a table's rows or in its header.

    Why it matters:
        Only the upper left cell of a merge holds a value; the other rows read as blank, for us and for every filter.

    Broken (Companies!D2):
        Companies, merged D2:D3
        Company ID | Name  | Stage       | City | Phone            | Address
        C-000001   | Aurum | Information | Perm | +7 912 345-67-89 | Lenina 1
        C-000002   | Berg  | Information |      | +7 912 345-67-80 | Lenina 2

    Sound:
        Companies
        Company ID | Name  | Stage       | City | Phone            | Address
        C-000001   | Aurum | Information | Perm | +7 912 345-67-89 | Lenina 1
        C-000002   | Berg  | Information | Perm | +7 912 345-67-80 | Lenina 2

    What to do:
        Unmerge the cells and write the value into each row.
    """
    for table in facts.base.book:
        last = max(table.numbers, default=table.layout.header_row)
        for (top, left), (bottom, right) in table.sheet.merged:
            if bottom < table.layout.header_row or top > last or not _within(table, left, right):
                continue
            place = Place(table.name, table.title, top, left)
            text = msg(
                "the cells to {cell} are merged; only the first one holds a value", cell=f"{letters(right)}{bottom}"
            )
            yield Fault(table.name, None, "", text, msg("unmerge them and fill in each row"), place)


def _within(table: Table, left: int, right: int) -> bool:
    return any(left <= column.index <= right for column in table.layout.columns)


@rule("S005", "error-cell", msg("A formula gives an error"))
def error_cell(facts: Facts) -> Iterator[Fault]:
    """A cell of a known column holds an error such as `#N/A` or `#REF!`.

    Why it matters:
        It counts as blank, so the row lacks the value, and totals over the column break in the sheet too.

    Broken (Companies!D2):
        Companies
        Company ID | Name  | Stage       | City | Phone            | Address
        C-000001   | Aurum | Information | #N/A | +7 912 345-67-89 | Lenina 1

    Sound:
        Companies
        Company ID | Name  | Stage       | City | Phone            | Address
        C-000001   | Aurum | Information | Perm | +7 912 345-67-89 | Lenina 1

    What to do:
        Repair the formula, or type the value.
    """
    for name in judged(facts.base):
        table = facts.base.table(name)
        if table is None or not table.sheet.errors:
            continue
        typed = {column.index: code for code, column in table.columns.items() if not field_of(name, code).col.derived}
        for (row, column), error in table.sheet.errors.items():
            position = bisect_left(table.numbers, row)
            if column in typed and position < len(table) and table.numbers[position] == row:
                header = table.columns[typed[column]].header
                text = msg("{column}: the formula gives {error}", column=header, error=error)
                yield Fault(name, position, typed[column], text, msg("repair the formula or type the value"))


@rule("S006", "never-calculated", msg("Formulas were never calculated"), warning=True)
def never_calculated(facts: Facts) -> Iterator[Fault]:
    """Formulas of known columns have no stored result. It is said once a tab.

    Why it matters:
        A program that wrote the book left the results out, so the cells read as blank until an office program opens
        and saves it. Other findings in these columns may be false.

    Broken (Companies!D2):
        Companies, uncached D2
        Company ID | Name  | Stage       | City | Phone            | Address
        C-000001   | Aurum | Information |      | +7 912 345-67-89 | Lenina 1

    Sound:
        Companies
        Company ID | Name  | Stage       | City | Phone            | Address
        C-000001   | Aurum | Information | Perm | +7 912 345-67-89 | Lenina 1

    What to do:
        Open the book in Excel or LibreOffice and save it.
    """
    for name in judged(facts.base):
        table = facts.base.table(name)
        if table is None or not table.sheet.uncached:
            continue
        typed = {table.columns[info.code].index for info in columns(facts.base, name)}
        found = sorted(spot for spot in table.sheet.uncached if spot[1] in typed and spot[0] > table.layout.header_row)
        if found:
            n = len(found)
            text = nmsg(
                "{n} formula was never calculated and reads as blank",
                "{n} formulas were never calculated and read as blank",
                n,
                n=n,
            )
            hint = msg("open the book in Excel or LibreOffice and save it")
            yield Fault(name, None, "", text, hint, Place(name, table.title, *found[0]))


@rule("S009", "stray-row", msg("A row stands far below the rest"), warning=True)
def stray_row(facts: Facts) -> Iterator[Fault]:
    """A row stands below a thousand blank ones or more.

    Why it matters:
        Nobody sees it when scrolling or filtering, and it counts all the same. It makes the book slow, too.

    Broken (Companies!1503):
        Companies, row 3 moved to 1503
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1
        C-000002   | Berg  | Information | +7 912 345-67-80 | Lenina 2

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1
        C-000002   | Berg  | Information | +7 912 345-67-80 | Lenina 2

    What to do:
        Move it up to the others, or delete it.
    """
    for table in facts.base.book:
        if isinstance(table.numbers, range):
            continue
        before = table.layout.header_row
        for number in table.numbers:
            if number - before > _FAR:
                text = msg("this row stands {n} blank rows below the others", n=number - before - 1)
                place = Place(table.name, table.title, number)
                yield Fault(table.name, None, "", text, msg("move it up or delete it"), place)
            before = number


RULES = (merged_cells, error_cell, never_calculated, stray_row)
