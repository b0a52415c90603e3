"""A write, step by step: look again, send, check where it landed, mend what a person moved meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sheetcrm.errors import BusyError, CannotReadError, CannotWriteError, Exit, SheetcrmError
from sheetcrm.findings import Place
from sheetcrm.tab import Tab
from sheetcrm.table import Book, Change, Sheet
from sheetcrm.text import Message, msg
from sheetcrm.workbook.edited import edited
from sheetcrm.workbook.google.asking import Rows
from sheetcrm.workbook.google.batches import packed
from sheetcrm.workbook.google.connection.refusals import MaybeAppliedError, ProtectedError
from sheetcrm.workbook.google.edits import Piece, mending_pieces, pieces_of
from sheetcrm.workbook.google.looking import Sight, aims, same, sights, typed_on
from sheetcrm.workbook.google.mending import Aimed, Mended, mend, readdress
from sheetcrm.workbook.google.seeing import Seen, see
from sheetcrm.workbook.google.sending import Sender, changed
from sheetcrm.workbook.place import Edit, place

_ROUNDS = 3
"""So often what people move while we mend is mended once more."""


@dataclass(frozen=True, slots=True)
class Aim:
    """Where a write aims.

    Attributes:
        seen: The book as it stands.
        edits: The changes placed on it, by tab.
        skipped: What is not written, since somebody changed it meanwhile.
    """

    seen: Seen
    edits: Mapping[str, Edit]
    skipped: tuple[Message, ...] = ()

    @property
    def pieces(self) -> list[Piece]:
        """The edits as requests."""
        standing = self.seen.standing
        return [
            piece for title, edit in self.edits.items() for piece in pieces_of(edit, standing.tabs[title], standing)
        ]

    def expected(self, title: str) -> Sheet:
        """A tab as it should stand afterwards."""
        return edited(self.edits[title].sheet, self.edits[title])


def aim(sender: Sender, seen: Seen, changes: Sequence[Change], tabs: Sequence[Tab]) -> Aim:
    """Place the changes where their records stand right now.

    Raises:
        BusyError: If another run of sheetcrm wrote into the book since it was read, or somebody typed on a tab that
            is to be drawn anew: what the run took from there would be taken once more by the next.
        GuardError: If something of the user's stands in the way.
    """
    edits = _placed(seen.book, changes)
    records, sheets = sights(edits.values()), typed_on(tabs, seen.standing)
    told = _looked(sender, [*records, *sheets])
    if told is not None:
        _check_untyped(sight.title for sight in _changed(sheets, seen.book, told[len(records) :]))
        if not _changed(records, seen.book, told[: len(records)]):
            return Aim(seen, edits)
    now = see(seen.source)
    if now.standing.marker != seen.standing.marker:
        raise changed(seen.book.name)
    _check_untyped(sight.title for sight in sheets if _is_typed_on(sight.title, seen.book, now.book))
    again = readdress(changes, seen.book, now.book)
    return Aim(now, _placed(now.book, again.changes), again.skipped)


def _looked(sender: Sender, wanted: Sequence[Sight]) -> Sequence[Rows] | None:
    """What stands there; None where a tab is gone or called otherwise, or has lost its last rows."""
    try:
        return sender.look(wanted)
    except CannotReadError:
        return None


def _is_typed_on(title: str, before: Book, now: Book) -> bool:
    """Whether a tab holds something else; one that is gone or has another name is not drawn over."""
    left, right = ({sheet.title: sheet.rows for sheet in book.sheets}.get(title) for book in (before, now))
    return right is not None and left != right


def _check_untyped(titles: Iterable[str]) -> None:
    """Do nothing if there are none.

    Raises:
        BusyError: If there are tabs that somebody types on.
    """
    if found := list(titles):
        raise BusyError(
            msg("Somebody is typing on the tab {tabs}; nothing was written.", tabs=found),
            msg("Run it again in a moment."),
        )


def _placed(book: Book, changes: Sequence[Change]) -> dict[str, Edit]:
    return {edit.sheet.title: edit for edit in place(book, changes)}


def _changed(wanted: Sequence[Sight], book: Book, told: Sequence[Rows]) -> list[Sight]:
    """The rectangles that don't hold any more what the book says."""
    sheets = {sheet.title: sheet for sheet in book.sheets}
    return [sight for sight, rows in zip(wanted, told, strict=True) if not same(sight, sheets[sight.title], rows)]


class InterruptedWriteError(CannotWriteError):
    """Somebody stopped us in the middle: what was sent may be written, and nobody has looked where it landed."""

    exit_code = Exit.INTERRUPTED


def carry_out(sender: Sender, target: Aim, drawn: Iterable[Piece]) -> tuple[Message, ...]:
    """Send the edits, then the drawn tabs, and put right what landed elsewhere.

    Returns:
        What could not be put right.

    Raises:
        BusyError: If another run of sheetcrm came first, or rows were moved between the parts of a long write.
        CannotWriteError: If Google refuses, or somebody interrupts.
    """
    try:
        return _carried_out(sender, target, drawn)
    except KeyboardInterrupt:
        raise InterruptedWriteError(
            msg("{book}: interrupted while it was written; some of it may be written.", book=target.seen.book.name),
            msg("Run it again: it goes on from what stands."),
        ) from None


