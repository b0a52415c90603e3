"""`sheetcrm report`: write reports as tabs."""

from __future__ import annotations

from datetime import date

import click

from sheetcrm.cli.asked import (
    Asked,
    address,
    as_of_option,
    book_of,
    command,
    dry_run_option,
    google_options,
    leading_book,
    recalculate_option,
    where_option,
)
from sheetcrm.errors import UsageError
from sheetcrm.text import Lang, msg, say

EXAMPLE = """
sheetcrm report clients.xlsx reactivation
sheetcrm report clients.xlsx --all --as-of 2026-09-30
sheetcrm report clients.xlsx sales --where "city = Perm and abcd in (A, B)" --out sales.xlsx
"""


def build(lang: Lang) -> click.Command:
    """The command, its help in that language."""

    @command(lang, "report", msg("Write reports as tabs; each is named by its word or its code."), EXAMPLE)
    @click.argument("words", nargs=-1, metavar="[BOOK] [NAME|CODE]...")
    @click.option("--all", "every", is_flag=True, help=say(msg("Every report there is."), lang))
    @as_of_option(lang, msg("The day the reports speak of; rows dated after it are left out."))
    @where_option(lang)
    @click.option("--out", metavar="OTHER.xlsx", help=say(msg("Write them into another book."), lang))
    @google_options(lang)
    @recalculate_option(lang)
    @dry_run_option(lang)
    def run(
        asked: Asked,
        words: tuple[str, ...],
        every: bool,
        as_of: date | None,
        where: str,
        out: str,
        recalculate: bool,
        dry_run: bool,
    ) -> None:
        from sheetcrm.app.reporting import Writing, report
        from sheetcrm.cli.telling import tell

        book, names = leading_book(words)
        if not names and not every:
            raise UsageError(
                msg("Name a report, or ask for --all."), msg("`sheetcrm explain` lists the reports with their names.")
            )
        elsewhere = address(asked, out, recalculate=recalculate) if out else None
        writing = Writing(as_of, where or "", elsewhere, asked.now, dry_run)
        told = report(book_of(asked, book, recalculate=recalculate), () if every else names, writing)
        tell(told, asked, dry_run=dry_run)

    return run
