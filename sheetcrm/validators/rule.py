"""What a rule is: a stable code, a name that says the fault, a manual, and a check that yields faults."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from inspect import getdoc
from typing import NamedTuple

from sheetcrm.findings import Place, Severity
from sheetcrm.schema.base import Base
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.record import FieldInfo, fields
from sheetcrm.schema.tables import SCHEMA
from sheetcrm.text import Message


class Fault(NamedTuple):
    """One thing that a check found.

    Attributes:
        table: The table's code.
        position: The record's position; None for the whole column, or for a place given by itself.
        code: The field code or the user's own header, "" for the whole row.
        message: What is wrong.
        hint: What to do about it.
        place: Where it stands, where no record bears it.
        severity: Where it differs from the rule's own.
    """

    table: str
    position: int | None
    code: str
    message: Message
    hint: Message | None = None
    place: Place | None = None
    severity: Severity | None = None


Check = Callable[[Facts], Iterable[Fault]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the registry.

    Attributes:
        code: A letter and three digits, never reused.
        name: The fault in two or three words, `unfit-phone`.
        title: The fault in plain words.
        check: Finds it in the facts of a base.
        severity: Whether it blocks.
        by_column: Whether it judges cells one by one, so that the same fault in more than half of a column is one
            finding of the column.
    """

    code: str
    name: str
    title: Message
    check: Check
    severity: Severity = Severity.ERROR
    by_column: bool = False

    @property
    def manual(self) -> str:
        """The docstring of its check."""
        return getdoc(self.check) or ""


def rule(
    code: str, name: str, title: Message, *, warning: bool = False, by_column: bool = False
) -> Callable[[Check], Rule]:
    """Make a rule of a check; the check's docstring is its manual (`sheetcrm.validators.manual`)."""
    severity = Severity.WARNING if warning else Severity.ERROR
    return lambda check: Rule(code, name, title, check, severity, by_column)


def judged(base: Base) -> list[str]:
    """The tables whose rows are judged: those that people fill, settings apart."""
    return [table.name for table in base.book if SCHEMA[table.name].info.group in ("work", "reference")]


def columns(base: Base, table: str) -> Iterable[FieldInfo]:
    """The columns of a table that stand in the book and are typed by people."""
    return (
        info
        for code, info in fields(SCHEMA[table]).items()
        if not info.col.derived and not info.col.hidden and base.present(table, code)
    )
