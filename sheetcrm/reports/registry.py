"""Every report there is: ours, and those that a firm adds through the entry points `sheetcrm.reports`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from importlib.metadata import entry_points

from sheetcrm.errors import UsageError
from sheetcrm.reports.board import BOARD
from sheetcrm.reports.concentration import CONCENTRATION
from sheetcrm.reports.pipeline import PIPELINE
from sheetcrm.reports.quality import QUALITY
from sheetcrm.reports.reactivation import REACTIVATION
from sheetcrm.reports.report import Entry
from sheetcrm.reports.sales import SALES
from sheetcrm.reports.stages import STAGES
from sheetcrm.schema.words import nearest
from sheetcrm.text import msg

GROUP = "sheetcrm.reports"
"""The entry-point group: each point names an `Entry`."""

_CODE = re.compile(r"[A-Za-z]\d+")

OURS = (STAGES, SALES, PIPELINE, REACTIVATION, CONCENTRATION, QUALITY, BOARD)


def reports() -> tuple[Entry, ...]:
    """Our reports and the firm's own, by code.

    Raises:
        UsageError: If two reports bear one code or one name, or an entry point gives no report.
    """
    found = [*OURS, *_added()]
    taken: dict[str, Entry] = {}
    for entry in found:
        for word in (entry.code.casefold(), entry.name.casefold()):
            if word in taken:
                raise UsageError(
                    msg(
                        "Two reports are called {word}: {one} and {other}.",
                        word=word,
                        one=taken[word].title,
                        other=entry.title,
                    ),
                    msg("Give the firm's own report a code and a name that no other has."),
                )
        taken |= {entry.code.casefold(): entry, entry.name.casefold(): entry}
    return tuple(sorted(found, key=lambda entry: entry.code))


def _added() -> Iterable[Entry]:
    for point in entry_points(group=GROUP):
        try:
            entry = point.load()
        except Exception as fault:
            raise UsageError(
                msg("The report {point} cannot be loaded: {fault}.", point=point.value, fault=str(fault)),
                msg("Reinstall or remove the package that brings it."),
            ) from fault
        if not isinstance(entry, Entry):
            raise UsageError(
                msg("{point} is no report: it is not an `Entry`.", point=point.value),
                msg("Reinstall or remove the package that brings it."),
            )
        yield entry


def report_called(name: str, among: Sequence[Entry] | None = None) -> Entry:
    """The report of that code or name.

    Args:
        name: As typed: `R09`, `reactivation`; case does not matter.
        among: The reports to look among; None for all.

    Raises:
        UsageError: If there is none, with the nearest name.
    """
    entries = reports() if among is None else among
    known = {word.casefold(): entry for entry in entries for word in (entry.code, entry.name)}
    found = known.get(name.strip().casefold())
    if found is not None:
        return found
    # A code is known or it is not: the nearest one is another report altogether.
    near = [] if _CODE.fullmatch(name.strip()) else nearest(name, known)
    if near:
        hint = msg("Did you mean {name}?", name=known[near[0]].name)
    else:
        hint = msg("The reports are: {names}.", names=[entry.name for entry in entries])
    raise UsageError(msg("There is no report called “{name}”.", name=name), hint)
