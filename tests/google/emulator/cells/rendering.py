"""How a value looks in its cell: Google's number format patterns, and what a cell without one shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from tests.google.emulator.cells.content import Error, Value
from tests.google.emulator.cells.locales import Locale
from tests.google.emulator.errors import Json, not_here

EPOCH = datetime(1899, 12, 30)

_PIECE = re.compile(
    r'"[^"]*"|\\.|_.|\*.|\[\$[^\]]*\]|\[[hms]+\]|\[[^\]]*\]'
    r"|am/pm|AM/PM|a/p|A/P|y+|M+|m+|d+|D+|h+|H+|s+|\.0+(?=s|$)|E[+-]0+|.",
    re.DOTALL,
)
_DATE_PIECE = re.compile(r"y+|[Mm]+|[dD]+|[hH]+|s+|\[[hms]+\]|am/pm|AM/PM|a/p|A/P")
_DIGITS = frozenset("0#?,.")


def shown(value: Value, number_format: Json | None, locale: Locale) -> str:
    """The text in the cell.

    Args:
        value: What the cell holds.
        number_format: A NumberFormat, or None for the automatic one.
        locale: The book's.
    """
    if value is None:
        return ""
    if isinstance(value, Error):
        return value.shown
    if isinstance(value, bool):
        return locale.true if value else locale.false
    pattern = pattern_of(number_format, locale)
    if isinstance(value, str):
        return _text(value, pattern)
    return _by_pattern(value, pattern, locale) if pattern and pattern != "@" else automatic(value, locale)


def pattern_of(number_format: Json | None, locale: Locale) -> str:
    """The pattern in force: its own, or the locale's for its type; "" for the automatic look."""
    if not number_format:
        return ""
    pattern: str = number_format.get("pattern") or locale.patterns.get(number_format.get("type", ""), "")
    return "" if pattern.lower() == "general" else pattern


def is_moment(number_format: Json | None) -> bool:
    """Whether numbers of that format are dates or times."""
    return bool(number_format) and number_format is not None and number_format.get("type") in _MOMENTS


_MOMENTS = {"DATE", "TIME", "DATE_TIME"}


def automatic(value: float | int, locale: Locale) -> str:
    """A number without a format: ten significant digits, powers of ten from 1E+15 on."""
    if isinstance(value, int) or value.is_integer():
        text = str(int(value)) if abs(value) < 1e15 else _powers(f"{Decimal(value):.9e}")
    else:
        text = f"{value:.10g}"
        if "e" in text:
            text = format(Decimal(text), "f") if abs(value) >= 1e-9 else _powers(f"{value:.9e}")
    return text.replace(".", locale.decimal)


def _powers(text: str) -> str:
    digits, _, power = text.partition("e")
    return f"{digits.rstrip('0').rstrip('.')}E{power[0]}{int(power[1:]):02d}"


def _text(value: str, pattern: str) -> str:
    sections = _sections(pattern)
    return "".join(value if piece == "@" else _literal(piece) for piece in sections[3]) if len(sections) > 3 else value


def _sections(pattern: str) -> list[list[str]]:
    sections: list[list[str]] = [[]]
    for piece in _PIECE.findall(pattern):
        if piece == ";":
            sections.append([])
        else:
            sections[-1].append(piece)
    return sections


def _by_pattern(value: float | int, pattern: str, locale: Locale) -> str:
    sections = _sections(pattern)
    pieces, sign = sections[0], "-" if value < 0 else ""
    if value < 0 and len(sections) > 1:
        pieces, sign = sections[1], ""
    elif value == 0 and len(sections) > 2:
        pieces = sections[2]
    if any(_DATE_PIECE.fullmatch(piece) for piece in pieces):
        return _moment(value, pieces, locale)
    text = _number(abs(value), pieces, locale)
    return sign + text if any(digit in "123456789" for digit in text) else text


def _literal(piece: str) -> str:
    if piece[0] == '"':
        return piece[1:-1]
    if piece[0] == "\\":
        return piece[1]
    if piece[0] == "_":
        return " "
    if piece.startswith("[$"):
        return piece[2:-1].split("-")[0]
    if piece[0] in "[*":
        if re.match(r"\[[<>=]", piece):
            raise not_here(f"the condition {piece} in a number format")
        return ""
    return piece


def _number(value: float | int, pieces: list[str], locale: Locale) -> str:
    """One section of digits: what stands before them, the digits, what stands after."""
    places = [at for at, piece in enumerate(pieces) if piece in _DIGITS or re.fullmatch(r"\.0+", piece)]
    if not places:
        return "".join(_literal(piece) for piece in pieces)
    first, last = places[0], places[-1]
    if last + 1 < len(pieces) and pieces[last + 1].startswith("E"):
        last += 1
    core = "".join(pieces[first : last + 1])
    if not re.fullmatch(r"[0#?,]*(\.[0#?]*)?,*(E[+-]0+)?", core):
        raise not_here(f"the number format {''.join(pieces)}")
    before, after = "".join(map(_literal, pieces[:first])), "".join(map(_literal, pieces[last + 1 :]))
    exact = Decimal(repr(value)) * 100 ** pieces.count("%")
    return before + _digits(exact, core, locale) + after


