"""Mistakes of one cell: somebody mistyped it, guessed, or left it blank."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from sheetcrm.fresh.demo.calendar import days
from sheetcrm.fresh.demo.defects import Defect, Fits, Patient
from sheetcrm.fresh.demo.scene import BOUGHT, Cells
from sheetcrm.table import Value
from sheetcrm.text import Label

Typed = Label | Value | Callable[[Patient, Cells], Value]
"""What is typed: the same in both languages, a word of the book's language, or what follows from the row."""


class Slip(NamedTuple):
    """A mistake of one cell.

    Attributes:
        code: The rule that should find it.
        table: The table's code.
        field: The field code.
        typed: What is typed into the cell.
        fits: Which records can take it so that nothing else becomes wrong.
        found: The field where it is found, "" for the same.
    """

    code: str
    table: str
    field: str
    typed: Typed
    fits: Fits
    found: str = ""


# ── which records can take it ──


def _any(patient: Patient, cells: Cells) -> bool:
    return True


def _with(*codes: str) -> Fits:
    """Records where all of those are filled."""
    return lambda patient, cells: all(cells.get(code) is not None for code in codes)


def _named(name: str) -> Fits:
    """The setting of that name."""
    return lambda patient, cells: cells["name"] == name


def _at(*stages: str) -> Fits:
    """Companies or deals at one of those stages."""
    return lambda patient, cells: patient.stage(cells) in stages


def _all(*conditions: Fits) -> Fits:
    """Records that fit each of the conditions."""
    return lambda patient, cells: all(fits(patient, cells) for fits in conditions)


def _of_buyer(patient: Patient, cells: Cells) -> bool:
    """Deals of clients that have bought: their stage does not hang on this one."""
    return patient.stage(patient.company(cells)) in ("regular", "buyer")


def _is_second(patient: Patient, cells: Cells) -> bool:
    """Contacts that are not the main one."""
    return cells["company"] is not None and patient.people(cells)[0] is not cells


# ── what follows from the row ──


def _before(code: str, count: int) -> Callable[[Patient, Cells], Value]:
    """So many days before another date of the row."""

    def typed(patient: Patient, cells: Cells) -> Value:
        day = cells[code]
        assert isinstance(day, date)
        return date(day.year, day.month, day.day) - days(count)

    return typed


def _ahead(count: int) -> Callable[[Patient, Cells], Value]:
    """So many days after today."""
    return lambda patient, cells: patient.scene.today + days(count)


def _spaced(code: str) -> Callable[[Patient, Cells], Value]:
    """The text with spaces that nobody sees."""
    return lambda patient, cells: f"  {cells[code]} "


_ANY_BOUGHT = _at(*BOUGHT)

