"""The functions that the local Google calculates."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from tests.google.emulator.cells.content import Error, Value, whole
from tests.google.emulator.cells.locales import Locale
from tests.google.emulator.cells.parsing import number
from tests.google.emulator.cells.rendering import EPOCH, automatic, moment


@dataclass(frozen=True)
class Grid:
    """The values of a range, row by row, and where it starts."""

    rows: tuple[tuple[Value, ...], ...]
    top: int = 0
    left: int = 0


Argument = Value | Grid
Arguments = list[Argument]
Function = Callable[[Arguments, Locale, date], Argument]


def flat(arguments: Iterable[Argument]) -> list[Value]:
    """Every value of the arguments, cell by cell."""
    values: list[Value] = []
    for argument in arguments:
        if isinstance(argument, Grid):
            values += [value for row in argument.rows for value in row]
        else:
            values.append(argument)
    return values


def one(argument: Argument) -> Value:
    """The single value that an argument stands for."""
    return flat([argument])[0] if flat([argument]) else None


def as_number(value: Value, locale: Locale) -> float | int:
    """The value where a number is wanted; text that reads as one is one.

    Raises:
        ValueError: If it is no number.
    """
    if value is None:
        return 0
    if isinstance(value, bool | int | float):
        return int(value) if isinstance(value, bool) else value
    read = number(value, locale) if isinstance(value, str) else None
    if read is None:
        raise ValueError(f"'{value}' is a text and cannot be coerced to a number.")
    return read


def as_text(value: Value, locale: Locale) -> str:
    """The value where text is wanted."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return locale.true if value else locale.false
    return automatic(value, locale) if isinstance(value, int | float) else str(value)


def numbers(arguments: Arguments, locale: Locale) -> list[float | int]:
    """The numbers among the arguments: in ranges text and truth are passed over, alone they must be numbers."""
    found: list[float | int] = []
    for argument in arguments:
        if isinstance(argument, Grid):
            found += [v for v in flat([argument]) if isinstance(v, int | float) and not isinstance(v, bool)]
        else:
            found.append(as_number(argument, locale))
    return found


def _average(arguments: Arguments, locale: Locale, _: date) -> Argument:
    found = numbers(arguments, locale)
    return whole(sum(found) / len(found))


def _round(arguments: Arguments, locale: Locale, _: date) -> Argument:
    value, places = ([*arguments, 0])[:2]
    digits = int(as_number(one(places), locale))
    exact = Decimal(repr(as_number(one(value), locale)))
    return whole(float(exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)))


def _if(arguments: Arguments, locale: Locale, _: date) -> Argument:
    test = one(arguments[0])
    if isinstance(test, Error):
        return test
    otherwise = arguments[2] if len(arguments) > 2 else False
    return arguments[1] if as_number(test, locale) else otherwise


def _if_error(arguments: Arguments, _: Locale, __: date) -> Argument:
    value = one(arguments[0])
    loading = isinstance(value, Error) and value.kind == "LOADING"
    failed = isinstance(value, Error) and not loading
    return (arguments[1] if len(arguments) > 1 else "") if failed else value


def _meets(value: Value, criterion: Value, locale: Locale) -> bool:
    """Whether a value meets a COUNTIF criterion: a value, or text with <, >, = in front."""
    if not isinstance(criterion, str):
        return value == criterion and type(value) is not bool
    found = re.fullmatch(r"(<=|>=|<>|<|>|=)?(.*)", criterion, re.DOTALL)
    assert found
    sign, text = found[1] or "=", found[2]
    wanted = number(text, locale)
    if wanted is None or not isinstance(value, int | float):
        same = str(value or "").casefold() == text.casefold()
        return same if sign == "=" else not same if sign == "<>" else False
    order = (value > wanted) - (value < wanted)
    return {"=": order == 0, "<>": order != 0, "<": order < 0, ">": order > 0, "<=": order <= 0, ">=": order >= 0}[sign]


