"""`sheetcrm tasks`: what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING

import click

from sheetcrm.cli.asked import (
    Asked,
    as_of_option,
    book_argument,
    book_of,
    command,
    dry_run_option,
    google_options,
    recalculate_option,
)
from sheetcrm.cli.screen import print_json, print_table, say_line
from sheetcrm.text import Lang, Message, msg, nmsg, say, show

if TYPE_CHECKING:
    from sheetcrm.schema.base import Base

EXAMPLE = """
sheetcrm tasks clients.xlsx
"""

_SHOWN = 15
"""Tasks on the screen; the managers' tabs have them all."""


def build(lang: Lang) -> click.Command:
    """The command, its help in that language."""

    @command(lang, "tasks", msg("Take what managers ticked, plan what to do next, renew their task sheets."), EXAMPLE)
    @book_argument()
    @as_of_option(lang, msg("The day to plan for; today if left out."))
    @google_options(lang)
    @recalculate_option(lang)
    @dry_run_option(lang)
    def run(asked: Asked, as_of: date | None, recalculate: bool, dry_run: bool) -> None:
        from sheetcrm.app.updating import tasks

        day = datetime.combine(as_of, time(9)) if as_of else asked.now
        tasked = tasks(book_of(asked, recalculate=recalculate), day, asked.now, dry_run=dry_run)
        said = asked.language(tasked.lang)
        if asked.json:
            print_json({**tasked.shape(), "notes": [say(note, said) for note in tasked.notes]})
            return
        for line in counted(tasked.counts):
            say_line(line, said)
        if asked.quiet:
            return
        base = tasked.situation.base
        rows = [
            [show(task.due, said), base.manager_name(task.manager), _company(base, task.company), task.title]
            for task in sorted(tasked.planned.tasks, key=lambda task: (task.due or date.max, task.priority))
        ]
        headers = [say(head, said) for head in (msg("due"), msg("who"), msg("company"), msg("what"))]
        if rows:
            print_table(headers, rows if asked.verbose else rows[:_SHOWN])
        if len(rows) > _SHOWN and not asked.verbose:
            left = len(rows) - _SHOWN
            say_line(
                nmsg("… and {n} more on the task sheets.", "… and {n} more on the task sheets.", left, n=left), said
            )
        for note in tasked.notes:
            say_line(note, said)
        if not tasked.tabs and base.has("tasks"):
            say_line(_nobody(), said)
        if dry_run:
            say_line(msg("Nothing is written."), said)
        elif tasked.tabs:
            say_line(msg("{book} has now: {tabs}.", book=tasked.book, tabs=tasked.tabs), said)

    return run


def _company(base: Base, position: int) -> str:
    return "" if position < 0 else base.name("companies", position)


def _nobody() -> Message:
    from sheetcrm.schema.tables import SCHEMA

    tab = SCHEMA["managers"].info.label
    return msg("There is nobody to make a task sheet for: fill in the tab {tab}.", tab=tab)


def counted(counts: Mapping[str, int]) -> list[Message]:
    """How many tasks there are; how many wait for room, where any do."""
    waiting = counts["backlog"]
    told = msg(
        "Tasks: {created} new, {closed} closed, {kept} kept.",
        created=counts["created"],
        closed=counts["closed"],
        kept=counts["kept"],
    )
    return [told, _backlog(waiting)] if waiting else [told]


def _backlog(waiting: int) -> Message:
    return nmsg(
        "{n} task waits: the managers' days are full.",
        "{n} tasks wait: the managers' days are full.",
        waiting,
        n=waiting,
    )
