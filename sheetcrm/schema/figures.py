"""Numbers and dates that people typed as text."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from sheetcrm.text import Lang

MOST = 10**15
"""What a number must stay below: a workbook keeps 15 digits, and no firm has that much of anything."""

FIRST, LAST = date(1900, 3, 1), date(2999, 12, 31)
"""The days a base can hold: a workbook has none before, and nothing is planned for after."""

_NOT_NUMBER = re.compile(r"[^\d.,\-+eE]")
_CURRENCY = re.compile(r"(?:₽|руб\.?|р\.|\$|€|rub|usd|eur|%)", re.IGNORECASE)


def number_of(text: str, lang: Lang) -> Decimal | None:
    """The number a person typed as text, in that language's way; None where it is none.

    `1 234,50`, `1'234.50`, `1,234.50 $` are understood in both; `1,234` is 1.234 in Russian, 1234 in English.
    """
    text = _CURRENCY.sub("", text)
    text = re.sub(r"[\s\u00a0\u202f'’]", "", text).replace("−", "-").replace("–", "-")
    if not text or _NOT_NUMBER.search(text):
        return None
    comma, dot = text.rfind(","), text.rfind(".")
    if comma >= 0 and dot >= 0:
        thousands, point = (".", ",") if comma > dot else (",", ".")
        text = text.replace(thousands, "").replace(point, ".")
    elif comma >= 0:
        grouped = re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+", text)
        text = text.replace(",", "" if grouped and (lang == "en" or text.count(",") > 1) else ".")
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


_DATE = re.compile(
    r"(?:(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})|(?P<d2>\d{1,2})\.(?P<m2>\d{1,2})\.(?P<y2>\d{4}|\d{2}))"
    r"(?:\s*г\.?)?(?:[T\s,]+(?P<h>\d{1,2}):(?P<min>\d{2})(?::(?P<s>\d{2})(?:\.\d+)?)?)?"
)


def moment_of(text: str) -> datetime | None:
    """The moment a person typed as ISO or DD.MM.YYYY text, time optional.

    Returns:
        None where the text has no such form.

    Raises:
        ValueError: If it has the form but there is no such day or hour.
    """
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return None
    typed = found["y"] or found["y2"]
    year = int(typed)
    if len(typed) == 2:
        year += 2000 if year < 70 else 1900
    return datetime(
        year,
        int(found["m"] or found["m2"]),
        int(found["d"] or found["d2"]),
        int(found["h"] or 0),
        int(found["min"] or 0),
        int(found["s"] or 0),
    )
