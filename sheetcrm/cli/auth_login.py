"""`sheetcrm auth login`: sign in to Google by the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sheetcrm.cli.asked import Asked, command, endpoint_option
from sheetcrm.cli.screen import print_json, say_line
from sheetcrm.text import Lang, msg, say

if TYPE_CHECKING:
    from sheetcrm.app.connecting import SignedIn

EXAMPLE = """
sheetcrm auth login --client client_secret.json
"""

_CONNECTIONS = "https://myaccount.google.com/connections"


def build(lang: Lang) -> click.Command:
    """The command, its help in that language."""
    help = msg("Sign in to Google as a person, in the browser; sheetcrm is let into spreadsheets and nothing else.")
    client = msg("The JSON file of your own OAuth client; left out, it is the one that you signed in with last.")

    @command(lang, "login", help, EXAMPLE)
    @click.option("--client", metavar="FILE", help=say(client, lang))
    @endpoint_option(lang)
    def run(asked: Asked, client: str | None) -> None:
        from sheetcrm.app.connecting import sign_in

        said = asked.language(asked.spoken)
        done = sign_in(client, asked.google, lambda url: _show(url, said), said)
        if asked.json:
            print_json(done.shape())
        else:
            _tell(done, said, quiet=asked.quiet)

    return run


def _show(url: str, lang: Lang) -> None:
    """Not on standard output, which may be JSON."""
    text = msg("The browser opens to sign in. If it does not, open this address in one on this computer:")
    click.echo(say(text, lang), err=True)
    click.echo(url, err=True)
    click.echo(say(msg("Waiting until you have signed in there; Ctrl+C stops."), lang), err=True)


def _tell(done: SignedIn, lang: Lang, *, quiet: bool) -> None:
    from sheetcrm.app.connecting import PUBLISH

    path = done.who.path
    say_line(msg("You are signed in. The access is kept in {path}, which nobody but you can read.", path=path), lang)
    if done.before is not None:
        say_line(msg("It is not used yet, since other credentials come first: {who}.", who=done.before.told), lang)
    if quiet:
        return
    say_line(msg("To take it back: sheetcrm auth logout, or {link}", link=_CONNECTIONS), lang)
    say_line(PUBLISH, lang)
