"""What a cell means: one kind a type of column, each turning a raw cell into a canonical value or a problem."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from pydantic import GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, core_schema

from sheetcrm.schema import quick, spelling
from sheetcrm.schema.figures import FIRST, LAST, MOST, moment_of, number_of
from sheetcrm.schema.words import ENUMERATIONS, Vocabulary, fold, nearest
from sheetcrm.tab import Format
from sheetcrm.table import Cell, Value
from sheetcrm.text import Lang, Message, msg

EPOCH = datetime(1899, 12, 30)
_SPACES = re.compile(r"[ \t\u00a0\u202f]+")
_ID = re.compile(r"[A-Z]{1,3}-\d{6,}")


class Problem(NamedTuple):
    """What is wrong with one cell.

    Attributes:
        name: The kind of fault (`phone`, `placeholder`, `spaces`…); a rule answers for each.
        message: What is wrong, without the cell's value, which the finding shows.
        hint: The way out.
        value: What the cell still means, None where it means nothing.
    """

    name: str
    message: Message
    hint: Message | None = None
    value: Value = None


class UnfitError(ValueError):
    """Raised inside a conversion, so that pydantic understands it; caught at once and kept as a `Problem`."""

    def __init__(self, problem: Problem) -> None:
        """Carry the problem."""
        self.problem = problem
        super().__init__(problem.message.id)


@dataclass(frozen=True)
class Context:
    """What a cell's meaning depends on besides the cell.

    Attributes:
        lang: The book's language: how its texts write numbers.
        region: The default region of phone numbers.
        placeholders: Folded words that stand for "nothing known".
        vocabulary: The enumerations, the firm's Lists tab included.
    """

    lang: Lang = "en"
    region: str = "RU"
    placeholders: frozenset[str] = frozenset()
    vocabulary: Vocabulary = field(
        default_factory=lambda: Vocabulary(ENUMERATIONS, {n: e.words() for n, e in ENUMERATIONS.items()})
    )

    @cached_property
    def phones(self) -> spelling.Phones:
        """The phone reader of this region."""
        return spelling.Phones(self.region)


DEFAULT_CONTEXT = Context()


Quick = Callable[[Sequence[Cell], Context], dict[Cell, Value]]


def _by(read: Callable[[Sequence[Cell], frozenset[str]], dict[Cell, Value]]) -> Quick:
    return lambda cells, context: read(cells, context.placeholders)


@dataclass(frozen=True)
class Kind:
    """A type of column: how its cells are read, and how they are shown.

    Attributes:
        name: Its name in documents.
        convert: Cell → canonical value; raises `UnfitError`. Never called with a blank.
        format: How a tab shows it.
        quick: Distinct cells → the meaning of those that need no thought; says what `convert` would.
        clean: Whether each cell of a whole column is plainly its own value, or blank.
    """

    name: str
    convert: Callable[[Cell, Context], Value]
    format: Format = Format.TEXT
    quick: Quick | None = None
    clean: Callable[[Sequence[Cell], frozenset[str]], bool] | None = None

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Make pydantic read raw cells the same way."""

        def read(cell: Cell, info: ValidationInfo) -> Value:
            context = info.context if isinstance(info.context, Context) else DEFAULT_CONTEXT
            if cell is None or (isinstance(cell, str) and not cell.strip()):
                return None
            return self.convert(cell, context)

        return core_schema.with_info_before_validator_function(read, handler(source))


@dataclass(frozen=True)
class ChoiceKind(Kind):
    """A value of an enumeration."""

    enumeration: str = ""


@dataclass(frozen=True)
class RefKind(Kind):
    """A name or an id of a record in another table."""

    table: str = ""


def choice(enumeration: str) -> ChoiceKind:
    """The kind of columns that hold a value of that enumeration."""
    return ChoiceKind("choice", lambda cell, context: _choice(enumeration, cell, context), enumeration=enumeration)


def ref(table: str) -> RefKind:
    """The kind of columns that name a record of that table."""
    return RefKind("reference", _plain, quick=_by(quick.plain), table=table)


