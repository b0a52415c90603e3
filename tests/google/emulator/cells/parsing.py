"""What a person's typing becomes: the USER_ENTERED reading of a text, by the book's locale.

A number format comes along where the way of typing implies one: `15%` is 0.15, shown as a percentage.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, time

from tests.google.emulator.cells.content import SHOWN, Error, Value, whole
from tests.google.emulator.cells.locales import Locale
from tests.google.emulator.cells.rendering import EPOCH
from tests.google.emulator.errors import Json


@dataclass(frozen=True)
class Entered:
    """What typing gave: a value or a formula, and the number format that it implies."""

    value: Value = None
    formula: str = ""
    number_format: Json | None = None


def entered(text: str, locale: Locale, today: date) -> Entered:
    """Read a text as if a person had typed it into a cell.

    Args:
        text: As typed; an apostrophe in front keeps it text, `=` makes it a formula.
        locale: The book's.
        today: Completes a date without a year.
    """
    if text.startswith("'"):
        return Entered(text[1:])
    if text.startswith("=") and len(text) > 1:
        return Entered(formula=text)
    stripped = text.strip()
    if not stripped:
        return Entered(text or None)
    found = _truth(stripped, locale) or _error(stripped) or _amount(stripped, locale)
    return found or _moment(stripped, locale, today) or Entered(text)


def _truth(text: str, locale: Locale) -> Entered | None:
    upper = text.upper()
    if upper in {"TRUE", locale.true}:
        return Entered(True)
    return Entered(False) if upper in {"FALSE", locale.false} else None


def _error(text: str) -> Entered | None:
    for kind, shown in SHOWN.items():
        if text == shown and kind != "LOADING":
            return Entered(Error(kind))
    return None


def number(text: str, locale: Locale) -> float | int | None:
    """A plain number as that locale writes it, with or without groups of three and a power of ten."""
    groups, point = f"[{locale.typed_groups}]", re.escape(locale.decimal)
    shape = rf"([+-]?)(\d{{1,3}}(?:{groups}\d{{3}})+|\d*)(?:{point}(\d*))?(?:[eE]([+-]?\d+))?"
    found = re.fullmatch(shape, text, re.ASCII)
    if not found or not (found[2] or found[3]):
        return None
    integer = re.sub(r"\D", "", found[2])
    if found[3] is None and found[4] is None:
        return whole(float(found[1] + integer)) if len(integer) > 15 else int(found[1] + integer)
    read = float(f"{found[1]}{integer or 0}.{found[3] or 0}e{found[4] or 0}")
    return whole(read) if math.isfinite(read) else None


def _amount(text: str, locale: Locale) -> Entered | None:
    """A number, a percentage or a sum of money."""
    plain = number(text, locale)
    fraction = locale.decimal in text
    if plain is not None:
        return Entered(plain, number_format=_implied(text, fraction, locale))
    if text.endswith("%") and (share := number(text[:-1].rstrip(), locale)) is not None:
        return Entered(whole(share / 100), number_format=_format("PERCENT", "0.00%" if fraction else "0%"))
    return _money(text, fraction, locale)


def _implied(text: str, fraction: bool, locale: Locale) -> Json | None:
    if re.search(r"[eE]", text):
        return _format("SCIENTIFIC", locale.patterns["SCIENTIFIC"])
    if re.search(rf"\d[{locale.typed_groups}]\d", text):
        return _format("NUMBER", "#,##0.00" if fraction else "#,##0")
    return None


def _money(text: str, fraction: bool, locale: Locale) -> Entered | None:
    found = re.fullmatch(r"(-?)([$€£₽]?)\s*([^$€£₽]*?)\s*([$€£₽]|р\.|руб\.?)?", text)
    if not found or bool(found[2]) == bool(found[4]):
        return None
    amount = number(found[1] + found[3], locale)
    if amount is None:
        return None
    symbol = found[2] or ("₽" if found[4].startswith("р") else found[4])
    digits = "#,##0.00" if fraction else "#,##0"
    foreign = "{}\N{NO-BREAK SPACE}[$" + symbol + "]" if found[4] else "[$" + symbol + "]{}"
    pattern = locale.currency_pattern if symbol == locale.currency else foreign
    return Entered(amount, number_format=_format("CURRENCY", pattern.format(digits)))


def _format(kind: str, pattern: str) -> Json:
    return {"type": kind, "pattern": pattern}


def _moment(text: str, locale: Locale, today: date) -> Entered | None:
    """A date, a time, or both."""
    if clock := _clock(text):
        serial, pattern = clock
        return Entered(whole(serial), number_format=_format("TIME", pattern))
    day_text, _, clock_text = text.partition(" ") if re.match(r"\S+ \d{1,2}:\d\d", text) else (text, "", "")
    day = _day(day_text.rstrip(","), locale, today)
    if day is None:
        return None
    serial = (datetime.combine(day[0], time()) - EPOCH).days
    if not clock_text:
        return Entered(serial, number_format=_format("DATE", day[1]))
    clock = _clock(clock_text)
    if clock is None:
        return None
    return Entered(whole(serial + clock[0]), number_format=_format("DATE_TIME", f"{day[1]} {clock[1]}"))


def _clock(text: str) -> tuple[float, str] | None:
    found = re.fullmatch(r"(\d{1,4}):([0-5]\d)(?::([0-5]\d)(\.\d{1,3})?)?(?:\s*([AaPp])[Mm])?", text)
    if not found:
        return None
    hours, half = int(found[1]), (found[5] or "").lower()
    if half and not 1 <= hours <= 12:
        return None
    if half:
        hours = hours % 12 + (12 if half == "p" else 0)
    seconds = hours * 3600 + int(found[2]) * 60 + float((found[3] or "0") + (found[4] or ""))
    pattern = "h:mm" + (":ss" if found[3] else "") + (" am/pm" if half else "")
    return seconds / 86400, pattern if hours < 24 else f"[h]{pattern[1:]}"


def _day(text: str, locale: Locale, today: date) -> tuple[date, str] | None:
    if found := re.fullmatch(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})", text):
        return _dated(int(found[1]), int(found[3]), int(found[4]), "yyyy{0}mm{0}dd".format(found[2]))
    if found := re.fullmatch(rf"(\d{{1,2}})([{locale.date_separators}])(\d{{1,2}})(?:\2(\d{{4}}|\d\d))?", text):
        first, second = int(found[1]), int(found[3])
        day, month = (first, second) if locale.day_first else (second, first)
        year = _year(found[4]) if found[4] else today.year
        short = "dd.mm" if locale.day_first else "m/d"
        return _dated(year, month, day, locale.patterns["DATE"] if found[4] else short)
    return _day_in_words(text, locale, today)


def _day_in_words(text: str, locale: Locale, today: date) -> tuple[date, str] | None:
    if found := re.fullmatch(r"(\d{1,2})[ -]([^\W\d]+\.?)(?:[ -](\d{4}|\d\d))?(?: г\.?)?", text):
        day, word, year = found[1], found[2], found[3]
        pattern = "d mmmm" if len(word) > 4 else "d mmm"
        pattern += " yyyy" if year else ""
    elif found := re.fullmatch(r"([^\W\d]+\.?) (\d{1,2})(?:, ?(\d{4}))?", text):
        word, day, year = found[1], found[2], found[3]
        pattern = ("mmmm" if len(word) > 4 else "mmm") + (" d, yyyy" if year else " d")
    else:
        return None
    month = _month(word.casefold(), locale)
    return _dated(_year(year) if year else today.year, month, int(day), pattern) if month else None


def _month(word: str, locale: Locale) -> int:
    for names in (locale.months, locale.months_of, locale.short_months):
        for place, name in enumerate(names, 1):
            if word.rstrip(".") == name.casefold().rstrip("."):
                return place
    return 0


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 30 else 1900)


def _dated(year: int, month: int, day: int, pattern: str) -> tuple[date, str] | None:
    try:
        return date(year, month, day), pattern
    except ValueError:
        return None