def _carried_out(sender: Sender, target: Aim, drawn: Iterable[Piece]) -> tuple[Message, ...]:
    batches = packed([*target.pieces, *drawn])
    meant = {title: target.expected(title) for title in target.edits}
    sent: list[Aimed] = []
    for number, batch in enumerate(batches):
        cells = [cell for piece in batch for cell in piece.cells]
        wanted = aims(target.edits.values(), cells)
        told = _sent(sender, target.seen, batch, wanted, number, len(batches))
        sent += cells
        if not all(same(sight, meant[sight.title], rows) for sight, rows in zip(wanted, told, strict=True)):
            lost = _mended(sender, target.seen, sent)
            if number + 1 < len(batches):
                raise _unfinished(target.seen.book.name, lost)
            return lost
    return ()


def _sent(
    sender: Sender, seen: Seen, batch: Sequence[Piece], wanted: Sequence[Sight], number: int, of: int
) -> Sequence[Rows]:
    try:
        return sender.send([request for piece in batch for request in piece.requests], wanted)
    except SheetcrmError as error:
        if number:
            raise _broken_off(seen.book.name, number, of, error) from None
        if isinstance(error, ProtectedError) and (closed := _closed(seen)):
            raise ProtectedError(error.message, _opened(closed)) from None
        if isinstance(error, CannotWriteError) and not isinstance(error, MaybeAppliedError) and _is_other(seen):
            raise _rebuilt(seen.book.name) from None
        raise


def _closed(seen: Seen) -> list[str]:
    """The tabs with cells that this account may not edit."""
    return [
        title
        for title, tab in seen.standing.tabs.items()
        if any(
            not one.get("warningOnly", False) and not one.get("requestingUserCanEdit", False)
            for one in tab.message.get("protectedRanges", ())
        )
    ]


def _opened(closed: Sequence[str]) -> Message:
    """The way to let us write where a protection stands."""
    return msg(
        "It stands on {tabs}: choose Data, Protect sheets and ranges, and let this account edit there; nothing was"
        " written.",
        tabs=list(closed),
    )


def _is_other(seen: Seen) -> bool:
    """Whether tabs, or what stands on them, have changed since: then that is why Google refused."""
    try:
        return see(seen.source).standing != seen.standing
    except SheetcrmError:
        return False


def _rebuilt(book: str) -> BusyError:
    return BusyError(
        msg("{book}: somebody changed its tabs while they were to be written.", book=book),
        msg("Nothing was written. Run it again."),
    )


def _broken_off(book: str, done: int, of: int, error: SheetcrmError) -> CannotWriteError:
    return CannotWriteError(
        msg("{book}: {done} of {all} parts were written, then: {why}", book=book, done=done, all=of, why=error.message),
        msg("Run it again: it goes on from what stands."),
    )


def _unfinished(book: str, lost: Sequence[Message]) -> BusyError:
    return BusyError(
        msg("{book}: rows were moved during a write in several parts; the rest waits. Run it again.", book=book),
        msg("What landed elsewhere was put right, but: {lost}", lost=list(lost)) if lost else None,
    )


def _mended(sender: Sender, before: Seen, sent: Sequence[Aimed]) -> tuple[Message, ...]:
    """Put right what a person's edit brought to a wrong place, and say what cannot be.

    Raises:
        CannotWriteError: If Google cannot be asked any more, and values may stand on other records.
    """
    try:
        return _mend(sender, before, sent)
    except SheetcrmError as error:
        raise _left_so(before.book.name, sent, error) from None


def _mend(sender: Sender, before: Seen, sent: Sequence[Aimed]) -> tuple[Message, ...]:
    lost: tuple[Message, ...] = ()
    for _ in range(_ROUNDS):
        after = see(before.source)
        found = mend(sent, before.book, after.book)
        lost += found.lost
        if not found.cells:
            return lost
        for batch in packed(_mending(found, after)):
            sender.send([request for piece in batch for request in piece.requests], [])
        before, sent = after, found.cells
    left = mend(sent, before.book, see(before.source).book)
    return (*lost, *left.lost, *map(_adrift, left.cells))


def _left_so(book: str, sent: Sequence[Aimed], error: SheetcrmError) -> CannotWriteError:
    titles = list(dict.fromkeys(cell.title for cell in sent))
    return CannotWriteError(
        msg(
            "{book}: rows were moved while it was written, and what landed on other rows was not put right: {why}",
            book=book,
            why=error.message,
        ),
        msg("Compare the tabs {tabs} with the last version in File, Version history, before you go on.", tabs=titles),
    )


def _mending(found: Mended, after: Seen) -> list[Piece]:
    by_title: dict[str, list[Aimed]] = {}
    for cell in found.cells:
        by_title.setdefault(cell.title, []).append(cell)
    tabs = after.standing.tabs
    return [piece for title, cells in by_title.items() for piece in mending_pieces(tabs[title], cells)]


def _adrift(cell: Aimed) -> Message:
    where = Place(sheet=cell.title, row=cell.spot[0], column=cell.spot[1]).address
    return msg(
        "{cell} is to hold {value}: rows were moved again and again while it was written.",
        cell=where,
        value="" if cell.value is None else str(cell.value),
    )