def _count_if(arguments: Arguments, locale: Locale, _: date) -> Argument:
    return sum(_meets(value, one(arguments[1]), locale) for value in flat(arguments[:1]))


def _sum_if(arguments: Arguments, locale: Locale, _: date) -> Argument:
    summed = flat(arguments[2:3] or arguments[:1])
    pairs = zip(flat(arguments[:1]), summed, strict=False)
    chosen = [value for test, value in pairs if _meets(test, one(arguments[1]), locale)]
    return whole(sum(v for v in chosen if isinstance(v, int | float) and not isinstance(v, bool)))


def _date(arguments: Arguments, locale: Locale, _: date) -> Argument:
    year, month, day = (int(as_number(one(argument), locale)) for argument in arguments)
    start = datetime(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    return (start - EPOCH).days + day - 1


def _cut(arguments: Arguments, locale: Locale, start: int, length: int) -> str:
    return as_text(one(arguments[0]), locale)[max(start, 0) : max(start, 0) + length]


def _count(arguments: Arguments, locale: Locale) -> int:
    return len(numbers([argument for argument in arguments if not isinstance(argument, str)], locale))


FUNCTIONS: dict[str, Function] = {
    "SUM": lambda args, loc, _today: whole(sum(numbers(args, loc))),
    "AVERAGE": _average,
    "MIN": lambda args, loc, _today: min(numbers(args, loc), default=0),
    "MAX": lambda args, loc, _today: max(numbers(args, loc), default=0),
    "COUNT": lambda args, loc, _today: _count(args, loc),
    "COUNTA": lambda args, _loc, _today: sum(value is not None for value in flat(args)),
    "COUNTBLANK": lambda args, _loc, _today: sum(value in (None, "") for value in flat(args)),
    "COUNTIF": _count_if,
    "SUMIF": _sum_if,
    "ABS": lambda args, loc, _today: abs(as_number(one(args[0]), loc)),
    "INT": lambda args, loc, _today: math.floor(as_number(one(args[0]), loc)),
    "MOD": lambda args, loc, _today: as_number(one(args[0]), loc) % as_number(one(args[1]), loc),
    "ROUND": _round,
    "IF": _if,
    "IFERROR": _if_error,
    "AND": lambda args, loc, _today: all(as_number(value, loc) for value in flat(args)),
    "OR": lambda args, loc, _today: any(as_number(value, loc) for value in flat(args)),
    "NOT": lambda args, loc, _today: not as_number(one(args[0]), loc),
    "TRUE": lambda _args, _loc, _today: True,
    "FALSE": lambda _args, _loc, _today: False,
    "CONCATENATE": lambda args, loc, _today: "".join(as_text(value, loc) for value in flat(args)),
    "LEN": lambda args, loc, _today: len(as_text(one(args[0]), loc)),
    "UPPER": lambda args, loc, _today: as_text(one(args[0]), loc).upper(),
    "LOWER": lambda args, loc, _today: as_text(one(args[0]), loc).lower(),
    "TRIM": lambda args, loc, _today: " ".join(as_text(one(args[0]), loc).split()),
    "LEFT": lambda args, loc, _today: _cut(args, loc, 0, int(as_number(one(([*args, 1])[1]), loc))),
    "MID": lambda args, loc, _today: _cut(
        args, loc, int(as_number(one(args[1]), loc)) - 1, int(as_number(one(args[2]), loc))
    ),
    "TODAY": lambda _args, _loc, today: (datetime(today.year, today.month, today.day) - EPOCH).days,
    "DATE": _date,
    "YEAR": lambda args, loc, _today: moment(as_number(one(args[0]), loc)).year,
    "MONTH": lambda args, loc, _today: moment(as_number(one(args[0]), loc)).month,
    "DAY": lambda args, loc, _today: moment(as_number(one(args[0]), loc)).day,
    "HYPERLINK": lambda args, _loc, _today: one(args[-1]),
    "ROWS": lambda args, _loc, _today: len(args[0].rows) if isinstance(args[0], Grid) else 1,
}
