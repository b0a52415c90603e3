"""Reading many cells at once: what is plainly right needs no thought, the rest is left to `kinds`.

Each function takes the distinct cells of a column and returns the meaning of those it is sure of, blanks left out. It
must say what the kind's own converter would say; tests hold the two together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from operator import mul

from sheetcrm.schema import spelling
from sheetcrm.schema.figures import FIRST, LAST, MOST
from sheetcrm.schema.words import fold, fold_all, has_odd_spaces
from sheetcrm.table import Cell, Value

Quick = dict[Cell, Value]

_UNTIDY = re.compile(r"\A\s|\s\Z|[\t\r\u00a0\u202f]|  ")
_WORDLESS = re.compile(r"\n(?:[^\w\n]|_)+(?=\n)")
_ID = re.compile(r"^([A-Z]{1,3}-[0-9]{6,})$|^.*$", re.MULTILINE)
_IDS = re.compile(r"(?:[A-Z]{1,3}-[0-9]{6,}\n)*+")
_EMAIL = re.compile(
    r"^((?!.@.\.)[A-Za-z0-9_+\-]+(?:\.[A-Za-z0-9_+\-]+)*@[a-z0-9]+(?:[.\-][a-z0-9]+)*\.[a-z]{2,18})$|^.*$",
    re.MULTILINE,
)
_KPP = re.compile(r"^([0-9]{4}[0-9A-Z]{2}[0-9]{3})$|^.*$", re.MULTILINE)
_INN = re.compile(r"^([0-9]{10}|[0-9]{12})$|^.*$", re.MULTILINE)
_WEIGHTS_10 = bytes((2, 4, 10, 3, 5, 9, 4, 6, 8))
_WEIGHTS_11 = bytes((7, 2, 4, 10, 3, 5, 9, 4, 6, 8))
_WEIGHTS_12 = bytes((3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8))
_ZERO = ord("0")
_SOME = 400
"""Cells of a column that are looked at to tell whether its values vary."""


def _lines(texts: Sequence[str]) -> str:
    """The texts, each on a line."""
    return "\n".join(("", *texts, ""))


def _tidy(cells: Sequence[Cell]) -> list[str]:
    """The texts among the cells that have no stray spaces and are NFC."""
    texts = [cell for cell in cells if type(cell) is str and cell]
    lines = _lines(texts)
    if not unicodedata.is_normalized("NFKC", lines):
        texts = [text for text in texts if unicodedata.is_normalized("NFC", text)]
    elif not has_odd_spaces(lines):
        return texts
    return [text for text in texts if " ".join(text.split()) == text or not _UNTIDY.search(text)]


def plain(cells: Sequence[Cell], placeholders: frozenset[str]) -> Quick:
    """Texts in which anything goes."""
    texts = _tidy(cells)
    return dict(zip(texts, texts, strict=True))


def text(cells: Sequence[Cell], placeholders: frozenset[str]) -> Quick:
    """Texts that are no placeholders and hold a letter or a digit."""
    clear = _clear(cells, placeholders)
    return dict(zip(clear, clear, strict=True))


def are_texts(cells: Sequence[Cell], placeholders: frozenset[str]) -> bool:
    """Whether every cell of a column in which hardly a value occurs twice is blank or such a text."""
    some = [cell for cell in cells[:_SOME] if cell]
    if len(set(some)) * 2 <= len(some):
        return False
    filled = [cell for cell in cells if cell != ""]
    texts = [cell for cell in filled if type(cell) is str]
    if len(texts) < len(filled) or has_odd_spaces(_lines(texts)):
        return False
    return len(_clear(texts, placeholders)) == len(filled)


def _clear(cells: Sequence[Cell], placeholders: frozenset[str]) -> list[str]:
    texts = _tidy(cells)
    lines = _lines(texts)
    longest = max(map(len, placeholders), default=0)
    # Folding shortens a tidy text only by the marks at its ends, or where it is not in its compatibility form.
    is_plain = unicodedata.is_normalized("NFKC", lines)
    short = [text for text in texts if len(text) <= longest] if is_plain else texts
    unclear = {text for text, word in zip(short, fold_all(short), strict=True) if word in placeholders}
    if ":" in lines or "*" in lines or _WORDLESS.search(lines):
        unclear.update(text for text in texts if {text[0], text[-1]} & {":", "*"} or not any(map(str.isalnum, text)))
    return [text for text in texts if text not in unclear] if unclear else texts


def _matching(pattern: re.Pattern[str], cells: Iterable[Cell], placeholders: frozenset[str]) -> list[str]:
    """The texts that match the pattern's group as a whole, found in one go; no placeholder among them."""
    texts = [cell for cell in cells if type(cell) is str and "\n" not in cell]
    found = [text for text in pattern.findall("\n".join(texts)) if text] if texts else []
    return _without(found, placeholders)


