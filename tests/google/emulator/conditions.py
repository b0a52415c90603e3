"""What a condition may be: for which use, with how many values. The discovery document says so kind by kind."""

from __future__ import annotations

import re
from functools import cache

from tests.google.emulator import discovery
from tests.google.emulator.book import Book
from tests.google.emulator.errors import ApiError, Json, invalid
from tests.google.emulator.ranges import from_a1

VALIDATION, FORMATTING, FILTERS = "data validation", "conditional formatting", "filters"

_ANY = range(10**6)
_COUNTS = {
    "Requires no ConditionValues": range(1),
    "Requires a single ConditionValue": range(1, 2),
    "Requires exactly two": range(2, 3),
    "Requires at least one": _ANY[1:],
    "Supports zero, one or two": range(3),
}
_RELATIVE = {"DATE_BEFORE", "DATE_AFTER", "DATE_ON_OR_BEFORE", "DATE_ON_OR_AFTER"}


@cache
def _described() -> dict[str, str]:
    kinds = discovery.sheets().schemas["BooleanCondition"]["properties"]["type"]
    return dict(zip(kinds["enum"], kinds["enumDescriptions"], strict=True))


def check(book: Book, condition: Json, use: str) -> None:
    """Refuse a condition that Google does not know for that use.

    Args:
        book: Where a range of values must be.
        condition: A BooleanCondition.
        use: VALIDATION, FORMATTING or FILTERS.
    """
    kind, values = condition.get("type", ""), condition.get("values", [])
    described = _described().get(kind, "")
    supported = re.search(r"Supported by ([^.]*)\.", described)
    if kind != "FILTER_EXPRESSION" and (supported is None or use not in supported[1]):
        raise invalid(f"ConditionType '{kind}' is not supported by {use}.")
    counts = next((counts for words, counts in _COUNTS.items() if words in described), _ANY)
    if len(values) not in counts:
        raise invalid(f"ConditionType '{kind}' does not take {len(values)} values.")
    for value in values:
        _check_value(book, kind, value, use)


def _check_value(book: Book, kind: str, value: Json, use: str) -> None:
    if "relativeDate" in value:
        if kind not in _RELATIVE or use == VALIDATION:
            raise invalid(f"A relative date is not supported by {kind} in {use}.")
        return
    entered = value.get("userEnteredValue", "")
    formula = entered.startswith(("=", "+"))
    if formula == (kind == "ONE_OF_LIST") and (formula or kind in {"CUSTOM_FORMULA", "ONE_OF_RANGE"}):
        raise invalid(f"Invalid ConditionValue.userEnteredValue: {entered}")
    if kind == "ONE_OF_RANGE":
        _check_range(book, entered)


def _check_range(book: Book, entered: str) -> None:
    try:
        from_a1(book, entered[1:])
    except ApiError as error:
        raise invalid(f"Invalid ConditionValue.userEnteredValue: {entered}") from error
