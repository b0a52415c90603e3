"""`sheetcrm book compact`: remove the rows that deleted records left behind."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from sheetcrm.cli.asked import Asked, book_argument, book_of, command, dry_run_option
from sheetcrm.cli.screen import print_json, say_line
from sheetcrm.errors import Exit
from sheetcrm.text import Lang, Message, msg, nmsg, say

if TYPE_CHECKING:
    from sheetcrm.app.caring import Compacted
    from sheetcrm.workbook.xlsx.compact.work import Blocker

EXAMPLE = """
sheetcrm book compact clients.xlsx --dry-run
sheetcrm book compact clients.xlsx
"""

_SHOWN = 10
"""Blockers shown of each tab unless details are asked for."""


def build(lang: Lang) -> click.Command:
    """The command, its help in that language."""
    help = msg(
        "Remove the blank rows that deleted records left in tables, where everything that points at rows can follow. "
        "Exit code 5: something keeps the rows of a tab, and is listed."
    )

    @command(lang, "compact", help, EXAMPLE)
    @book_argument()
    @dry_run_option(lang)
    def run(asked: Asked, dry_run: bool) -> int:
        from sheetcrm.app.caring import compact

        done = compact(book_of(asked), dry_run=dry_run)
        said = asked.language(done.lang)
        if asked.json:
            print_json({**done.shape(said), "dry_run": dry_run})
        else:
            _tell(done, asked, said, dry_run=dry_run)
        return Exit.GUARDED if done.done.blockers else Exit.DONE

    return run


def _tell(done: Compacted, asked: Asked, lang: Lang, *, dry_run: bool) -> None:
    book = done.done.before.name
    if not done.count and not done.done.blockers:
        say_line(msg("{book} has no cleared rows.", book=book), lang)
    for tab, rows in done.done.removed.items():
        say_line(_would_go(tab, len(rows)) if dry_run else _went(tab, len(rows)), lang)
    for tab, blockers in groupby(sorted(done.done.blockers, key=_tab), key=_tab):
        _print_blockers(tab, list(blockers), lang, every=asked.verbose)
    for note in () if asked.quiet else done.done.notes:
        say_line(note, lang, dim=True)
    if dry_run:
        say_line(msg("Nothing is written."), lang)


def _went(tab: str, n: int) -> Message:
    return nmsg("{tab}: {n} blank row was removed.", "{tab}: {n} blank rows were removed.", n, tab=tab, n=n)


def _would_go(tab: str, n: int) -> Message:
    return nmsg("{tab}: {n} blank row would be removed.", "{tab}: {n} blank rows would be removed.", n, tab=tab, n=n)


def _tab(blocker: Blocker) -> str:
    return blocker.tab


def _print_blockers(tab: str, blockers: list[Blocker], lang: Lang, *, every: bool) -> None:
    say_line(msg("{tab} keeps its blank rows, since not everything could follow:", tab=tab), lang, bold=True)
    shown = blockers if every else blockers[:_SHOWN]
    for blocker in shown:
        say_line(f"  {blocker.place}: {say(blocker.why, lang)}", lang)
    left = len(blockers) - len(shown)
    if left:
        say_line(nmsg("  … and {n} more: --verbose", "  … and {n} more: --verbose", left, n=left), lang, dim=True)
