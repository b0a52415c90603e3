"""S: the book itself. Tabs and columns that are missing or double, merged cells, formulas that give nothing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from sheetcrm.findings import Place
from sheetcrm.schema.demands import company_lacks_at, deal_lacks_at
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.gates import GATES, Demand, Lack
from sheetcrm.schema.record import fields
from sheetcrm.schema.tables import SCHEMA, field_of, titled
from sheetcrm.schema.words import COMPANY_STAGE, DEAL_STAGE
from sheetcrm.table import Sheet, Table, letters
from sheetcrm.text import Label, Message, msg, nmsg
from sheetcrm.validators.rule import Fault, columns, judged, rule

_FAR = 1000
"""Blank rows above a filled one after which it stands far from the rest."""


def _needed(facts: Facts) -> Iterator[tuple[Demand, Label]]:
    """Demands that some row's stage makes and no column of the book could meet, each with the stage."""
    base = facts.base
    companies = dict.fromkeys(zip(base.values("companies", "stage"), facts.company_met, strict=True))
    deals = dict.fromkeys(zip(base.values("deals", "stage"), facts.deal_met, strict=True))
    asked = [
        *((COMPANY_STAGE, str(stage or "lead"), company_lacks_at(str(stage or "lead"), met)) for stage, met in companies),
        *((DEAL_STAGE, str(stage or "need"), deal_lacks_at(str(stage or "need"), met)) for stage, met in deals),
    ]
    for stages, stage, lacks in asked:
        for lack in lacks:
            for demand in lack.demands if _hopeless(facts, lack) else ():
                if not _has_any(facts, demand):
                    yield demand, stages.label_of(stage)


def _has_any(facts: Facts, demand: Demand) -> bool:
    return any(facts.base.present(table, code) for table, code in demand.columns)


def _hopeless(facts: Facts, lack: Lack) -> bool:
    """Whether the columns that stand in the book cannot pass the gate, however they are filled."""
    least = GATES[lack.gate].at_least if lack.gate in GATES else None
    return least is None or sum(_has_any(facts, demand) for demand in GATES[lack.gate].demands) < least


@rule("S001", "missing-tab", msg("A tab that is needed is not there"))
def missing_tab(facts: Facts) -> Iterator[Fault]:
    """The book has no tab that its rows need.

    The tab Companies is always needed; Contacts and Deals, once the stage of some company asks for what stands there.

    Why it matters:
        Without contacts nobody can be addressed, without deals nothing is a sale; stages cannot be borne out.

    Broken (Contacts):
        Companies
        Company ID | Name  | Stage            | City
        C-000001   | Aurum | Potential client | Perm

    Sound:
        Companies
        Company ID | Name  | Stage       | Address  | Phone
        C-000001   | Aurum | Information | Lenina 1 | +7 912 345-67-89

    What to do:
        `sheetcrm init BOOK` adds the tabs that are missing and touches nothing else.
    """
    hint = msg("`sheetcrm init` adds what is missing and touches nothing else")
    base = facts.base
    if not base.has("companies"):
        yield _no_tab("companies", msg("the book has no tab “{tab}”", tab=SCHEMA["companies"].info.label), hint, facts)
        return
    said: set[str] = set()
    for demand, stage in _needed(facts):
        table = demand.columns[0][0]
        if not any(base.has(other) for other, _ in demand.columns) and table not in said:
            said.add(table)
            tab = SCHEMA[table].info.label
            text = msg("the book has no tab “{tab}”, and stage “{stage}” needs it", tab=tab, stage=stage)
            yield _no_tab(table, text, hint, facts)


def _no_tab(table: str, text: Message, hint: Message, facts: Facts) -> Fault:
    title = SCHEMA[table].info.label.get(facts.base.lang)
    return Fault(table, None, "", text, hint, Place(table, title))


@rule("S002", "missing-column", msg("A column that is needed is not there"))
def missing_column(facts: Facts) -> Iterator[Fault]:
    """A tab has no column for something that the stage of a row asks for, or that no row can do without.

    A column that no row needs yet may be absent.

    Why it matters:
        People cannot fill in what has no place, and every row of that stage stays incomplete.

    Broken (Contacts):
        Companies
        Company ID | Name  | Stage            | Address  | Phone
        C-000001   | Aurum | Information      | Lenina 1 | +7 912 345-67-89

        Contacts
        Contact ID | Full name | Position
        P-000001   | Ann Gray  | Buyer

    Sound:
        Companies
        Company ID | Name  | Stage            | Address  | Phone
        C-000001   | Aurum | Information      | Lenina 1 | +7 912 345-67-89

        Contacts
        Contact ID | Full name | Company | Position
        P-000001   | Ann Gray  | Aurum   | Buyer

    What to do:
        `sheetcrm init BOOK` adds the columns that are missing; or give your own column one of the names that are
        understood.
    """
    hint = msg("`sheetcrm init` adds what is missing; or name your own column so")
    base = facts.base
    for table in judged(base):
        for code, info in fields(SCHEMA[table]).items():
            if info.col.key and not base.present(table, code) and base.size(table):
                yield Fault(table, None, code, msg("no column “{column}”; every row needs it", column=info.label), hint)
    said: set[tuple[str, str]] = set()
    for demand, stage in _needed(facts):
        table, code = next((place for place in demand.columns if base.has(place[0])), ("", ""))
        if table and (table, code) not in said and not field_of(table, code).col.key:
            said.add((table, code))
            label = field_of(table, code).label
            text = msg("no column “{column}”, and stage “{stage}” needs it", column=label, stage=stage)
            yield Fault(table, None, code, text, hint)


