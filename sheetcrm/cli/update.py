"""`sheetcrm update`: the daily command."""

from __future__ import annotations

import shlex

import click

from sheetcrm.cli.asked import (
    Asked,
    book_argument,
    book_of,
    command,
    dry_run_option,
    google_options,
    recalculate_option,
)
from sheetcrm.cli.findings import tally
from sheetcrm.cli.screen import print_json, say_line
from sheetcrm.cli.tasks import counted
from sheetcrm.text import Lang, msg, nmsg, say

EXAMPLE = """
sheetcrm update clients.xlsx
"""


def build(lang: Lang) -> click.Command:
    """The command, its help in that language."""

    @command(
        lang,
        "update",
        msg("Give ids to new rows, refresh grey columns, tasks and the published tabs."),
        EXAMPLE,
    )
    @book_argument()
    @google_options(lang)
    @recalculate_option(lang)
    @dry_run_option(lang)
    def run(asked: Asked, recalculate: bool, dry_run: bool) -> None:
        from sheetcrm.app.updating import update

        book = book_of(asked, recalculate=recalculate)
        done = update(book, asked.now, dry_run=dry_run)
        said = asked.language(done.tasked.lang)
        notes = [*done.notes, *done.tasked.notes]
        if asked.json:
            print_json({**done.shape(), "dry_run": dry_run, "notes": [say(note, said) for note in notes]})
            return
        lines = [
            nmsg("Ids: {n} row got one.", "Ids: {n} rows got one.", done.ids, n=done.ids),
            nmsg("Grey columns: {n} cell.", "Grey columns: {n} cells.", done.refreshed, n=done.refreshed),
            *counted(done.tasked.counts),
            msg("Tabs: {tabs}.", tabs=[*done.published, *done.tasked.tabs]),
            msg(
                "Check: {found}; `sheetcrm validate {book}` shows them.",
                found=tally(done.errors, len(done.findings) - done.errors),
                book=shlex.quote(book.text),
            ),
        ]
        for line in lines:
            say_line(line, said)
        for note in notes:
            say_line(note, said)
        if dry_run:
            say_line(msg("Nothing is written."), said)

    return run
