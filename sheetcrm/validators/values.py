"""V: values. Each cell must mean something of its column's type."""

from __future__ import annotations

from collections.abc import Iterator

from sheetcrm.schema.facts import Facts
from sheetcrm.schema.kinds import Problem
from sheetcrm.schema.record import FieldInfo
from sheetcrm.table import Cell, is_blank
from sheetcrm.text import Message, msg
from sheetcrm.validators.rule import Fault, columns, judged, rule

_SAYS_VALUE = frozenset({"phone", "email"})
"""Problems whose message quotes the part of the cell at fault."""


def problems(facts: Facts, *names: str) -> Iterator[Fault]:
    """Every cell whose conversion met a problem of these names."""
    for table in judged(facts.base):
        for info in columns(facts.base, table):
            found = facts.base.converted(table, info.code).problems
            if not found:
                continue
            rows = facts.base.table(table)
            cells = rows.cells(info.code) if rows is not None else ()
            header = rows.columns[info.code].header if rows is not None else ""
            for position, problem in found.items():
                if problem.name in names:
                    yield Fault(table, position, info.code, said(header, cells[position], problem), problem.hint)


def said(header: str, cell: Cell, problem: Problem) -> Message:
    """A cell's problem with the cell's value in it."""
    if problem.name in _SAYS_VALUE:
        return problem.message
    value = f"{cell[:60]}…" if isinstance(cell, str) and len(cell) > 60 else cell
    return msg("{column} “{value}”: {fault}", column=header, value=value, fault=problem.message)


@rule("V001", "unfit-number", msg("Text where a number belongs"), by_column=True)
def unfit_number(facts: Facts) -> Iterator[Fault]:
    """A cell of a number column holds no number. «1 234,50», «1,234.50 $» and «15 %» are understood.

    Why it matters:
        It counts as blank: the amount is missing from every total, in the sheet too.

    Broken (Companies!F2):
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | Credit limit
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | a lot

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | Credit limit
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | 1 234,50

    What to do:
        Type digits only; put words into the note.
    """
    return problems(facts, "number")


@rule("V002", "unfit-date", msg("A date that does not exist, or no date"), by_column=True)
def unfit_date(facts: Facts) -> Iterator[Fault]:
    """A cell of a date column holds no date, or a day that is not in the calendar.

    Real dates, 2026-11-21 and 21.11.2026 are understood.

    Why it matters:
        It counts as blank: nobody is reminded, and the row is in no period.

    Broken (Companies!F2):
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | Next contact
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | 31.02.2026

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | Next contact
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | 28.02.2027

    What to do:
        Type a day that exists, like 21.11.2026.
    """
    return problems(facts, "date")


@rule("V003", "unfit-yes-no", msg("Neither yes nor no"), by_column=True)
def unfit_yes_no(facts: Facts) -> Iterator[Fault]:
    """A cell of a yes/no column says something else. Yes, да, 1, + and ☑ are understood, and their opposites.

    Why it matters:
        It counts as blank, and a filter on the column passes the row by.

    Broken (Companies!F2):
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | VIP
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | rather

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | VIP
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | yes

    What to do:
        Type yes or no.
    """
    return problems(facts, "bool")


@rule("V004", "unfit-phone", msg("A phone that cannot exist"), by_column=True)
def unfit_phone(facts: Facts) -> Iterator[Fault]:
    """A phone has too few or too many digits, or a code that nobody has.

    Any usual spelling is understood, several numbers in a cell, extensions and names beside them. Each number is
    judged alone. Numbers without a country code are of the country in the setting `region`.

    Why it matters:
        Nobody can call it. A cell without one good number counts as blank for the gates.

    Broken (Companies!D2):
        Companies
        Company ID | Name  | Stage       | Phone    | Address
        C-000001   | Aurum | Information | 8-912-34 | Lenina 1

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone                                  | Address
        C-000001   | Aurum | Information | 8 912 345-67-89 Ann; (343) 222-33-44 | Lenina 1

    What to do:
        Correct the number; write it like +7 912 345-67-89, several after a comma.
    """
    return problems(facts, "phone")


@rule("V005", "unfit-email", msg("An e-mail address that cannot exist"), by_column=True)
def unfit_email(facts: Facts) -> Iterator[Fault]:
    """A cell of an e-mail column holds something that is no address. Several addresses in a cell are understood.

    Why it matters:
        Mail to it comes back or goes nowhere. A cell without one good address counts as blank for the gates.

    Broken (Companies!E2):
        Companies
        Company ID | Name  | Stage       | Phone            | Email | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | info@ | Lenina 1

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Email          | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | info@aurum.com | Lenina 1

    What to do:
        Correct it; write it like name@firm.ru, several after a comma.
    """
    return problems(facts, "email")