@rule("S003", "doubled-column", msg("Two columns are the same"))
def doubled_column(facts: Facts) -> Iterator[Fault]:
    """Two headers of a tab name the same column.

    Why it matters:
        Only the left one is read; what people type into the other is not counted anywhere.

    Broken (Companies!E1):
        Companies
        Company ID | Name  | Stage       | Phone            | Тел. | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 |      | Lenina 1

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Second phone | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 |              | Lenina 1

    What to do:
        Move the values into one column, or give the other a name of its own.
    """
    for table in facts.base.book:
        for double in table.layout.doubles:
            first = table.columns[str(double.code)]
            place = Place(table.name, table.title, table.layout.header_row, double.index, double.header)
            text = msg("“{header}” is the same column as “{first}” in {letter}; only that one is read",
                       header=double.header, first=first.header, letter=letters(first.index))
            yield Fault(table.name, None, "", text, msg("keep one of them, or rename the other"), place)


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
            text = msg("the cells to {cell} are merged; only the first one holds a value", cell=f"{letters(right)}{bottom}")
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
            text = nmsg("{n} formula was never calculated and reads as blank",
                        "{n} formulas were never calculated and read as blank", n, n=n)
            hint = msg("open the book in Excel or LibreOffice and save it")
            yield Fault(name, None, "", text, hint, Place(name, table.title, *found[0]))


@rule("S007", "tab-claimed-twice", msg("Two tabs are the same table"))
def tab_claimed_twice(facts: Facts) -> Iterator[Fault]:
    """Two tabs of the book are the same table, by their titles or by the id column in their headers.

    Why it matters:
        Only the first is read; the rows of the other count nowhere.

    Broken (Clients):
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

        Clients
        Company ID | Name  | Stage       | Phone            | Address
        C-000002   | Berg  | Information | +7 912 345-67-80 | Lenina 2

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1
        C-000002   | Berg  | Information | +7 912 345-67-80 | Lenina 2

    What to do:
        Bring the rows together on one tab, or rename the other tab and its id column.
    """
    book = facts.base.book
    for table in book.tables:
        first = book.by_name[table.name]
        if table is not first:
            text = msg("this tab is “{table}”, and so is “{first}”; only that one is read",
                       table=SCHEMA[table.name].info.label, first=first.title)
            hint = msg("bring the rows together on one tab, or rename this one")
            yield Fault(table.name, None, "", text, hint, Place(table.name, table.title))


@rule("S008", "tab-without-header", msg("A tab has no header"))
def tab_without_header(facts: Facts) -> Iterator[Fault]:
    """A tab is titled like a table of the base, but none of its first rows names the columns.

    Why it matters:
        Without a header nobody can tell what its columns are, so its rows are not read.

    Broken (Deals):
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

        Deals
        steel | 12 t | 2026-10-01

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

        Deals
        Deal ID | Company | Stage | Amount

    What to do:
        Put the column names into one row above the data; title rows may stand above it. Or rename the tab.
    """
    book = facts.base.book
    known = {table.sheet.title for table in book.tables}
    for sheet in book.sheets:
        table = _names_table(sheet)
        if table and sheet.title not in known and table not in book.by_name:
            text = msg("none of the first rows names the columns of “{table}”; nothing on this tab is read",
                       table=SCHEMA[table].info.label)
            hint = msg("put the column names into one row, or rename the tab")
            yield Fault(table, None, "", text, hint, Place(table, sheet.title))


def _names_table(sheet: Sheet) -> str:
    """The table of a fresh book that a tab's title names, "" for none."""
    table = "" if sheet.generated else titled(sheet.title) or ""
    return table if table and SCHEMA[table].info.star else ""


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


RULES = (
    missing_tab,
    missing_column,
    doubled_column,
    merged_cells,
    error_cell,
    never_calculated,
    tab_claimed_twice,
    tab_without_header,
    stray_row,
)
