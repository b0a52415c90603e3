"""S: the book itself. Tabs and columns that are missing, double or without a header."""

from __future__ import annotations

from collections.abc import Iterator

from sheetcrm.findings import Place
from sheetcrm.schema.demands import company_lacks_at, deal_lacks_at
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.gates import GATES, Demand, Lack
from sheetcrm.schema.record import fields
from sheetcrm.schema.tables import SCHEMA, field_of, titled
from sheetcrm.schema.words import COMPANY_STAGE, DEAL_STAGE, fold
from sheetcrm.table import Sheet, letters
from sheetcrm.text import Label, Message, msg
from sheetcrm.validators.rule import Fault, judged, rule


def _needed(facts: Facts) -> Iterator[tuple[Demand, Label]]:
    """Demands that some row's stage makes and no column of the book could meet, each with the stage."""
    base = facts.base
    companies = dict.fromkeys(zip(base.values("companies", "stage"), facts.company_met, strict=True))
    deals = dict.fromkeys(zip(base.values("deals", "stage"), facts.deal_met, strict=True))
    asked = [
        *(
            (COMPANY_STAGE, str(stage or "lead"), company_lacks_at(str(stage or "lead"), met))
            for stage, met in companies
        ),
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

    Broken (Companies):
        Managers
        Manager ID | Name
        M-000001   | Bob

    Sound:
        Companies
        Company ID | Name  | Stage       | Address  | Phone
        C-000001   | Aurum | Information | Lenina 1 | +7 912 345-67-89

        Managers
        Manager ID | Name
        M-000001   | Bob

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
            text = msg(
                "“{header}” is the same column as “{first}” in {letter}; only that one is read",
                header=double.header,
                first=first.header,
                letter=letters(first.index),
            )
            yield Fault(table.name, None, "", text, msg("keep one of them, or rename the other"), place)


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
            text = msg(
                "this tab is “{table}”, and so is “{first}”; only that one is read",
                table=SCHEMA[table.name].info.label,
                first=first.title,
            )
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
            text = msg(
                "none of the first rows names the columns of “{table}”; nothing on this tab is read",
                table=SCHEMA[table].info.label,
            )
            hint = msg("put the column names into one row, or rename the tab")
            yield Fault(table, None, "", text, hint, Place(table, sheet.title))


def _names_table(sheet: Sheet) -> str:
    """The table of a fresh book whose very title a tab bears, "" for none; other names for it are ordinary words."""
    table = "" if sheet.generated else titled(sheet.title) or ""
    info = SCHEMA[table].info if table else None
    is_title = info is not None and fold(sheet.title) in map(fold, (*info.label, table))
    return table if info is not None and info.star and is_title else ""


RULES = (missing_tab, missing_column, doubled_column, tab_claimed_twice, tab_without_header)
