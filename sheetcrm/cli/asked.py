"""What every command is asked alike: the book, the day, the language, the form of the output."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from sheetcrm.cli.language import CONFIG, LANGUAGE, chosen_language, config
from sheetcrm.cli.spoken import Spoken
from sheetcrm.errors import UsageError
from sheetcrm.schema.figures import FIRST, LAST, moment_of
from sheetcrm.text import LANGUAGES, Lang, Message, msg, say
from sheetcrm.workbook import BACKUPS, Address, GoogleAccess, is_google

Function = TypeVar("Function", bound=Callable[..., Any])

_MOST_BACKUPS = 1000
_STAND_IN = "sheetcrm.stand_in"
"""Says in a click context that the stand-in was named."""


class Day(click.ParamType[date]):
    """A day: 2026-11-21 or 21.11.2026."""

    name = "date"

    def __init__(self, lang: Lang) -> None:
        """Speak that language when the day is none."""
        self.lang = lang

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day."""
        if isinstance(value, date):
            return value
        try:
            found = moment_of(str(value))
        except ValueError:
            found = None
        if found is None or not FIRST <= found.date() <= LAST:
            text = msg("“{text}” is not a day; write it like 2026-11-21 or 21.11.2026.", text=str(value))
            self.fail(say(text, self.lang), param, ctx)
        return found.date()


@dataclass(frozen=True, slots=True)
class Asked:
    """The common part of a call.

    Attributes:
        book: The address of the book, "" where it was not given and need not be.
        lang: The language asked for; None leaves it to the book.
        spoken: The language of help and errors.
        json: Whether the output is JSON.
        quiet: Whether only what was asked for is printed.
        verbose: Whether details are printed too.
        now: The moment of the call.
        google: How a Google Sheet is reached.
    """

    book: str
    lang: Lang | None
    spoken: Lang
    json: bool
    quiet: bool
    verbose: bool
    now: datetime
    google: GoogleAccess = field(default_factory=GoogleAccess)

    def language(self, book_lang: Lang) -> Lang:
        """The output's language: asked for, else the book's."""
        return self.lang or book_lang


def command(lang: Lang, name: str, help: Message, example: str) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a command of a function that takes an `Asked` first; the common options are added."""
    explain = {
        "format": msg("How to print: text, or JSON as documented."),
        "lang": LANGUAGE,
        "quiet": msg("Print only what was asked for."),
        "verbose": msg("Print details too."),
    }
    said = {key: say(text, lang) for key, text in explain.items()}

    def wrap(function: Callable[..., Any]) -> click.Command:
        def call(**options: Any) -> Any:
            return function(_asked(options, lang), **options)

        params = getattr(function, "__click_params__", [])
        return Spoken(
            name,
            lang=lang,
            example=example,
            callback=call,
            help=say(help, lang),
            params=[
                *reversed(params),
                click.Option(
                    ["--format", "form"], type=click.Choice(["text", "json"]), default="text", help=said["format"]
                ),
                click.Option(["--lang"], type=click.Choice(LANGUAGES), help=said["lang"]),
                click.Option(["-q", "--quiet"], is_flag=True, help=said["quiet"]),
                click.Option(["-v", "--verbose"], is_flag=True, help=said["verbose"]),
            ],
        )

    return wrap


def _asked(options: dict[str, Any], spoken: Lang) -> Asked:
    lang = options.pop("lang") or _lang_before(click.get_current_context()) or chosen_language([])
    book = options.pop("book", None)
    google = _google(options, spoken)
    return Asked(
        book or "",
        lang,
        spoken,
        options.pop("form") == "json",
        options.pop("quiet"),
        options.pop("verbose"),
        datetime.now().replace(microsecond=0),
        google,
    )


def _google(options: dict[str, Any], lang: Lang) -> GoogleAccess:
    """How Google is reached: as the call says, else sheetcrm.toml."""
    credentials = options.pop("credentials", None) or config().get("credentials") or ""

    def tell(message: Message) -> None:
        click.echo(say(message, lang), err=True)

    return GoogleAccess(str(credentials), options.pop("google_endpoint", None) or "", tell)


def _lang_before(context: click.Context) -> Lang | None:
    """The `--lang` of the program or of the group, said before the command."""
    while context.parent is not None:
        context = context.parent
        found: Lang | None = context.params.get("lang")
        if found is not None:
            return found
    return None


def leading_book(words: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Tell the book's address, where the first word is one, from the names that follow it."""
    if words and _is_address(words[0]):
        return words[0], tuple(words[1:])
    return "", tuple(words)


def _is_address(word: str) -> bool:
    return is_google(word) or bool(Path(word).suffix) or os.path.exists(word) or "/" in word or "\\" in word