def _words(cell: Cell) -> str:
    """The cell as text: numbers without a decimal zero, dates as ISO."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        whole = cell.is_integer() and abs(cell) < 1e15
        return str(int(cell)) if whole else format(Decimal(repr(cell)).normalize(), "f")
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    return str(cell)


def tidy(text: str) -> str:
    """The text without stray spaces: ends stripped, runs of spaces and no-break spaces one space, NFC."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return _SPACES.sub(" ", text).strip()


def _plain(cell: Cell, context: Context) -> Value:
    return tidy(_words(cell))


def _text(cell: Cell, context: Context) -> Value:
    typed = _words(cell)
    text = tidy(typed)
    if fold(text) in context.placeholders or not any(map(str.isalnum, text)):
        raise UnfitError(_placeholder())
    if text != typed and typed.replace("\r\n", "\n") != text:
        hint = msg("remove the spaces at its ends and the doubled ones")
        raise UnfitError(Problem("spaces", msg("stray spaces"), hint, text))
    return text


def _placeholder() -> Problem:
    return Problem(
        "placeholder",
        msg("a placeholder, not a value; it counts as blank"),
        msg("type the real value or leave the cell empty"),
    )


def _id(cell: Cell, context: Context) -> Value:
    text = _words(cell).strip()
    if _ID.fullmatch(text):
        return text
    tidied = text.upper().replace(" ", "").replace("–", "-").replace("—", "-")
    hint = msg("restore the id from a backup, or clear the cell: `sheetcrm update` gives a new one")
    raise UnfitError(
        Problem("id", msg("not an id; an id is a prefix and at least six digits, like C-000142"), hint, tidied)
    )


def _number(cell: Cell, context: Context) -> Value:
    value = _decimal(cell, context)
    if -MOST < value < MOST:
        return value
    raise UnfitError(Problem("number", msg("too large a number"), msg("check the digits; a number has at most 15")))


def _decimal(cell: Cell, context: Context) -> Decimal:
    if isinstance(cell, float):
        return Decimal(int(cell)) if cell.is_integer() else Decimal(repr(cell))
    if isinstance(cell, Decimal):
        return cell
    if isinstance(cell, int) and not isinstance(cell, bool):
        return Decimal(cell)
    if isinstance(cell, str) and (found := number_of(cell, context.lang)) is not None:
        return found
    raise UnfitError(Problem("number", msg("not a number"), msg("type digits only, like 1234.50")))


def _integer(cell: Cell, context: Context) -> Value:
    value = _number(cell, context)
    if not isinstance(value, Decimal) or value != value.to_integral_value():
        raise UnfitError(Problem("number", msg("not a whole number"), msg("type a whole number, like 14")))
    return int(value)


def _moment(cell: Cell, context: Context) -> datetime:
    if isinstance(cell, datetime):
        return cell.replace(microsecond=0, tzinfo=None)
    if isinstance(cell, date):
        return datetime.combine(cell, time())
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and 10_000 <= cell <= 80_000:
        # A date whose cell lost its format, and every date of a Google Sheet: a serial number.
        return EPOCH + timedelta(days=int(cell), seconds=round((cell % 1) * 86400))
    if isinstance(cell, str):
        try:
            if (found := moment_of(cell)) is not None:
                return found
        except ValueError:
            raise UnfitError(
                Problem("date", msg("there is no such day in the calendar"), msg("type a date that exists"))
            ) from None
    raise UnfitError(Problem("date", msg("not a date"), msg("type a date like 21.11.2026 or 2026-11-21")))


def _within(day: date) -> None:
    """Do nothing if a base can hold the day; else it is a slip, or another program's way of saying none."""
    if not FIRST <= day <= LAST:
        span = msg(
            "type a date from {first} to {last}; where there is none, leave it blank",
            first=FIRST,
            last=LAST,
        )
        raise UnfitError(Problem("date", msg("too far away to be meant"), span))


def _date(cell: Cell, context: Context) -> Value:
    day = cell if type(cell) is date else _moment(cell, context).date()
    _within(day)
    return day


def _moment_in_reach(cell: Cell, context: Context) -> Value:
    moment = _moment(cell, context)
    _within(moment.date())
    return moment


_YES = frozenset(map(fold, ("yes", "y", "true", "да", "д", "истина", "1", "+", "x", "х", "☑", "✓", "✔", "v")))
_NO = frozenset(map(fold, ("no", "n", "false", "нет", "н", "ложь", "0", "-", "–", "—", "☐", "✗")))


