"""What months, managers, clients and shares are called in headers, cells and sentences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from sheetcrm.reports.report import ReportCell
from sheetcrm.schema.base import Base
from sheetcrm.schema.orders import CENT
from sheetcrm.schema.tables import key_of
from sheetcrm.text import Label

NOBODY = Label("Nobody", "Никто")
UNKNOWN = Label("Client unknown", "Клиент неизвестен")
TOTAL = Label("Total", "Всего")
DAYS = Label("days", "дн.")


def percent(share: float | Decimal) -> Decimal:
    """A share (0–1) as per cent with two places, for a sentence."""
    return (Decimal(share) * 100).quantize(CENT)


def money(amount: Decimal) -> Decimal:
    """A sum in whole cents, for a sentence; whole money without any."""
    cents = amount.quantize(CENT)
    return cents.quantize(Decimal(1)) if cents == cents.to_integral_value() else cents


def days(number: float) -> Decimal:
    """A length in days with two places, for a sentence; whole days without any."""
    return Decimal(round(number, 2)).quantize(Decimal(1) if float(number).is_integer() else CENT)


def first_of(day: date) -> date:
    """The first day of the day's month."""
    return day.replace(day=1)


def months_from(first: date, count: int) -> list[date]:
    """That many months in a row, each by its first day."""
    return [first_of(first) + relativedelta(months=n) for n in range(count)]


def month_key(month: date) -> str:
    """A month as a column's key: `2026-11`."""
    return f"{month:%Y-%m}"


def month_label(month: date) -> Label:
    """A month as a header."""
    return Label(f"{month:%Y-%m}", f"{month:%m.%Y}")


def in_order(managers: Iterable[int]) -> list[int]:
    """The managers among them, each once, in the order of their tab, nobody last."""
    return sorted(set(managers), key=lambda manager: (manager < 0, manager))


def manager_label(base: Base, manager: int) -> str | Label:
    """A manager's name as a header."""
    return NOBODY if manager < 0 else base.manager_name(manager)


def manager_key(base: Base, manager: int) -> str:
    """A manager as a column's key: the id, else the name."""
    if manager < 0:
        return "nobody"
    return str(base.values("managers", key_of("managers"))[manager] or base.manager_name(manager))


def client_cell(base: Base, company: int) -> ReportCell:
    """A client's name, leading to its row."""
    return (
        ReportCell(UNKNOWN)
        if company < 0
        else ReportCell(base.name("companies", company), None, ("companies", company))
    )
