"""Checks of a Google Sheet that was read: may we write, whose locale and time zone, how large, what it costs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sheetcrm.app.doctor.check import Check, look, ok, wrong
from sheetcrm.app.doctor.tables import tables
from sheetcrm.findings import Place
from sheetcrm.fresh.start import start_of
from sheetcrm.schema.base import load
from sheetcrm.table import Book
from sheetcrm.text import Lang, Message, msg
from sheetcrm.workbook.google.connection.pace import A_MINUTE
from sheetcrm.workbook.google.examining import Visit
from sheetcrm.workbook.google.seeing import Seen
from sheetcrm.workbook.google.standing import Standing
from sheetcrm.workbook.google.wire import Json
from sheetcrm.workbook.obstacles import obstacles

MOST_CELLS = 10_000_000
"""So many cells a Google Sheet may have."""

A_PROJECT = 300
"""Calls of a kind that Google lets all users of a project make in a minute."""

CALLS = {"validate": (2, 0), "report": (2, 1), "pivot": (2, 1), "tasks": (3, 1), "update": (3, 1)}
"""Reads and writes of each command; a write of more than 2 MB is more than one."""

_FULL = 0.8
_KILO = 1000
_LANGUAGES: dict[Lang, Message] = {"en": msg("English"), "ru": msg("Russian")}


def sheet(visit: Visit, moment: datetime) -> Iterator[Check]:
    """All there is to say of a Google Sheet.

    Args:
        visit: The sheet as it was read.
        moment: Now, in this computer's time zone.
    """
    seen = visit.seen
    yield ok("reading", msg("The sheet “{book}” can be read.", book=seen.book.name))
    yield _writing(seen)
    if not seen.is_blank:
        yield _locale(seen.standing.locale, load(seen.book).lang)
    yield _time_zone(seen.standing.time_zone, moment)
    if seen.is_blank:
        yield look(
            "tables",
            msg("The sheet is blank."),
            msg("Make a client base in it: `sheetcrm init {book}`.", book=seen.book.address),
        )
    else:
        yield from tables(seen.book, obstacles(seen.book, ()))
    yield _size(seen.standing, visit.weight)
    yield _calls()


def _writing(seen: Seen) -> Check:
    """What the API lets one know: no field of it says whether we may write, but protected ranges say it of theirs."""
    ranges = [(title, one) for title, tab in seen.standing.tabs.items() for one in _protected(tab.message)]
    closed = [(title, one) for title, one in ranges if not one.get("requestingUserCanEdit", False)]
    written = _written(seen.book)
    barred = [_address(title, one) for title, one in closed if title in written]
    if barred:
        return wrong(
            "writing",
            msg("Protected from this account, so that no command can write there: {ranges}.", ranges=barred),
            msg("In the sheet choose Data, Protect sheets and ranges, and let this account edit them."),
            may_write=False,
            protected=barred,
        )
    if len(closed) < len(ranges):
        return ok("writing", msg("This account may edit the sheet."), may_write=True, protected=[])
    told = msg("Whether this account may write, Google says only when it does; nothing is known to be in its way.")
    return ok("writing", told, may_write=None, protected=[])


def _protected(message: Json) -> Iterator[Json]:
    """The ranges of a tab that are closed to some; one that only warns is closed to nobody."""
    yield from (one for one in message.get("protectedRanges", ()) if not one.get("warningOnly", False))


def _written(book: Book) -> set[str]:
    """The titles of the tabs that commands write into."""
    start = start_of(book)
    generated = {sheet.title for sheet in book.sheets if sheet.generated}
    return {table.title for table in book} | generated | ({start.title} if start else set())


def _address(title: str, protected: Json) -> str:
    area = protected.get("range", {})
    if "startRowIndex" not in area or "startColumnIndex" not in area:
        return Place(sheet=title).address
    return Place(sheet=title, row=area["startRowIndex"] + 1, column=area["startColumnIndex"]).address


def _locale(locale: str, lang: Lang) -> Check:
    facts = {"locale": locale, "language": lang}
    if locale[:2] == lang:
        return ok("locale", msg("Its locale {locale} goes with its language.", locale=locale), **facts)
    return look(
        "locale",
        msg(
            "Its locale is {locale} and its language is {language}: a number or a day that people type may be taken for"
            " text. What sheetcrm writes is not touched by that.",
            locale=locale,
            language=_LANGUAGES[lang],
        ),
        msg("In the sheet choose File, Settings, and a locale of its language."),
        **facts,
    )


def _time_zone(name: str, moment: datetime) -> Check:
    here = moment.utcoffset() or timedelta()
    facts = {"time_zone": name, "here": _offset(here)}
    try:
        there = moment.astimezone(ZoneInfo(name)).utcoffset() or timedelta()
    except (KeyError, OSError, ValueError):
        return ok("time_zone", msg("Its time zone {zone} is not known on this computer.", zone=name), **facts)
    if there == here:
        return ok("time_zone", msg("Its time zone {zone} is this computer's.", zone=name), **facts)
    return look(
        "time_zone",
        msg(
            "Its time zone is {zone} (UTC{there}), and this computer's is UTC{here}: around midnight TODAY() in the"
            " sheet is another day than sheetcrm's.",
            zone=name,
            there=_offset(there),
            here=_offset(here),
        ),
        msg("In the sheet choose File, Settings, and your time zone; or name the day: --as-of."),
        **facts,
    )


def _offset(offset: timedelta) -> str:
    """`+03:00`."""
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _size(standing: Standing, weight: int) -> Check:
    cells = sum(tab.rows * tab.columns for tab in standing.tabs.values())
    facts = {"cells": cells, "most": MOST_CELLS, "bytes": weight}
    told = msg(
        "It has {cells} cells, blank ones too, of the {most} that Google allows; reading it brings {size} KB.",
        cells=cells,
        most=MOST_CELLS,
        size=round(weight / _KILO),
    )
    if cells < _FULL * MOST_CELLS:
        return ok("size", told, **facts)
    return look("size", told, msg("Delete blank rows and columns: they count."), **facts)


def _calls() -> Check:
    told = msg(
        "validate takes 2 reads; report and pivot 2 reads and 1 write; tasks and update 3 reads and 1 write, more where"
        " it is over 2 MB. Google allows {user} of each a minute to a user, and {project} to a project.",
        user=A_MINUTE,
        project=A_PROJECT,
    )
    commands = {name: {"reads": reads, "writes": writes} for name, (reads, writes) in CALLS.items()}
    return ok("calls", told, commands=commands, user=A_MINUTE, project=A_PROJECT)
