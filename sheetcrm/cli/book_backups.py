"""`sheetcrm book backups`: list the backups of a book, or put one back."""

from __future__ import annotations

import shlex
from datetime import datetime
from typing import TYPE_CHECKING

import click

from sheetcrm.cli.asked import Asked, book_argument, book_of, command, dry_run_option
from sheetcrm.cli.screen import print_json, print_table, say_line
from sheetcrm.cli.sizes import size_of
from sheetcrm.text import Lang, Message, msg, nmsg, say, show

if TYPE_CHECKING:
    from sheetcrm.app.caring import Kept
    from sheetcrm.workbook.xlsx.restore import Restored

EXAMPLE = """
sheetcrm book backups clients.xlsx
sheetcrm book backups clients.xlsx --restore 1
"""

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def build(lang: Lang) -> click.Command:
    """The command, its help in that language."""
    back = msg("Put this backup back; 1 is the newest. What stands there becomes a backup first.")

    @command(
        lang, "backups", msg("List the backups of a book, or put one back; the book may be damaged or gone."), EXAMPLE
    )
    @book_argument()
    @click.option("--restore", "number", type=click.IntRange(1), metavar="N", help=say(back, lang))
    @dry_run_option(lang)
    def run(asked: Asked, number: int | None, dry_run: bool) -> None:
        from sheetcrm.app.caring import backups, language, restore

        book = book_of(asked)
        said = asked.lang or language(book) or asked.spoken
        if number is None:
            _list(book.text, backups(book), asked, said)
        else:
            _tell(book.text, restore(book, number, dry_run=dry_run), asked, said, dry_run=dry_run)

    return run


def _list(book: str, found: list[Kept], asked: Asked, lang: Lang) -> None:
    if asked.json:
        print_json({"book": book, "backups": [kept.shape(asked.now) for kept in found]})
        return
    if not found:
        say_line(msg("There is no backup of {book} yet; the first change makes one.", book=book), lang)
        return
    headers = [say(head, lang) for head in (msg("No."), msg("kept on"), msg("age"), msg("size"), msg("note"))]
    print_table(headers, [_row(kept, asked.now, lang) for kept in found], right=(0, 3))
    if not asked.quiet:
        say_line(
            msg("To put one back: sheetcrm book backups {book} --restore N", book=shlex.quote(book)), lang, dim=True
        )


def _row(kept: Kept, now: datetime, lang: Lang) -> list[str]:
    backup = kept.backup
    return [
        str(backup.number),
        _to_the_second(backup.moment, lang),
        say(_age((now - backup.moment).total_seconds()), lang),
        say(size_of(backup.size), lang),
        "" if kept.sound else say(msg("damaged"), lang),
    ]


def _to_the_second(moment: datetime, lang: Lang) -> str:
    return f"{show(moment, lang)}:{moment:%S}"


def _age(seconds: float) -> Message:
    if seconds < _MINUTE:
        return msg("just now")
    if seconds < _HOUR:
        n = int(seconds / _MINUTE)
        return nmsg("{n} minute", "{n} minutes", n, n=n)
    if seconds < _DAY:
        n = int(seconds / _HOUR)
        return nmsg("{n} hour", "{n} hours", n, n=n)
    n = int(seconds / _DAY)
    return nmsg("{n} day", "{n} days", n, n=n)


def _tell(book: str, done: Restored, asked: Asked, lang: Lang, *, dry_run: bool) -> None:
    if asked.json:
        shape = {"number": done.backup.number, "moment": done.backup.moment.isoformat(timespec="seconds")}
        print_json({"book": book, "restored": shape, "changed": not done.same, "dry_run": dry_run})
        return
    moment = _to_the_second(done.backup.moment, lang)
    if done.same:
        say_line(msg("{book} is the same as that backup; nothing is written.", book=book), lang)
    elif dry_run:
        say_line(msg("Nothing is written; {book} would be what it was until {moment}.", book=book, moment=moment), lang)
    elif done.missing:
        say_line(msg("{book} stands there again, as it was until {moment}.", book=book, moment=moment), lang)
    else:
        say_line(
            msg("{book} is what it was until {moment}; what stood there is backup 1 now.", book=book, moment=moment),
            lang,
        )
