"""`book inspect`, `book backups` and `book compact`: the care of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sheetcrm.errors import CannotReadError, SheetcrmError, UsageError
from sheetcrm.schema.base import load
from sheetcrm.schema.tables import recognise
from sheetcrm.text import Lang, msg, say
from sheetcrm.workbook import Address, open_workbook
from sheetcrm.workbook.obstacles import Obstacle, obstacles
from sheetcrm.workbook.xlsx import backups as kept
from sheetcrm.workbook.xlsx import inspect as package
from sheetcrm.workbook.xlsx import restore as putting
from sheetcrm.workbook.xlsx.kinds import bytes_of
from sheetcrm.workbook.xlsx.package import open_package
from sheetcrm.workbook.xlsx.target import stands
from sheetcrm.workbook.xlsx.tidying import Tidied, tidy

GENERATED = "generated"
"""The role of a tab that is an output of ours."""


@dataclass(frozen=True)
class Inspected:
    """A book that was looked through.

    Attributes:
        found: What its package holds.
        roles: By tab: the code of the table that it is, `generated` for an output of ours; others are the user's.
        rows: By tab: the records of a table, the last filled row of any other.
        obstacles: What no command will write over.
        lang: The book's language.
    """

    found: package.Inspection
    roles: Mapping[str, str]
    rows: Mapping[str, int]
    obstacles: tuple[Obstacle, ...]
    lang: Lang

    @property
    def refused(self) -> list[Obstacle]:
        """What would be refused, on which tab and why; the tab is "" for the whole book."""
        return [*(Obstacle("", stop.message, stop.hint) for stop in self.found.refused), *self.obstacles]

    def shape(self, lang: Lang) -> dict[str, object]:
        """The documented JSON."""
        shape = asdict(self.found)
        for sheet in shape["sheets"]:
            sheet |= {"role": self.roles.get(sheet["title"], ""), "rows": self.rows.get(sheet["title"], 0)}
        shape["largest"] = [{"part": part, "bytes": size} for part, size in self.found.largest]
        shape["refused"] = [
            {"tab": tab, "message": say(what, lang), "hint": "" if hint is None else say(hint, lang)}
            for tab, what, hint in self.refused
        ]
        return shape


def inspect(address: Address) -> Inspected:
    """Look through a book: what it holds, which tabs are ours, and what would be refused.

    Raises:
        CannotReadError: If there is no book, or it cannot be read.
    """
    path = _file(address)
    found = package.inspect(open_package(path.name, bytes_of(path)))
    book = open_workbook(path, recognise).read()
    roles = {sheet.title: GENERATED for sheet in book.sheets if sheet.generated}
    roles |= {table.title: table.name for table in book}
    rows = {sheet.title: max([len(sheet.rows), *(row for row, _ in sheet.formulas)]) for sheet in book.sheets}
    rows |= {table.title: len(table) for table in book}
    return Inspected(found, roles, rows, tuple(obstacles(book, package.blocks(found))), load(book).lang)


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup as it is listed: the backup, and whether it opens as a workbook."""

    backup: kept.Backup
    sound: bool

    def shape(self, now: datetime) -> dict[str, object]:
        """The documented JSON; the age is in seconds."""
        backup = self.backup
        return {
            "number": backup.number,
            "moment": backup.moment.isoformat(timespec="seconds"),
            "age": max(int((now - backup.moment).total_seconds()), 0),
            "bytes": backup.size,
            "sound": self.sound,
        }


def backups(address: Address) -> list[Kept]:
    """The backups of a book, the newest first; the book may be damaged or gone.

    Raises:
        CannotReadError: If there is neither a book nor a backup.
    """
    path = _file(address)
    found = kept.backups(path)
    if not found and not stands(path):
        raise putting.no_backups(path, CannotReadError)
    return [Kept(backup, putting.is_sound(backup)) for backup in found]


def language(address: Address) -> Lang | None:
    """The language of a book that may be damaged or gone; None where it cannot be read."""
    try:
        return load(open_workbook(_file(address), recognise).read()).lang
    except SheetcrmError:
        return None


def restore(address: Address, number: int, *, dry_run: bool) -> putting.Restored:
    """Put a backup back; what stands there becomes a backup first.

    Args:
        address: The book.
        number: Which backup: 1 is the newest.
        dry_run: Whether nothing is written.
    """
    return putting.restore(_file(address), number, address.backups, dry_run=dry_run)


def _file(address: Address) -> Path:
    if not address.is_file:
        raise UsageError(
            msg("`sheetcrm book` looks after a file, and {address} is a Google Sheet.", address=address.text),
            msg("Google keeps its versions itself: choose File, Version history."),
        )
    return Path(address.text)


@dataclass(frozen=True)
class Compacted:
    """The cleared rows of a book, removed or kept.

    Attributes:
        done: What became of them.
        lang: The book's language.
    """

    done: Tidied
    lang: Lang

    @property
    def count(self) -> int:
        """How many rows went."""
        return sum(map(len, self.done.removed.values()))

    def shape(self, lang: Lang) -> dict[str, object]:
        """The documented JSON."""
        return {
            "book": self.done.before.name,
            "removed": {tab: list(rows) for tab, rows in self.done.removed.items()},
            "blocked": [
                {"tab": tab, "place": place, "message": say(why, lang)} for tab, place, why in self.done.blockers
            ],
            "notes": [say(note, lang) for note in self.done.notes],
        }


def compact(address: Address, *, dry_run: bool) -> Compacted:
    """Remove the cleared rows from a book's tables, where everything that points at rows can follow.

    Args:
        address: The book.
        dry_run: Whether nothing is written.

    Raises:
        GuardError: If the book must not be changed.
        BusyError: If it is open in another program.
    """
    done = tidy(_file(address), recognise, address.backups, dry_run=dry_run)
    return Compacted(done, load(done.before).lang)