def _digits(value: Decimal, core: str, locale: Locale) -> str:
    mantissa, mark, power = core.partition("E")
    if mark:
        return _scientific(value, mantissa, len(power) - 1, locale)
    shape, _, decimals = mantissa.partition(".")
    thousands = len(shape) - len(shape.rstrip(",")) if not decimals else len(decimals) - len(decimals.rstrip(","))
    shape, decimals = shape.rstrip(","), decimals.rstrip(",")
    rounded = (value / 1000**thousands).quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    integer, _, fraction = format(rounded, "f").partition(".")
    least = len(decimals.rstrip("#?"))
    while len(fraction) > least and fraction.endswith("0"):
        fraction = fraction[:-1]
    needed = shape.count("0")
    integer = integer.lstrip("0").rjust(needed, "0")
    if "," in shape:
        integer = re.sub(r"(?<=\d)(?=(\d{3})+$)", locale.group, integer)
    return integer + (locale.decimal + fraction if fraction else "")


def _scientific(value: Decimal, mantissa: str, width: int, locale: Locale) -> str:
    decimals = len(mantissa.partition(".")[2])
    digits, _, power = f"{value:.{decimals}e}".partition("e")
    return f"{digits.replace('.', locale.decimal)}E{power[0]}{power[1:].rjust(width, '0')}"


def moment(serial: float | int) -> datetime:
    """The date and time of a serial number, to the millisecond."""
    return EPOCH + timedelta(milliseconds=round(serial * 86_400_000))


def _moment(serial: float | int, pieces: list[str], locale: Locale) -> str:
    when = moment(serial)
    noon = any(piece.lower() in {"am/pm", "a/p"} for piece in pieces)
    units = _units(pieces)
    return "".join(_told(unit, piece, when, serial, noon, locale) for unit, piece in zip(units, pieces, strict=True))


def _units(pieces: list[str]) -> list[str]:
    """Each piece's unit, "" for a literal: `m` beside hours or seconds is minutes (n), else months, as `M` is."""
    units = [_unit(piece) for piece in pieces]
    told = [place for place, unit in enumerate(units) if unit]
    for at, place in enumerate(told):
        if units[place] == "m":
            after_hours = at > 0 and units[told[at - 1]] in {"h", "["}
            before_seconds = at + 1 < len(told) and units[told[at + 1]] == "s"
            units[place] = "n" if after_hours or before_seconds else "M"
    return units


def _unit(piece: str) -> str:
    if not _DATE_PIECE.fullmatch(piece):
        return "." if re.fullmatch(r"\.0+", piece) else ""
    return piece[0] if piece[0] in "[mM" else piece[0].lower()


def _told(unit: str, piece: str, when: datetime, serial: float | int, noon: bool, locale: Locale) -> str:
    """One piece of a date or time, at the width that its pattern gives it."""
    width = len(piece)
    tellers: dict[str, Callable[[], str]] = {
        "": lambda: _literal(piece),
        "y": lambda: f"{when.year:04d}" if width > 2 else f"{when.year % 100:02d}",
        "M": lambda: _month(when.month, width, locale),
        "d": lambda: _weekday(when, width, locale),
        "h": lambda: str((when.hour % 12 or 12) if noon else when.hour).rjust(width, "0"),
        "n": lambda: str(when.minute).rjust(width, "0"),
        "s": lambda: str(when.second).rjust(width, "0"),
        ".": lambda: locale.decimal + f"{when.microsecond:06d}"[: width - 1],
        "[": lambda: _elapsed(serial, piece),
        "a": lambda: ("AM" if when.hour < 12 else "PM")[: 2 if width > 3 else 1],
    }
    return tellers[unit]()


def _elapsed(serial: float | int, piece: str) -> str:
    """Whole hours, minutes or seconds since midnight of day 0."""
    total = {"h": 24, "m": 1440, "s": 86400}[piece[1]] * serial
    return str(int(total + 1e-9)).rjust(len(piece) - 2, "0")


def _weekday(when: datetime, width: int, locale: Locale) -> str:
    if width < 3:
        return str(when.day).rjust(width, "0")
    return (locale.short_weekdays if width == 3 else locale.weekdays)[when.weekday()]


def _month(month: int, width: int, locale: Locale) -> str:
    if width == 3:
        return locale.short_months[month - 1]
    if width == 4:
        return locale.months[month - 1]
    return str(month).rjust(width, "0")
