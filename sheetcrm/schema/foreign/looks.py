"""What the values of a column look like, whatever stands above them: phones, tax numbers, people, firms."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from sheetcrm.schema import spelling
from sheetcrm.schema.figures import moment_of
from sheetcrm.schema.foreign.words import (
    CITIES,
    FIRST_NAMES,
    INITIALS,
    PATRONYMIC,
    POSITION,
    STAGE_HINTS,
    STREET,
    SURNAME,
    WEBSITE,
)
from sheetcrm.schema.identity import LEGAL_FORMS
from sheetcrm.schema.kinds import Context
from sheetcrm.schema.record import FieldInfo
from sheetcrm.schema.tables import field_of
from sheetcrm.schema.words import fold
from sheetcrm.table import Cell, is_blank

SAMPLE = 300
_FEW = 12
_LEGAL_FORM = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, LEGAL_FORMS))})(?!\w)", re.IGNORECASE)


class Look(NamedTuple):
    """What a column's values look like, and the share of them that do.

    Attributes:
        field: The field that such values are.
        share: From 0 to 1, of the distinct values.
    """

    field: FieldInfo
    share: float


def sample(cells: Sequence[Cell]) -> list[Cell]:
    """Up to 300 distinct values that are not blank, evenly from the whole column."""
    distinct = [cell for cell in dict.fromkeys(cells) if not is_blank(cell)]
    step = max(1, len(distinct) // SAMPLE)
    return distinct[::step][:SAMPLE]


def typed(cell: Cell) -> str:
    """The cell as people read it: a whole number without its decimal zero."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def look(cells: Sequence[Cell], context: Context) -> Look | None:
    """The field that a column is by its values; None where they say nothing."""
    values = sample(cells)
    if not values:
        return None
    texts = [typed(cell) for cell in values if not isinstance(cell, date | bool)]
    for column, least, test in _TESTS:
        share = sum(1 for text in texts if test(text, context)) / len(values)
        if share >= least:
            return Look(field_of(*column), share)
    if (share := sum(map(is_person, texts)) / len(values)) >= 0.7:
        filled = sum(not is_blank(cell) for cell in cells)
        crowd = len(values) <= _FEW and filled >= 3 * len(values) and filled > len(values) + 5
        return Look(field_of(*(("companies", "manager") if crowd else ("contacts", "full_name"))), share)
    return _enumeration(cells, texts, context)


def is_person(text: str) -> bool:
    """Whether the text is how people are called: «Иванова Мария», «Петров А. В.», «Anna Brown»."""
    words = text.replace(".", ". ").split()
    if not 1 <= len(words) <= 4 or any(map(str.isdigit, text)) or _LEGAL_FORM.search(text):
        return False
    if not all(word[:1].isupper() for word in words):
        return False
    named = any(fold(word) in FIRST_NAMES for word in words)
    family = any(SURNAME.fullmatch(word) for word in words)
    initials = any(INITIALS.fullmatch(word) for word in words)
    patronymic = any(PATRONYMIC.fullmatch(word) for word in words[1:])
    if len(words) == 1:
        return named or (family and fold(text) not in CITIES)
    return patronymic or (named and len(words) <= 3) or (family and (initials or len(words) == 3))


def is_date(cell: Cell) -> bool:
    """Whether the cell is a date, real or typed as text."""
    if isinstance(cell, date):
        return True
    try:
        return isinstance(cell, str) and moment_of(cell) is not None
    except ValueError:
        return True


def is_number(cell: Cell) -> bool:
    """Whether the cell is a real number."""
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def is_value(cell: Cell) -> bool:
    """Whether the cell can only be a value, never a header or a title: a number, a date, a phone, an e-mail."""
    if isinstance(cell, str):
        return "@" in cell or sum(map(str.isdigit, cell)) >= 6 or is_date(cell)
    return not is_blank(cell)


def _is_email(text: str, context: Context) -> bool:
    return "@" in text and bool(spelling.emails(text)[0])


def _is_inn(text: str, context: Context) -> bool:
    digits = text.partition("/")[0].strip()
    return digits.isdigit() and len(digits) in (10, 12) and spelling.inn(digits)[1] is None


def _is_phone(text: str, context: Context) -> bool:
    digits = sum(map(str.isdigit, text))
    return digits >= 10 and not re.fullmatch(r"\d{12,}", text) and bool(context.phones.read(text)[0])


def _is_kpp(text: str, context: Context) -> bool:
    return bool(re.fullmatch(r"\d{4}(?:01|02|43|45|50)\d{3}", text))


def _is_website(text: str, context: Context) -> bool:
    return "@" not in text and bool(WEBSITE.fullmatch(text))


def _is_firm(text: str, context: Context) -> bool:
    return bool(_LEGAL_FORM.search(text)) and not re.search(r"\d{6}", text)


def _is_address(text: str, context: Context) -> bool:
    return bool(STREET.search(text)) and any(map(str.isdigit, text)) and len(text) > 8


def _is_city(text: str, context: Context) -> bool:
    return fold(re.sub(r"^(?:г|гор|город)\.?\s+", "", text.strip())) in CITIES


def _is_position(text: str, context: Context) -> bool:
    return bool(POSITION.search(text)) and len(text) < 60


_TESTS: tuple[tuple[tuple[str, str], float, Callable[[str, Context], bool]], ...] = (
    (("companies", "email"), 0.6, _is_email),
    (("companies", "website"), 0.7, _is_website),
    (("companies", "inn"), 0.5, _is_inn),
    (("companies", "kpp"), 0.7, _is_kpp),
    (("companies", "phone"), 0.6, _is_phone),
    (("companies", "address"), 0.6, _is_address),
    (("companies", "name"), 0.4, _is_firm),
    (("companies", "city"), 0.6, _is_city),
    (("contacts", "position"), 0.7, _is_position),
)
"""In this order: what is tested earlier would pass for what is tested later."""

_ENUMERATED = (
    ("companies", "stage"),
    ("deals", "stage"),
    ("companies", "source"),
    ("companies", "lost_reason"),
    ("contacts", "role"),
    ("companies", "sale_type"),
    ("companies", "category"),
)


def _enumeration(cells: Sequence[Cell], texts: Sequence[str], context: Context) -> Look | None:
    """The enumeration whose words the values are, where they repeat as such words do."""
    if not 2 <= len(texts) <= 30 or len(cells) < 2 * len(texts):
        return None
    best = max((Look(field_of(*column), enumerated(field_of(*column), texts, context)) for column in _ENUMERATED),
               key=lambda found: found.share)  # fmt: skip
    return best if best.share >= 0.6 else None


def enumerated(field: FieldInfo, texts: Sequence[str], context: Context) -> float:
    """The share of distinct texts that are words of the field's enumeration, or may be meant for a client's stage."""
    words = context.vocabulary.words[field.enumeration].keys()
    known = words | STAGE_HINTS.keys() if field.enumeration == "company_stage" else words
    return sum(fold(text) in known for text in texts) / len(texts) if texts else 0.0