def address(asked: Asked, text: str, *, recalculate: bool = False) -> Address:
    """Where a book is kept, with as many backups as sheetcrm.toml says.

    Raises:
        UsageError: If it does not say a number.
    """
    kept = config().get("backups", BACKUPS)
    if type(kept) is not int or not 1 <= kept <= _MOST_BACKUPS:
        raise UsageError(
            msg("{file}: backups is a whole number from 1 to {most}.", file=CONFIG, most=_MOST_BACKUPS),
            msg("Write for instance: {line}", line=f"backups = {BACKUPS}"),
        )
    if is_google(text):
        say_stand_in(asked)
    return Address(text, kept, recalculate, asked.google)


def say_stand_in(asked: Asked) -> None:
    """Say first of all where it is not Google that is talked to.

    Raises:
        UsageError: If the address that stands in for Google's is not on this machine.
    """
    from sheetcrm.workbook.google.connection.endpoint import find_endpoint

    endpoint = find_endpoint(asked.google.endpoint, os.environ)
    said = click.get_current_context().meta
    if endpoint.is_local and not asked.quiet and not said.setdefault(_STAND_IN, False):
        said[_STAND_IN] = True
        told = msg("This is not Google: {host} stands in for it.", host=endpoint.sheets.removeprefix("http://"))
        click.echo(say(told, asked.lang or asked.spoken), err=asked.json)


def book_of(asked: Asked, given: str = "", *, recalculate: bool = False) -> Address:
    """The book's address: as given, sheetcrm.toml's, SHEETCRM_BOOK's, or the only book in the folder.

    Args:
        asked: The call.
        given: The address where the call has it among other words, "" where it is `asked.book`.
        recalculate: Whether formulas are to be calculated.

    Raises:
        UsageError: If there is none, or more than one.
    """
    if given or asked.book:
        return address(asked, given or asked.book, recalculate=recalculate)
    named = config().get("book") or os.environ.get("SHEETCRM_BOOK")
    if named:
        return address(asked, str(named), recalculate=recalculate)
    hint = msg("Name one: `sheetcrm COMMAND clients.xlsx`.")
    try:
        names = sorted(os.listdir())
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(msg("The books in this folder cannot be listed: {reason}.", reason=reason), hint) from None
    books = [name for name in names if name.lower().endswith((".xlsx", ".xlsm")) and not name.startswith(("~$", "."))]
    if len(books) == 1:
        return address(asked, books[0], recalculate=recalculate)
    if not books:
        raise UsageError(msg("There is no book in this folder."), hint)
    raise UsageError(msg("There are several books in this folder: {books}.", books=books), hint)


def book_argument(*, required: bool = False) -> Callable[[Function], Function]:
    """The BOOK argument."""
    return click.argument("book", required=required, metavar="BOOK" if required else "[BOOK]")


def google_options(lang: Lang) -> Callable[[Function], Function]:
    """`--credentials FILE` and `--google-endpoint HOST:PORT`."""
    credentials = click.option(
        "--credentials",
        metavar="FILE",
        help=say(msg("For a Google Sheet: the key or token to use instead of the first one found."), lang),
    )

    def wrap(function: Function) -> Function:
        return credentials(endpoint_option(lang)(function))

    return wrap


def endpoint_option(lang: Lang) -> Callable[[Function], Function]:
    """`--google-endpoint HOST:PORT`."""
    text = msg("A server on this machine that stands in for Google, for tests.")
    return click.option("--google-endpoint", metavar="HOST:PORT", help=say(text, lang))


def as_of_option(lang: Lang, help: Message) -> Callable[[Function], Function]:
    """`--as-of DATE`."""
    return click.option("--as-of", type=Day(lang), metavar="DATE", help=say(help, lang))


def where_option(lang: Lang) -> Callable[[Function], Function]:
    """`--where FILTER`."""
    text = msg("Only these: comparisons, in (…), ~ for contains, and, or, not, parentheses.")
    return click.option("--where", metavar="FILTER", help=say(text, lang))


def dry_run_option(lang: Lang) -> Callable[[Function], Function]:
    """`--dry-run`: the only preview of every command that writes."""
    return click.option("--dry-run", is_flag=True, help=say(msg("Say what would be written, and write nothing."), lang))


def recalculate_option(lang: Lang) -> Callable[[Function], Function]:
    """`--recalculate`: no formula is left without a value, as far as LibreOffice can compute it."""
    text = msg("Have LibreOffice, which must be installed, calculate the formulas that the write left without a value.")
    return click.option("--recalculate", is_flag=True, help=say(text, lang))
