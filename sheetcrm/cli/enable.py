"""`sheetcrm enable`: add more tabs to a book."""

from __future__ import annotations

import click

from sheetcrm.app.founding import enable
from sheetcrm.cli.asked import (
    Asked,
    address,
    book_argument,
    command,
    dry_run_option,
    google_options,
    recalculate_option,
)
from sheetcrm.cli.init import print_founded, shape
from sheetcrm.cli.screen import print_json
from sheetcrm.text import Lang, msg

EXAMPLE = """
sheetcrm enable clients.xlsx payments products
"""


def build(lang: Lang) -> click.Command:
    """The command, its help in that language."""

    @command(lang, "enable", msg("Add tabs to a book: payments, products, needs, campaigns, plan…"), EXAMPLE)
    @book_argument(required=True)
    @click.argument("tabs", nargs=-1, required=True, metavar="TAB...")
    @google_options(lang)
    @recalculate_option(lang)
    @dry_run_option(lang)
    def run(asked: Asked, tabs: tuple[str, ...], recalculate: bool, dry_run: bool) -> None:
        founded = enable(address(asked, asked.book, recalculate=recalculate), tabs, asked.now, dry_run=dry_run)
        if asked.json:
            print_json(shape(founded, asked.language(founded.lang), dry_run))
        elif not asked.quiet:
            print_founded(founded, asked.language(founded.lang), dry_run)

    return run
