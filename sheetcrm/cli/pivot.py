"""`sheetcrm pivot`: count anything by anything, as a tab."""

from __future__ import annotations

from datetime import date

import click

from sheetcrm.cli.asked import (
    Asked,
    address,
    as_of_option,
    book_argument,
    book_of,
    command,
    dry_run_option,
    google_options,
    recalculate_option,
    where_option,
)
from sheetcrm.text import Lang, msg, say

EXAMPLE = """
sheetcrm pivot clients.xlsx --rows manager,stage --values count
sheetcrm pivot clients.xlsx --rows product --cols delivered_on:quarter --values sum:amount,count
sheetcrm pivot clients.xlsx --rows territory,manager --values sum:amount --native
"""


def build(lang: Lang) -> click.Command:
    """The command, its help in that language."""

    @command(lang, "pivot", msg("Count anything by anything; the table becomes a tab."), EXAMPLE)
    @book_argument()
    @click.option(
        "--rows",
        metavar="A,B",
        help=say(msg("What tells rows apart, outermost first; left out, the usual drill."), lang),
    )
    @click.option("--cols", metavar="C", help=say(msg("What stands across."), lang))
    @click.option(
        "--values",
        default="count",
        metavar="V,W",
        help=say(
            msg("What is counted: count, sum:amount, avg:amount, min:, max:, median:, distinct:company, share:amount."),
            lang,
        ),
    )
    @click.option(
        "--of",
        "of",
        metavar="TABLE",
        help=say(msg("Rows of which table: companies, deals, activities, payments or tasks."), lang),
    )
    @where_option(lang)
    @as_of_option(lang, msg("The day the table speaks of; rows dated after it are left out."))
    @click.option("--name", metavar="TAB", help=say(msg("What to call the tab."), lang))
    @click.option(
        "--native",
        is_flag=True,
        help=say(msg("Beside the tab, a pivot table of Excel's own to rearrange, with the table it counts."), lang),
    )
    @click.option("--out", metavar="OTHER.xlsx", help=say(msg("Write them into another book."), lang))
    @google_options(lang)
    @recalculate_option(lang)
    @dry_run_option(lang)
    def run(
        asked: Asked,
        rows: str | None,
        cols: str | None,
        values: str,
        of: str | None,
        where: str | None,
        as_of: date | None,
        name: str | None,
        native: bool,
        out: str | None,
        recalculate: bool,
        dry_run: bool,
    ) -> None:
        from sheetcrm.app.reporting import Writing, pivot_book
        from sheetcrm.cli.telling import tell
        from sheetcrm.reports.pivot import Ask, words

        ask = Ask(words(rows or ""), words(cols or ""), words(values), of or "", name or "")
        elsewhere = address(asked, out, recalculate=recalculate) if out else None
        writing = Writing(as_of, where or "", elsewhere, asked.now, dry_run)
        found = pivot_book(book_of(asked, recalculate=recalculate), ask, writing, native=native)
        tell(found, asked, dry_run=dry_run)

    return run
