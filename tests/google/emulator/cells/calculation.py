"""What a formula comes to, where the local Google can tell: arithmetic, text, references and the functions listed.

Of what it can't tell it gives Google's own `Loading...` (an error value of type LOADING), never a wrong value.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Protocol

from tests.google.emulator.cells import formulas
from tests.google.emulator.cells.content import Error, Value, whole
from tests.google.emulator.cells.functions import FUNCTIONS, Grid, as_number, as_text, flat
from tests.google.emulator.cells.locales import Locale

Operand = Value | Grid
_COMPARED: dict[str, Callable[[int], bool]] = {
    "=": lambda order: order == 0,
    "<>": lambda order: order != 0,
    "<": lambda order: order < 0,
    ">": lambda order: order > 0,
    "<=": lambda order: order <= 0,
    ">=": lambda order: order >= 0,
}


class Names(Protocol):
    """What a formula asks the book."""

    def cells(self, named: formulas.Reference) -> Grid:
        """The values of a reference, row by row."""

    def range_named(self, name: str) -> Grid | None:
        """The values of a named range, None if there is none of that name."""


class UnknownHereError(Exception):
    """The formula needs something that is not calculated here."""


class FormulaError(Exception):
    """The formula's result is an error."""

    def __init__(self, error: Error) -> None:
        super().__init__(error.shown)
        self.error = error


def calculated(formula: str, names: Names, locale: Locale, today: date) -> Value:
    """The value of a formula such as `=SUM(A1:A3)*2`."""
    try:
        parser = _Parser(formula[1:], names, locale, today)
        result = parser.whole_formula()
    except UnknownHereError as unknown:
        return Error("LOADING", f"The local Google does not calculate {unknown}")
    except FormulaError as stop:
        return stop.error
    except ZeroDivisionError:
        return Error("DIVIDE_BY_ZERO", "Division by zero")
    except (ValueError, OverflowError) as wrong:
        return Error("VALUE", str(wrong))
    value = single(result)
    return 0 if value is None else value


def single(operand: Operand) -> Value:
    """One value: a range of one cell is its cell, a larger one is its first."""
    if isinstance(operand, Grid):
        return operand.rows[0][0] if operand.rows and operand.rows[0] else None
    return operand


class _Parser:
    """A recursive descent: comparison, joining, sums, products, powers, signs, percent, and what stands alone."""

    def __init__(self, text: str, names: Names, locale: Locale, today: date) -> None:
        self.tokens = [found for found in formulas.token(locale.decimal).finditer(text) if not found["space"]]
        self.at = 0
        self.names, self.locale, self.today = names, locale, today

    def whole_formula(self) -> Operand:
        result = self.comparison()
        if self.at < len(self.tokens):
            raise FormulaError(Error("ERROR", "Formula parse error."))
        return result

    def _sign(self, *signs: str) -> str:
        if self.at < len(self.tokens) and self.tokens[self.at]["sign"] in signs:
            self.at += 1
            return self.tokens[self.at - 1][0]
        return ""

    def comparison(self) -> Operand:
        left = self.joining()
        while sign := self._sign(*_COMPARED):
            left = _COMPARED[sign](_order(_sound(left), _sound(self.joining())))
        return left

    def joining(self) -> Operand:
        left = self.sums()
        while self._sign("&"):
            left = as_text(_sound(left), self.locale) + as_text(_sound(self.sums()), self.locale)
        return left

    def sums(self) -> Operand:
        left = self.products()
        while sign := self._sign("+", "-"):
            right = self._number(self.products())
            left = whole(self._number(left) + (right if sign == "+" else -right))
        return left

    def products(self) -> Operand:
        left = self.powers()
        while sign := self._sign("*", "/"):
            right = self._number(self.powers())
            left = whole(self._number(left) * right if sign == "*" else self._number(left) / right)
        return left

    def powers(self) -> Operand:
        left = self.signed()
        while self._sign("^"):
            left = whole(self._number(left) ** self._number(self.signed()))
        return left

    def signed(self) -> Operand:
        if sign := self._sign("-", "+"):
            value = self._number(self.signed())
            return -value if sign == "-" else value
        return self.percent()

    def percent(self) -> Operand:
        value = self.alone()
        while self._sign("%"):
            value = whole(self._number(value) / 100)
        return value

    def alone(self) -> Operand:
        if self._sign("("):
            value = self.comparison()
            self._close()
            return value
        if self.at >= len(self.tokens):
            raise FormulaError(Error("ERROR", "Formula parse error."))
        token = self.tokens[self.at]
        self.at += 1
        if token["number"]:
            return whole(float(re.sub(",", ".", token[0])))
        if token["string"]:
            return token[0][1:-1].replace('""', '"')
        if token["reference"]:
            return self.names.cells(formulas.reference(token))
        if token["name"]:
            return self._named(token[0])
        if token["error"] == "#REF!":
            raise FormulaError(Error("REF", "Reference does not exist"))
        raise UnknownHereError(token[0]) if token[0] in "{}\\" else FormulaError(Error("ERROR", "Formula parse error."))

    def _close(self) -> None:
        if not self._sign(")"):
            raise FormulaError(Error("ERROR", "Formula parse error."))

    def _named(self, name: str) -> Operand:
        if self._sign("("):
            return self._call(name.upper())
        if name.upper() in {"TRUE", "FALSE", self.locale.true, self.locale.false}:
            return name.upper() in {"TRUE", self.locale.true}
        found = self.names.range_named(name)
        if found is None:
            raise FormulaError(Error("NAME", f"Unknown range name: '{name.upper()}'."))
        return found

    def _call(self, name: str) -> Operand:
        if name not in FUNCTIONS:
            raise UnknownHereError(name)
        arguments = [] if self._sign(")") else [self._argument(name)]
        while self.tokens[self.at - 1][0] != ")" or not arguments:
            if not arguments or not self._sign(self.locale.separator, ";"):
                break
            arguments.append(self._argument(name))
        if arguments:
            self._close()
        return FUNCTIONS[name](arguments, self.locale, self.today)

    def _argument(self, name: str) -> Operand:
        """One argument; IFERROR and IF take an error as a value."""
        try:
            value = self.comparison()
        except ZeroDivisionError:
            if name != "IFERROR":
                raise
            value = Error("DIVIDE_BY_ZERO", "Division by zero")
        except FormulaError as stop:
            if name != "IFERROR":
                raise
            value = stop.error
        if name not in {"IFERROR", "IF"}:
            for each in flat([value]):
                _sound(each)
        return value

    def _number(self, operand: Operand) -> float | int:
        return as_number(_sound(operand), self.locale)


def _sound(operand: Operand) -> Value:
    """The operand as one value, if that is no error."""
    value = single(operand)
    if isinstance(value, Error):
        raise UnknownHereError("a cell that it needs") if value.kind == "LOADING" else FormulaError(value)
    return value


def _order(left: Value, right: Value) -> int:
    """Numbers before texts before truth; an empty cell equals 0 and the empty text."""
    one, other = _rank(left, right), _rank(right, left)
    return (one > other) - (one < other)


def _rank(value: Value, beside: Value) -> tuple[int, float, str]:
    if value is None:
        value = "" if isinstance(beside, str) else False if isinstance(beside, bool) else 0
    if isinstance(value, bool):
        return 2, float(value), ""
    if isinstance(value, str):
        return 1, 0.0, value.casefold()
    assert isinstance(value, int | float)
    return 0, float(value), ""
