"""V: dates. One day must not come before another, nor after today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import cast

from sheetcrm.schema import kinds
from sheetcrm.schema.base import Base
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.tables import field_of
from sheetcrm.text import msg
from sheetcrm.validators.rule import Fault, judged, rule

IN_ORDER = (
    ("deals", "need_date", "due_date"),
    ("deals", "need_date", "delivered_on"),
    ("deals", "invoice_date", "pay_due"),
    ("activities", "at", "next_date"),
    ("campaigns", "start", "end"),
    ("managers", "hired", "left"),
)
"""Columns of a table, the first of which must not be later than the second."""

PAST = (
    ("companies", "lost_on"),
    ("contacts", "birthday"),
    ("deals", "delivered_on"),
    ("activities", "at"),
    ("payments", "date"),
)
"""Columns that tell what has happened."""


def _days(base: Base, table: str, code: str) -> list[date | None]:
    """A column's days, those of moments included."""
    values = base.values(table, code)
    if field_of(table, code).kind is kinds.MOMENT:
        return [value.date() if isinstance(value, datetime) else None for value in values]
    return cast("list[date | None]", values)


@rule("V012", "dates-in-disorder", msg("A date is before the one it must follow"))
def dates_in_disorder(facts: Facts) -> Iterator[Fault]:
    """A date is earlier than the one it follows in the nature of things.

    Delivery and its due day follow the need, the payment's due day the invoice, the next step the activity, the end of
    a campaign its start, a manager's leaving the hiring.

    Why it matters:
        Terms and overdue days are counted from the wrong day; most often the year is wrong.

    Broken (Managers!D2):
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

        Managers
        Manager ID | Name | Hired      | Left
        M-000001   | Bob  | 2026-03-01 | 2025-06-30

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

        Managers
        Manager ID | Name | Hired      | Left
        M-000001   | Bob  | 2025-03-01 | 2026-06-30

    What to do:
        Correct the one of the two dates that is wrong.
    """
    base = facts.base
    hint = msg("correct the one of the two dates that is wrong")
    for table, first, second in IN_ORDER:
        if not (base.present(table, first) and base.present(table, second)):
            continue
        rows = enumerate(zip(_days(base, table, first), _days(base, table, second), strict=True))
        headers = base.book.by_name[table].columns
        for position, (before, after) in rows:
            if after is not None and before is not None and before > after:
                text = msg(
                    "{second} {after} is before {first} {before}",
                    second=headers[second].header,
                    after=after,
                    first=headers[first].header,
                    before=before,
                )
                yield Fault(table, position, second, text, hint)


@rule("V013", "date-in-the-future", msg("Something has happened in the future"), by_column=True)
def date_in_the_future(facts: Facts) -> Iterator[Fault]:
    """A delivery, an activity, a payment, a refusal or a birthday is dated after today.

    Why it matters:
        It is not counted until then, so debt and turnover are wrong today; what is planned has columns of its own.

    Broken (Payments!C2), today 2026-11-21:
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

        Payments
        Payment ID | Company | Date       | Amount | Order no.
        PAY-000001 | Aurum   | 2027-11-20 | 100    | 7

        Deals
        Deal ID  | Company | Stage | Order no. | Lost reason
        D-000001 | Aurum   | Lost  | 7         | Price

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

        Payments
        Payment ID | Company | Date       | Amount | Order no.
        PAY-000001 | Aurum   | 2026-11-20 | 100    | 7

        Deals
        Deal ID  | Company | Stage | Order no. | Lost reason
        D-000001 | Aurum   | Lost  | 7         | Price

    What to do:
        Correct the date; plan deliveries in the due date, and calls in the next step.
    """
    tables = judged(facts.base)
    for table, code in PAST:
        if table not in tables or not facts.base.present(table, code):
            continue
        header = facts.base.book.by_name[table].columns[code].header
        for position, day in enumerate(_days(facts.base, table, code)):
            if day is not None and day > facts.today:
                text = msg("{column} {day} is in the future", column=header, day=day)
                yield Fault(table, position, code, text, msg("correct the date"))


RULES = (dates_in_disorder, date_in_the_future)