def _bool(cell: Cell, context: Context) -> Value:
    if isinstance(cell, bool):
        return cell
    word = fold(_words(cell))
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise UnfitError(Problem("bool", msg("neither yes nor no"), msg("type yes or no")))


def _choice(name: str, cell: Cell, context: Context) -> Value:
    word = fold(_words(cell))
    words = context.vocabulary.words[name]
    if (code := words.get(word)) is not None:
        return code
    enumeration = context.vocabulary.enumerations[name]
    nearest = nearest_choice(name, word, context)
    if nearest is not None:
        hint = msg("did you mean “{value}”?", value=enumeration.label_of(nearest))
    else:
        hint = msg("pick one of: {values}", values=[c.label for c in enumeration.choices])
    raise UnfitError(Problem("choice", msg("not a value of the list “{list}”", list=enumeration.label), hint))


_CLOSE = 70
"""How alike a value must be to a label, of 100, to be suggested: labels are short."""


def nearest_choice(name: str, word: str, context: Context) -> str | None:
    """The code whose label is closest to a misspelt word; None where nothing is close."""
    words = context.vocabulary.words[name]
    return next((words[found] for found in nearest(word, words, close=_CLOSE)), None)


def _phone(cell: Cell, context: Context) -> Value:
    typed = _words(cell)
    if fold(typed) in context.placeholders or spelling.is_filler(typed):
        raise UnfitError(_placeholder())
    good, bad = context.phones.read(typed)
    value = "; ".join(good) or None
    if bad:
        hint = msg("write it like {phone}, several after a comma", phone=context.phones.example)
        raise UnfitError(Problem("phone", bad[0], hint, value))
    return value


def _email(cell: Cell, context: Context) -> Value:
    typed = _words(cell)
    if fold(typed) in context.placeholders or spelling.is_filler(typed):
        raise UnfitError(_placeholder())
    good, bad = spelling.emails(typed)
    value = "; ".join(good) or None
    if bad:
        raise UnfitError(Problem("email", bad[0], msg("write it like name@firm.ru, several after a comma"), value))
    return value


def _inn(cell: Cell, context: Context) -> Value:
    typed = _words(cell)
    if fold(typed) in context.placeholders or spelling.is_filler(typed):
        raise UnfitError(_placeholder())
    digits, fault = spelling.inn(typed)
    if fault is not None:
        raise UnfitError(Problem("inn", fault, msg("check it against the firm's papers")))
    return digits


def _kpp(cell: Cell, context: Context) -> Value:
    typed = re.sub(r"\s", "", _words(cell)).upper()
    if fold(typed) in context.placeholders or spelling.is_filler(typed):
        raise UnfitError(_placeholder())
    typed = typed.zfill(9) if isinstance(cell, float) else typed
    if re.fullmatch(r"\d{4}[0-9A-Z]{2}\d{3}", typed):
        return typed
    raise UnfitError(
        Problem("kpp", msg("not a KPP; it has nine characters"), msg("check it against the firm's papers"))
    )


TEXT = Kind("text", _text, quick=_by(quick.text), clean=quick.are_texts)
PLAIN = Kind("text", _plain, quick=_by(quick.plain))
ID = Kind("id", _id, quick=_by(quick.ids), clean=quick.are_ids)
INTEGER = Kind("whole number", _integer, Format.INTEGER)
QUANTITY = Kind("number", _number, Format.QUANTITY, _by(quick.numbers))
MONEY = Kind("money", _number, Format.MONEY, _by(quick.numbers))
DATE = Kind("date", _date, Format.DATE, _by(quick.days))
MOMENT = Kind("date and time", _moment_in_reach, Format.DATETIME, _by(quick.moments))
BOOL = Kind("yes/no", _bool)
PHONE = Kind("phone", _phone, quick=lambda cells, context: quick.phones(cells, context.placeholders, context.phones))
EMAIL = Kind("e-mail", _email, quick=_by(quick.emails))
INN = Kind("INN", _inn, quick=_by(quick.inns))
KPP = Kind("KPP", _kpp, quick=_by(quick.kpps))
