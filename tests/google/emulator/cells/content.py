"""The kinds of value a cell can have, and Google's ExtendedValue for each."""

from __future__ import annotations

from dataclasses import dataclass

from tests.google.emulator.errors import Json

SHOWN = {
    "ERROR": "#ERROR!",
    "NULL_VALUE": "#NULL!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "N_A": "#N/A",
    "LOADING": "Loading...",
}


@dataclass(frozen=True)
class Error:
    """A formula's failure, by Google's name for its kind."""

    kind: str
    message: str = ""

    @property
    def shown(self) -> str:
        return SHOWN[self.kind]


Value = str | int | float | bool | Error | None


def read(extended: Json) -> Value:
    """The value of an ExtendedValue that is no formula."""
    if "numberValue" in extended:
        return whole(extended["numberValue"])
    if "errorValue" in extended:
        return Error(extended["errorValue"]["type"], extended["errorValue"].get("message", ""))
    found: Value = extended.get("stringValue", extended.get("boolValue"))
    return found


def write(value: Value) -> Json:
    """The ExtendedValue of a value; empty for none."""
    if value is None:
        return {}
    if isinstance(value, Error):
        error = {"type": value.kind}
        return {"errorValue": {**error, "message": value.message} if value.message else error}
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, str):
        return {"stringValue": value}
    return {"numberValue": whole(value)}


def kind(value: Value) -> str:
    """The field of ExtendedValue that such a value has; "" for no value."""
    return _KINDS[type(value)]


_KINDS = {
    str: "stringValue",
    bool: "boolValue",
    int: "numberValue",
    float: "numberValue",
    Error: "errorValue",
    type(None): "",
}


def whole(number: float | int) -> float | int:
    """1.0 as 1, as Google's JSON has it."""
    return int(number) if isinstance(number, float) and number.is_integer() and abs(number) < 1e15 else number
