"""When a value of a column meets what a filter asks of it."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from operator import ge, gt, le, lt

from sheetcrm.schema import kinds
from sheetcrm.schema.base import Base
from sheetcrm.schema.figures import moment_of, number_of
from sheetcrm.schema.kinds import ChoiceKind, UnfitError, nearest_choice
from sheetcrm.schema.named import Named
from sheetcrm.schema.words import fold
from sheetcrm.table import Value, day_of
from sheetcrm.text import Message, msg

Test = Callable[[Value], bool]
"""Tells whether a column's value is one that is asked for."""

_ORDER = {"<": lt, "<=": le, ">": gt, ">=": ge}
_NUMBERS = (kinds.INTEGER, kinds.QUANTITY, kinds.MONEY)
_DATES = (kinds.DATE, kinds.MOMENT)
_SEVERAL = (kinds.PHONE, kinds.EMAIL)
_YEAR_AND_MONTH = re.compile(r"(?P<y>\d{4})(?:-(?P<m>\d{1,2}))?|(?P<m2>\d{1,2})\.(?P<y2>\d{4})")


class UnfitLiteralError(ValueError):
    """A column cannot be compared with what was written."""

    def __init__(self, message: Message, hint: Message) -> None:
        """Carry what is wrong and the way out."""
        self.message = message
        self.hint = hint
        super().__init__(message.id)


def compare(column: Named, sign: str, literal: str, base: Base) -> Test:
    """The test that a comparison makes.

    Args:
        column: Whose values are tested.
        sign: `=`, `~`, `<`, `<=`, `>` or `>=`.
        literal: What stands on the right; "" is the blank cell.
        base: The firm's words and names.

    Raises:
        UnfitLiteralError: If such a column cannot be compared so.
    """
    if sign == "=":
        return _equals(column, literal, base)
    return _contains(column, literal, base) if sign == "~" else _in_order(column, sign, literal, base)


def _equals(column: Named, literal: str, base: Base) -> Test:
    kind = column.kind
    if not literal.strip():
        return lambda value: value is None
    if isinstance(kind, ChoiceKind):
        code = _choice(kind, literal, base)
        return lambda value: value == code
    if kind in _NUMBERS:
        number = _number(column, literal, base)
        return lambda value: isinstance(value, int | Decimal) and value == number
    if kind in _DATES:
        first, last = _span(column, literal)
        return lambda value: (day := day_of(value)) is not None and first <= day <= last
    if kind == kinds.BOOL:
        wanted = _bool(literal, base)
        return lambda value: value is wanted
    return _is_word(_spellings(column, literal, base), several=kind in _SEVERAL)


def _is_word(words: frozenset[str], *, several: bool) -> Test:
    """Whether a text is one of the folded words, or any of its parts where a cell may hold several."""

    def test(value: Value) -> bool:
        if value is None:
            return False
        return not words.isdisjoint(map(fold, str(value).split("; ") if several else [str(value)]))

    return test


def _spellings(column: Named, literal: str, base: Base) -> frozenset[str]:
    """Every folded text by which a column's cells may show what was written."""
    if column.reference:
        table = column.reference
        found = base.names(table).get(fold(literal), ())
        by_id = base.ids(table).get(literal.strip().upper())
        positions = found if by_id is None else (*found, by_id)
        return frozenset({fold(literal), *(fold(base.name(table, position)) for position in positions)})
    if column.kind in (*_SEVERAL, kinds.INN, kinds.KPP):
        try:
            return frozenset({fold(literal), fold(str(column.kind.convert(literal, base.context)))})
        except UnfitError:
            pass  # no such phone, but perhaps just what the cell says
    return frozenset({fold(literal)})


def _contains(column: Named, literal: str, base: Base) -> Test:
    """The test for `~`: a value holds the text, whatever its case."""
    part = fold(literal)
    if isinstance(column.kind, ChoiceKind):
        enumeration = base.vocabulary.enumerations[column.kind.enumeration]
        shown = {c.code for c in enumeration.choices if any(part in fold(word) for word in (c.code, *c.label))}
        return lambda value: value in shown
    return lambda value: value is not None and part in fold(str(value))


def _in_order(column: Named, sign: str, literal: str, base: Base) -> Test:
    """The test for `<`, `<=`, `>` and `>=`; a blank is neither."""
    compare = _ORDER[sign]
    if column.kind in _NUMBERS:
        number = _number(column, literal, base)
        return lambda value: isinstance(value, int | Decimal) and bool(compare(value, number))
    if column.kind in _DATES:
        first, last = _span(column, literal)
        edge = last if sign in ("<=", ">") else first
        return lambda value: (day := day_of(value)) is not None and bool(compare(day, edge))
    raise UnfitLiteralError(
        msg("“{column}” has no order", column=column.label),
        msg("Only numbers and dates do; name the values: in (…)."),
    )


# ── what was written, as the column's kind understands it ──


def _bool(literal: str, base: Base) -> Value:
    try:
        return kinds.BOOL.convert(literal, base.context)
    except UnfitError as unfit:
        raise UnfitLiteralError(unfit.problem.message, msg("Write yes or no.")) from None


def _choice(kind: ChoiceKind, literal: str, base: Base) -> Value:
    code = base.vocabulary.words[kind.enumeration].get(fold(literal))
    if code is not None:
        return code
    enumeration = base.vocabulary.enumerations[kind.enumeration]
    close = nearest_choice(kind.enumeration, literal, base.context)
    if kind.enumeration == "company_stage" and fold(literal) in base.vocabulary.words["deal_stage"]:
        hint = msg("A deal's stage is called deal_stage here.")
    elif close is not None:
        hint = msg("Did you mean “{value}”?", value=enumeration.label_of(close))
    else:
        hint = msg("Pick one of: {values}.", values=[choice.label for choice in enumeration.choices])
    raise UnfitLiteralError(msg("not a value of the list “{list}”", list=enumeration.label), hint)


def _number(column: Named, literal: str, base: Base) -> Decimal:
    number = number_of(literal, base.context.lang)
    if number is None:
        raise UnfitLiteralError(
            msg("“{column}” is compared with a number", column=column.label), msg("Write a number, like 10000.")
        )
    return number


def _span(column: Named, literal: str) -> tuple[date, date]:
    """The first and the last day of what was written: a day, a month or a year."""
    found = _YEAR_AND_MONTH.fullmatch(literal.strip())
    try:
        if found is None and (moment := moment_of(literal)) is not None:
            return moment.date(), moment.date()
        if found is not None:
            return _month_or_year(int(found["y"] or found["y2"]), int(found["m"] or found["m2"] or 0))
    except ValueError:
        raise UnfitLiteralError(msg("there is no such day in the calendar"), msg("Write a date that exists.")) from None
    raise UnfitLiteralError(
        msg("“{column}” is compared with a date", column=column.label),
        msg("Write a date like 2026-11-21 or 21.11.2026, a month like 2026-11, or a year."),
    )


def _month_or_year(year: int, month: int) -> tuple[date, date]:
    first, last = month or 1, month or 12
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
