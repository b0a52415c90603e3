"""`sheetcrm auth`: a person's own access to Google Sheets."""

from __future__ import annotations

import click

from sheetcrm.cli import auth_login, auth_logout, auth_status
from sheetcrm.cli.group import Spoken
from sheetcrm.text import Lang, msg

EXAMPLE = """
sheetcrm auth login --client client_secret.json
sheetcrm auth status
sheetcrm auth logout
"""


def build(lang: Lang) -> click.Command:
    """The group, its help in that language."""
    help = msg("Sign in to Google as a person, see as whom a Google Sheet is opened, sign out.")
    return Spoken(lang, "auth", help, EXAMPLE, (auth_login.build, auth_status.build, auth_logout.build))
