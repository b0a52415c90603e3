"""The answer to a list that isn't ours: what was understood of it, what is wrong in it, and what to ask about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sheetcrm.findings import Finding, Place, Severity
from sheetcrm.schema.foreign import reading as foreign
from sheetcrm.schema.foreign.columns import ForeignColumn, How
from sheetcrm.schema.foreign.looks import typed
from sheetcrm.schema.foreign.reading import ForeignList, LeftOut
from sheetcrm.schema.foreign.rows import Aside
from sheetcrm.schema.tables import SCHEMA
from sheetcrm.table import Book
from sheetcrm.text import Label, Message, msg, nmsg
from sheetcrm.validators.foreign.faults import RULE_OF, Fault, faults, header_place
from sheetcrm.validators.foreign.next import next_steps, ready
from sheetcrm.validators.foreign.notes import Note, notes
from sheetcrm.validators.foreign.questions import Question, questions


@dataclass(frozen=True, slots=True)
class ColumnRead:
    """A column of the list, and what it was taken for.

    Attributes:
        place: The cell of its header, in the first tab that has it.
        header: Its header; its letter where nothing stands above it.
        table: The tab of ours where its values belong, None where it was not understood.
        field: The column of ours that it is; None where it was not understood, and for row numbers.
        how: By what it was understood; None where it was not, and for row numbers.
        counter: Whether it only numbers the rows, or holds another program's ids.
        filled: How many of its cells hold something.
        good: The share of them that mean what the column wants, from 0 to 1.
        example: A value of it, as typed.
    """

    place: Place
    header: str
    table: Label | None
    field: Label | None
    how: How | None
    counter: bool
    filled: int
    good: float
    example: str

    @property
    def understood(self) -> bool:
        """Whether we can say what it is."""
        return self.field is not None or self.counter


@dataclass(frozen=True, slots=True)
class ForeignAnswer:
    """What `validate` answers on a list that isn't ours.

    Attributes:
        book: The book's name.
        sheets: The titles of the tabs that were read as lists.
        left_out: The titles of the others, and why.
        rows: How many rows are records.
        asides: How many rows are something else, by what they are.
        columns: Every column of the lists.
        counts: How many cells or rows have each fault, a fault of a whole column counted by its cells.
        findings: What is wrong, list by list.
        questions: What only the owner can tell.
        notes: What was noticed and understood.
        ready: How many rows hold enough for a client of the first stage.
        wanting: The rows that don't; deals are not judged.
        region: The country whose phones theirs were taken for.
        next_steps: What to do next.
        urls: Where the tabs open in a browser, by title; none of a file's.
    """

    book: str
    sheets: tuple[str, ...]
    left_out: Mapping[str, LeftOut]
    rows: int
    asides: Mapping[Aside, int]
    columns: tuple[ColumnRead, ...]
    counts: Mapping[str, int]
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]
    notes: tuple[Note, ...]
    ready: int
    wanting: tuple[Place, ...]
    region: str
    next_steps: tuple[Message, ...]
    urls: Mapping[str, str] = field(default_factory=dict)

    @property
    def understood(self) -> int:
        """How many columns were understood."""
        return sum(column.understood for column in self.columns)


def answer(book: Book) -> ForeignAnswer:
    """What a book that isn't ours is told.

    Args:
        book: The book, read with its fills.
    """
    reading = foreign.read(book)
    asides: Counter[Aside] = Counter()
    for shape in (shape for rows in reading.lists for shape in rows.shapes):
        asides.update({kind: len(numbers) for kind, numbers in shape.asides.items()})
    enough, wanting = ready(reading.lists)
    found = [fault for rows in reading.lists for fault in faults(rows)]
    return ForeignAnswer(
        book=book.name,
        sheets=tuple(shape.sheet.title for rows in reading.lists for shape in rows.shapes),
        left_out=reading.left_out,
        rows=sum(map(len, reading.lists)),
        asides=asides,
        columns=tuple(_column_read(rows, column) for rows in reading.lists for column in rows.columns),
        counts=_total(found),
        findings=tuple(fault.finding for fault in found),
        questions=tuple(question for rows in reading.lists for question in questions(rows, reading.context)),
        notes=tuple(note for rows in reading.lists for note in notes(rows)),
        ready=enough,
        wanting=wanting,
        region=reading.context.region,
        next_steps=tuple(next_steps(book, reading.lists)),
        urls=book.urls,
    )


def _total(found: Sequence[Fault]) -> Mapping[str, int]:
    counts: Counter[str] = Counter()
    for fault in found:
        counts[fault.kind] += fault.cells
    return counts


def _column_read(rows: ForeignList, column: ForeignColumn) -> ColumnRead:
    field = column.field
    return ColumnRead(
        place=header_place(rows, column),
        header=column.title,
        table=SCHEMA[field.table].info.label if field else None,
        field=field.label if field else None,
        how=column.how,
        counter=column.counter,
        filled=column.filled,
        good=column.good,
        example=next((typed(cell) for cell in column.cells if typed(cell)), ""),
    )


# ── in one sentence ──


def headline(found: ForeignAnswer) -> Message:
    """The whole answer in one sentence: «понял 8 из 11 колонок: 14 дублей, 23 неверных ИНН, 41 телефон; …»."""
    if not found.columns:
        return msg("found no list of clients: no column names a firm, a person, a phone or an e-mail")
    n, m = found.understood, len(found.columns)
    said = nmsg("understood {n} of {m} column", "understood {n} of {m} columns", m, n=n, m=m)
    if wrong := [_count(fault, found.counts[fault]) for fault in RULE_OF if found.counts.get(fault)]:
        said = msg("{understood}: {wrong}", understood=said, wrong=wrong)
    else:
        said = msg("{understood}, and nothing wrong in them", understood=said)
    if found.questions:
        return msg("{said}; {question}", said=said, question=found.questions[0].message)
    return said


def _count(fault: str, n: int) -> Message:
    match fault:
        case "duplicate":
            return nmsg("{n} duplicate", "{n} duplicates", n, n=n)
        case "inn":
            return nmsg("{n} wrong INN", "{n} wrong INNs", n, n=n)
        case "phone":
            return nmsg("{n} wrong phone", "{n} wrong phones", n, n=n)
        case "email":
            return nmsg("{n} wrong e-mail", "{n} wrong e-mails", n, n=n)
        case "date":
            return nmsg("{n} wrong date", "{n} wrong dates", n, n=n)
        case "number":
            return nmsg("{n} wrong number", "{n} wrong numbers", n, n=n)
        case "merged":
            return nmsg("{n} merged range", "{n} merged ranges", n, n=n)
        case "error":
            return nmsg("{n} broken formula", "{n} broken formulas", n, n=n)
        case "placeholder":
            return nmsg("{n} placeholder", "{n} placeholders", n, n=n)
        case _:
            return nmsg("{n} other fault", "{n} other faults", n, n=n)


def worst(found: ForeignAnswer, most: int = 10) -> list[Finding]:
    """The findings to show first: errors before warnings, and of each kind one before the next of any."""
    turn: Counter[str] = Counter()
    ranked = []
    for finding in found.findings:
        turn[finding.code] += 1
        ranked.append((finding.severity is not Severity.ERROR, turn[finding.code], finding))
    return [finding for *_, finding in sorted(ranked, key=lambda one: one[:2])[:most]]
