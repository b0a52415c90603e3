"""`sheetcrm auth status`: as whom a Google Sheet is opened, and whether Google lets them in right now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sheetcrm.cli.asked import Asked, command, google_options, say_stand_in
from sheetcrm.cli.screen import print_json, say_line
from sheetcrm.errors import Exit
from sheetcrm.text import Lang, msg

if TYPE_CHECKING:
    from sheetcrm.workbook.google.examining import Access

EXAMPLE = """
sheetcrm auth status
sheetcrm auth status --credentials key.json
"""


def build(lang: Lang) -> click.Command:
    """The command, its help in that language."""
    help = msg(
        "Say as whom a Google Sheet is opened, where the credentials were found, and whether Google gives a token for"
        " them. Exit code 3: there are none, or it gives none."
    )

    @command(lang, "status", help, EXAMPLE)
    @google_options(lang)
    def run(asked: Asked) -> int:
        from sheetcrm.app.connecting import status, status_shape

        say_stand_in(asked)
        found = status(asked.google)
        said = asked.language(asked.spoken)
        if asked.json:
            print_json(status_shape(found, said))
        else:
            _tell(found, said)
        return Exit.CANNOT_RUN if found.trouble else Exit.DONE

    return run


def _tell(found: Access, lang: Lang) -> None:
    from sheetcrm.app.connecting import origin

    who = found.who
    say_line(msg("Google Sheets are opened as {who}.", who=who.told), lang)
    if who.kind != "nobody":
        say_line(msg("The credentials come {origin}.", origin=origin(who)), lang)
    scopes = list(found.scopes)
    granted, asked = msg("Good for: {scopes}", scopes=scopes), msg("Asked for: {scopes}", scopes=scopes)
    say_line(granted if found.told else asked, lang)
    if found.trouble:
        say_line(found.trouble.message, lang, bold=True)
        if found.trouble.hint:
            say_line(found.trouble.hint, lang)
    elif who.kind != "nobody":
        say_line(msg("Google gave a token just now."), lang)
    if who.email:
        say_line(msg("Share a sheet with {email}: the button Share, role Editor.", email=who.email), lang)
    if found.signed_in and not found.uses_sign_in:
        path = str(found.signed_in.path)
        say_line(msg("The sign-in in {path} is not used, since other credentials come first.", path=path), lang)