SLIPS = (
    # values
    Slip("V001", "deals", "cost", Label("a lot", "дорого"), _at("settled")),
    Slip("V001", "companies", "turnover", Label("about a million", "около миллиона"), _ANY_BOUGHT),
    Slip("V002", "contacts", "birthday", Label("1985-02-31", "31.02.1985"), _any),
    Slip("V002", "companies", "contract_until", Label("end of the year", "конец года"), _at("regular")),
    Slip("V003", "companies", "vip", Label("maybe", "возможно"), _ANY_BOUGHT),
    Slip("V004", "companies", "phone", Label("0113 496", "8-912-34"), _ANY_BOUGHT),
    Slip("V004", "contacts", "mobile", Label("+44 7911 12", "+7 943 12-34"), _with("position", "mobile", "email")),
    Slip("V005", "companies", "email", Label("info@@office.example", "info@@ofis.example"), _ANY_BOUGHT),
    Slip("V005", "contacts", "email", Label("sales(at)office", "zakaz(собака)ofis"), _with("position", "mobile")),
    Slip("V006", "companies", "inn", "5900123457", _at("prospect")),
    Slip("V006", "companies", "inn", "59001234", _at("prospect")),
    Slip("V007", "companies", "kpp", "12345", _ANY_BOUGHT),
    Slip("V008", "companies", "source", Label("Refferal", "Рекомендацыя"), _any),
    Slip("V008", "activities", "result", Label("Reeched", "Состоялсо"), _any),
    Slip("V008", "deals", "objection", Label("Comparring", "Сравневает варианты"), _any),
    Slip("V009", "deals", "need_qty", -12, _at("settled")),
    Slip("V009", "companies", "credit_limit", -100, _at("regular")),
    Slip("V010", "companies", "discount", 110, _at("regular")),
    Slip("V010", "deals", "satisfaction", 11, _at("settled")),
    Slip("V010", "tasks", "priority", 9, _any),
    Slip("V011", "companies", "stage", None, _at("lead")),
    Slip("V011", "deals", "stage", None, _at("need")),
    Slip("V011", "contacts", "company", None, _is_second),
    Slip("V011", "tasks", "due", None, _any),
    Slip("V012", "deals", "due_date", _before("need_date", 3), _at("need", "offer")),
    Slip("V012", "deals", "pay_due", _before("invoice_date", 5), _all(_at("settled"), _with("pay_due"))),
    Slip("V012", "activities", "next_date", _before("at", 4), _with("next_date")),
    Slip("V013", "contacts", "birthday", _ahead(40), _any),
    Slip("V013", "companies", "lost_on", _ahead(6), _at("lost")),
    Slip("V013", "deals", "delivered_on", _ahead(2), _at("delivered")),
    # keys and references
    Slip("K001", "activities", "activity_id", None, _any),
    Slip("K003", "activities", "activity_id", "A-17", _any),
    Slip("K004", "activities", "activity_id", "D-000017", _any),
    Slip("R001", "activities", "company", Label("Horns and Hooves", "Рога и копыта"), _any),
    Slip("R001", "deals", "contact", "P-009999", _at("settled")),
    Slip("R001", "tasks", "manager", Label("Bob", "Вова"), _any),
    # rules of the firm
    Slip("F001", "companies", "price_list", None, _at("regular")),
    Slip("F003", "companies", "contract_no", Label("by phone", "по телефону"), _at("regular")),
    Slip("F004", "companies", "discount", 25, _at("regular")),
    Slip("F005", "companies", "contract_until", _before("contract_date", 30), _at("regular")),
    # the book's own tabs
    Slip("S010", "settings", "value", Label("many", "много"), _named("tasks_a_day")),
    Slip("S010", "settings", "name", "cadense_D", _named("cadence_D")),
    # gates
    Slip("G001", "companies", "contract_no", None, _at("regular"), "stage"),
    Slip("G001", "companies", "lost_reason", None, _at("lost"), "stage"),
    Slip("G002", "deals", "due_date", None, _all(_at("need"), _of_buyer), "stage"),
    Slip("G002", "deals", "expected_close", None, _at("offer"), "stage"),
    Slip("G002", "deals", "delivered_qty", None, _at("delivered"), "stage"),
    Slip("G002", "deals", "lost_reason", None, _at("lost"), "stage"),
    Slip("G003", "companies", "category", None, _at("lead"), "stage"),
    Slip("G003", "companies", "industry", None, _at("prospect", "sale"), "stage"),
    # hygiene
    Slip("H002", "companies", "website", Label("n/a", "н/д"), _ANY_BOUGHT),
    Slip("H002", "deals", "competitor", Label("tbd", "уточнить"), _at("offer", "lost")),
    Slip("H003", "companies", "industry", _spaced("industry"), _ANY_BOUGHT),
    Slip("H003", "contacts", "full_name", _spaced("full_name"), _with("position")),
)
"""One mistake of each kind."""


def slip(patient: Patient, what: Slip) -> Defect:
    """Make the mistake in a record that can take it."""
    position = patient.pick(what.table, what.fits)
    cells = patient.rows[what.table][position]
    typed = what.typed
    if isinstance(typed, Label):
        typed = typed.get(patient.scene.lang)
    elif callable(typed):
        typed = typed(patient, cells)
    patient.set(what.table, position, **{what.field: typed})
    return Defect(what.code, what.table, position, what.found or what.field)
