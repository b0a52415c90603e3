"""`sheetcrm auth logout`: hand the access back to Google, and delete it here."""

from __future__ import annotations

import click

from sheetcrm.cli.asked import Asked, command, endpoint_option
from sheetcrm.cli.screen import print_json, say_line
from sheetcrm.text import Lang, msg

EXAMPLE = """
sheetcrm auth logout
"""


def build(lang: Lang) -> click.Command:
    """The command, its help in that language."""
    help = msg("Sign out of Google: the access is handed back, and its file is deleted in any case.")

    @command(lang, "logout", help, EXAMPLE)
    @endpoint_option(lang)
    def run(asked: Asked) -> None:
        from sheetcrm.app.connecting import sign_out

        done = sign_out(asked.google)
        if asked.json:
            path = "" if done is None else str(done.path)
            print_json({"signed_out": done is not None, "revoked": done is not None and done.revoked, "path": path})
        else:
            told = msg("Nobody was signed in.") if done is None else done.told
            say_line(told, asked.language(asked.spoken))

    return run
