"""`sheetcrm init`: make a client base, or add to a book what it is missing."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

import click

from sheetcrm.app.founding import Founded, Wish
from sheetcrm.app.founding import init as make
from sheetcrm.cli.asked import (
    Asked,
    address,
    as_of_option,
    book_argument,
    command,
    dry_run_option,
    google_options,
    recalculate_option,
)
from sheetcrm.cli.screen import print_json, say_line
from sheetcrm.text import Lang, Message, msg, nmsg, say

EXAMPLE = """
sheetcrm init clients.xlsx
sheetcrm init demo.xlsx --demo --lang ru
"""

_SHOWN = 10
"""Added columns of a tab that are named."""


def build(lang: Lang) -> click.Command:
    """The command, its help in that language."""

    @command(lang, "init", msg("Make a client base; to a book that exists, only add what it is missing."), EXAMPLE)
    @book_argument(required=True)
    @click.option("--template", metavar="NAME", help=say(msg("wholesale, services or project-sales."), lang))
    @click.option(
        "--demo", is_flag=True, help=say(msg("Fill it with a firm that does not exist, to try things on."), lang)
    )
    @click.option("--clean", is_flag=True, help=say(msg("With --demo: no seeded defects."), lang))
    @as_of_option(lang, msg("With --demo: the day on which the firm looks back; today if left out."))
    @google_options(lang)
    @recalculate_option(lang)
    @dry_run_option(lang)
    def run(
        asked: Asked,
        template: str | None,
        demo: bool,
        clean: bool,
        as_of: date | None,
        recalculate: bool,
        dry_run: bool,
    ) -> None:
        wish = Wish(asked.lang, asked.spoken, template or "", demo, clean, as_of or asked.now.date())
        founded = make(address(asked, asked.book, recalculate=recalculate), wish, asked.now, dry_run=dry_run)
        if asked.json:
            print_json(shape(founded, asked.language(founded.lang), dry_run))
        elif not asked.quiet:
            print_founded(founded, asked.language(founded.lang), dry_run)
            if founded.created:
                _print_next(shlex.quote(asked.book), asked.language(founded.lang))

    return run


def shape(founded: Founded, lang: Lang, dry_run: bool) -> dict[str, object]:
    """The documented JSON of `init` and `enable`."""
    return {
        "book": founded.book,
        "created": founded.created,
        "dry_run": dry_run,
        "tabs": list(founded.tabs),
        "columns": _count(founded),
        "added": {tab: list(headers) for tab, headers in founded.columns.items()},
        "unnamed": dict(founded.unnamed),
        "records": founded.records,
        "present": list(founded.present),
        "country": asdict(founded.country) if founded.country else None,
        "notes": [say(note, lang) for note in founded.notes],
    }


def print_founded(founded: Founded, lang: Lang, dry_run: bool) -> None:
    """Say what was added."""
    if founded.present:
        say_line(msg("{book} has already: {tabs}.", book=founded.book, tabs=founded.present), lang)
    if not founded.tabs and not founded.columns:
        if not founded.present:
            say_line(msg("{book} has everything it needs; nothing was added.", book=founded.book), lang)
        return
    if dry_run:
        say_line(msg("Nothing is written; this is what would be:"), lang)
    if founded.created:
        line = nmsg(
            "{book}: {n} tab — {tabs}.", "{book}: {n} tabs — {tabs}.", len(founded.tabs),
            book=founded.book, n=len(founded.tabs), tabs=founded.tabs,
        )  # fmt: skip
        say_line(line, lang)
    elif founded.tabs:
        say_line(msg("{book}: added {tabs}.", book=founded.book, tabs=founded.tabs), lang)
    _print_columns(founded, lang)
    if founded.records:
        say_line(nmsg("{n} demo record.", "{n} demo records.", founded.records, n=founded.records), lang)
    if founded.country is not None:
        told = msg("Currency {currency}, phones {region}: change them on the tab “{tab}”.", **asdict(founded.country))
        say_line(told, lang)
    for note in founded.notes:
        say_line(note, lang)


def _count(founded: Founded) -> int:
    return sum(map(len, founded.columns.values()))


def _print_columns(founded: Founded, lang: Lang) -> None:
    """Say which columns were added to which tab, and where they may be there already under another name."""
    n = _count(founded)
    if n:
        added = nmsg(
            "{n} column was added at the right of its tab:",
            "{n} columns were added at the right of their tabs:",
            n,
            n=n,
        )
        say_line(added, lang)
    for tab, headers in founded.columns.items():
        say_line(f"  {say(_named(tab, headers), lang)}", lang)
    for tab, header in founded.unnamed.items():
        unnamed = msg(
            "{tab} has no column called {header}: one was added, blank. If a column of yours holds the names, call its"
            " header {header} and delete ours.",
            tab=tab,
            header=header,
        )
        say_line(unnamed, lang)


def _named(tab: str, headers: Sequence[str]) -> Message:
    shown, left = list(headers[:_SHOWN]), len(headers) - _SHOWN
    if left <= 0:
        return msg("{tab}: {columns}", tab=tab, columns=shown)
    return nmsg("{tab}: {columns} and {n} more", "{tab}: {columns} and {n} more", left, tab=tab, columns=shown, n=left)


def _print_next(book: str, lang: Lang) -> None:
    say_line(msg("Open it, or go on with `sheetcrm update {book}`.", book=book), lang)
