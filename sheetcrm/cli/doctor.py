"""`sheetcrm doctor`: is everything there that a command needs, and what is to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sheetcrm.cli.asked import Asked, book_argument, book_of, command, google_options
from sheetcrm.cli.language import config
from sheetcrm.cli.screen import print_json, say_line
from sheetcrm.errors import Exit, UsageError
from sheetcrm.text import Lang, Message, msg, nmsg, say
from sheetcrm.workbook import Address

if TYPE_CHECKING:
    from sheetcrm.app.doctor.check import Check
    from sheetcrm.app.doctor.examine import Examined

EXAMPLE = """
sheetcrm doctor gsheet:1AbC…
sheetcrm doctor clients.xlsx
sheetcrm doctor --credentials key.json
"""

_NAMES = {
    "settings": msg("sheetcrm.toml"),
    "book": msg("book"),
    "endpoint": msg("Google"),
    "credentials": msg("credentials"),
    "token": msg("token"),
    "scopes": msg("scopes"),
    "clock": msg("clock"),
    "sign_in": msg("sign-in"),
    "sharing": msg("sharing"),
    "reading": msg("reading"),
    "writing": msg("writing"),
    "lock": msg("lock"),
    "folder": msg("folder"),
    "locale": msg("locale"),
    "time_zone": msg("time zone"),
    "tables": msg("tables"),
    "tabs": msg("tabs"),
    "obstacle": msg("in the way"),
    "size": msg("size"),
    "calls": msg("calls"),
    "libreoffice": msg("LibreOffice"),
}
_STATES = {"ok": msg("ok"), "look": msg("look"), "wrong": msg("WRONG")}


def build(lang: Lang) -> click.Command:
    """The command, its help in that language."""
    help = msg(
        "Check what commands need: credentials, access, clock, locale, tabs, limits; nothing is written. Without a book"
        " only the access to Google is looked at. Exit code 3: something is wrong."
    )

    @command(lang, "doctor", help, EXAMPLE)
    @book_argument()
    @google_options(lang)
    def run(asked: Asked) -> int:
        from sheetcrm.app.doctor.check import State
        from sheetcrm.app.doctor.examine import Question, examine

        found = examine(Question(_book(asked), asked.google, config(), asked.now.astimezone()))
        said = asked.language(found.lang or asked.spoken)
        if asked.json:
            print_json(found.shape(said))
        else:
            _print(found, said, quiet=asked.quiet)
        return Exit.CANNOT_RUN if found.state is State.WRONG else Exit.DONE

    return run


def _book(asked: Asked) -> Address | UsageError:
    """The book; where none is named and none can be told, why."""
    if asked.book:
        return book_of(asked)
    try:
        return book_of(asked)
    except UsageError as error:
        return error


def _print(found: Examined, lang: Lang, *, quiet: bool) -> None:
    if found.book and not quiet:
        say_line(found.book, lang, bold=True)
    for check in found.checks:
        if not quiet or check.state != "ok":
            _print_check(check, lang)
    say_line(_sum(found), lang)


def _print_check(check: Check, lang: Lang) -> None:
    states = {state: say(text, lang) for state, text in _STATES.items()}
    width = max(map(len, states.values()))
    line = f"{states[check.state]:{width}}  {say(_NAMES[check.name], lang)}: {say(check.told, lang)}"
    say_line(line, lang, bold=check.state == "wrong")
    if check.hint:
        say_line(f"{'':{width}}  → {say(check.hint, lang)}", lang)


def _sum(found: Examined) -> Message:
    states = [str(check.state) for check in found.checks]
    wrong, look = states.count("wrong"), states.count("look")
    looks = nmsg("{n} thing to look at", "{n} things to look at", look, n=look)
    if wrong:
        return nmsg("{n} thing is wrong, {looks}.", "{n} things are wrong, {looks}.", wrong, n=wrong, looks=looks)
    return msg("Nothing is wrong; {looks}.", looks=looks) if look else msg("Nothing is wrong.")