def _without(texts: list[str], placeholders: frozenset[str]) -> list[str]:
    """The texts but for placeholders; one that could be a number or an address is rare."""
    if not any(word != word.strip("0123456789") or "@" in word for word in placeholders):
        return texts
    return [text for text in texts if fold(text) not in placeholders]


def are_ids(cells: Sequence[Cell], placeholders: frozenset[str]) -> bool:
    """Whether every cell is an id that is spelt right."""
    try:
        joined = "\n".join(cells)  # type: ignore[arg-type]  # a cell that is no text raises
    except TypeError:
        return False
    return _IDS.fullmatch(joined + "\n") is not None


def ids(cells: Sequence[Cell], placeholders: frozenset[str]) -> Quick:
    """Ids that are spelt right."""
    found = _matching(_ID, cells, frozenset())
    return dict(zip(found, found, strict=True))


def emails(cells: Sequence[Cell], placeholders: frozenset[str]) -> Quick:
    """Cells that hold one plain address, its domain in lower case."""
    found = _matching(_EMAIL, cells, placeholders)
    return dict(zip(found, found, strict=True))


def kpps(cells: Sequence[Cell], placeholders: frozenset[str]) -> Quick:
    """Nine characters; one repeated digit is left to judge."""
    found = _matching(_KPP, cells, placeholders)
    return {text: text for text in found if text.strip(text[0])}


def inns(cells: Sequence[Cell], placeholders: frozenset[str]) -> Quick:
    """Tax numbers whose check digits match; one repeated digit is left to judge."""
    found = _matching(_INN, cells, placeholders)
    return {text: text for text in found if _checks(text) and text.strip(text[0]) and text[1:].strip(text[1])}


def _checks(text: str) -> bool:
    digits = text.encode()
    if len(digits) == 10:
        return _check_digit(digits, _WEIGHTS_10) == digits[9]
    return _check_digit(digits, _WEIGHTS_11) == digits[10] and _check_digit(digits, _WEIGHTS_12) == digits[11]


def _check_digit(digits: bytes, weights: bytes) -> int:
    """The check digit's byte, of the digits' bytes."""
    return int(sum(map(mul, digits, weights)) - _ZERO * sum(weights)) % 11 % 10 + _ZERO


def phones(cells: Sequence[Cell], placeholders: frozenset[str], reader: spelling.Phones) -> Quick:
    """Cells that hold nothing but numbers of the region in a usual spelling."""
    texts = [cell for cell in cells if type(cell) is str and cell.isascii()]
    single = [text for text in texts if "\n" not in text]
    found: Quick = {}
    found.update(reader.read_many(_without(single, placeholders)))
    several = {text: parts for text in texts if text not in found and len(parts := spelling.parts(text)) > 1}
    numbers = reader.read_many(list({part for parts in several.values() for part in parts if "\n" not in part}))
    for text in _without(list(several), placeholders):
        if all(part in numbers for part in several[text]):
            found[text] = "; ".join(numbers[part] for part in several[text])
    return found


def numbers(cells: Sequence[Cell], placeholders: frozenset[str]) -> Quick:
    """Numbers; a float means the shortest decimal that reads back the same."""
    return {
        cell: Decimal(int(cell)) if cell.is_integer() else Decimal(repr(cell))
        for cell in cells
        if type(cell) is float and -MOST < cell < MOST
    }


def days(cells: Sequence[Cell], placeholders: frozenset[str]) -> Quick:
    """Real dates."""
    return {cell: cell for cell in cells if type(cell) is date and FIRST <= cell <= LAST}


def moments(cells: Sequence[Cell], placeholders: frozenset[str]) -> Quick:
    """Real dates with a time, to the second."""
    return {
        cell: cell
        for cell in cells
        if type(cell) is datetime
        and not cell.microsecond
        and cell.tzinfo is None
        and FIRST.year < cell.year <= LAST.year
    }
