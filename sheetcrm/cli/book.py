"""`sheetcrm book`: the care of the file."""

from __future__ import annotations

import click

from sheetcrm.cli import book_backups, book_compact, book_inspect
from sheetcrm.cli.group import Spoken
from sheetcrm.text import Lang, msg

EXAMPLE = """
sheetcrm book inspect clients.xlsx
sheetcrm book backups clients.xlsx --restore 1
sheetcrm book compact clients.xlsx --dry-run
"""


def build(lang: Lang) -> click.Command:
    """The group, its help in that language."""
    help = msg("Look after the file: what is in it, its backups, its cleared rows.")
    return Spoken(lang, "book", help, EXAMPLE, (book_inspect.build, book_backups.build, book_compact.build))