@rule("V006", "unfit-inn", msg("A tax number (INN) with a slip of the pen"), by_column=True)
def unfit_inn(facts: Facts) -> Iterator[Fault]:
    """An INN has neither 10 nor 12 digits, or its check digit does not match.

    A leading zero that the sheet has eaten is forgiven.

    Why it matters:
        The invoice will be refused, duplicates are not found, and bookkeeping knows nobody of that number.

    Broken (Companies!F2):
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | INN
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | "7707083894"

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | INN
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | "7707083893"

    What to do:
        Check it against the firm's papers; most often two digits have changed places.
    """
    return problems(facts, "inn")


@rule("V007", "unfit-kpp", msg("A KPP that cannot exist"), by_column=True)
def unfit_kpp(facts: Facts) -> Iterator[Fault]:
    """A KPP is not nine characters: four digits, two digits or letters, three digits.

    Why it matters:
        It tells the branches of a firm apart, and papers with a wrong one are sent back.

    Broken (Companies!F2):
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | KPP
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | "77360"

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | KPP
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | "773601001"

    What to do:
        Check it against the firm's papers.
    """
    return problems(facts, "kpp")


@rule("V008", "unknown-choice", msg("A value that its list does not have"), by_column=True)
def unknown_choice(facts: Facts) -> Iterator[Fault]:
    """A cell of a list column (stage, source, role…) holds a value that is not on the list; the nearest is suggested.

    Labels in either language, aliases and codes are understood. The tab Lists adds values to most lists.

    Why it matters:
        It counts as blank: a company of an unknown stage is in no stage report.

    Broken (Companies!C2):
        Companies
        Company ID | Name  | Stage        | Phone            | Address
        C-000001   | Aurum | Informattion | +7 912 345-67-89 | Lenina 1

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

    What to do:
        Pick a value from the list, or add yours on the tab Lists.
    """
    return problems(facts, "choice")


@rule("V009", "negative-number", msg("A number below zero where that cannot be"), by_column=True)
def negative_number(facts: Facts) -> Iterator[Fault]:
    """A quantity, a price, an amount or a number of days is below zero.

    Why it matters:
        It lowers totals without a trace. A return is a deal of its own, not a minus.

    Broken (Companies!F2):
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | Credit limit
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | -5000

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | Credit limit
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | 5000

    What to do:
        Check the sign.
    """
    return problems(facts, "negative")


@rule("V010", "out-of-range", msg("A number out of its bounds"), by_column=True)
def out_of_range(facts: Facts) -> Iterator[Fault]:
    """A discount or a probability is above 100 %, a satisfaction above 10, a priority not 1 to 4.

    Why it matters:
        It counts as blank, and averages over the column would be nonsense.

    Broken (Companies!F2):
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | Discount
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | 150

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address  | Discount
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1 | 15

    What to do:
        Type a value within the bounds that the finding names.
    """
    return problems(facts, "range")


@rule("V011", "blank-cell", msg("A cell that must not be blank is"), by_column=True)
def blank_cell(facts: Facts) -> Iterator[Fault]:
    """A row lacks what it makes no sense without: a stage, a deal's company, a task's day, a payment's amount.

    Why it matters:
        The row cannot be counted where it belongs. A company without a stage counts as a lead.

    Broken (Companies!C2):
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum |             | +7 912 345-67-89 | Lenina 1

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

    What to do:
        Fill the cell in.
    """
    for table in judged(facts.base):
        for info in columns(facts.base, table):
            if info.col.key:
                yield from _blanks(facts, table, info)


def _blanks(facts: Facts, table: str, info: FieldInfo) -> Iterator[Fault]:
    rows, values = facts.base.table(table), facts.base.values(table, info.code)
    if rows is None or None not in values:
        return
    cells, sheet = rows.cells(info.code), rows.sheet
    text = msg("{column} is blank", column=rows.columns[info.code].header)
    for position, value in enumerate(values):
        if value is None and is_blank(cells[position]):
            spot = rows.spot(position, info.code)
            # An error and a formula without a value are findings of their own.
            if spot not in sheet.errors and spot not in sheet.uncached:
                yield Fault(table, position, info.code, text, msg("fill it in"))


RULES = (
    unfit_number,
    unfit_date,
    unfit_yes_no,
    unfit_phone,
    unfit_email,
    unfit_inn,
    unfit_kpp,
    unknown_choice,
    negative_number,
    out_of_range,
    blank_cell,
)
