"""What the owner of a list that isn't ours reads: what was understood, what is wrong, what we ask, what comes next."""

from __future__ import annotations

from datetime import date

import click

from sheetcrm.cli.asked import Asked
from sheetcrm.cli.findings import print_list
from sheetcrm.cli.screen import print_json, print_table, say_line
from sheetcrm.errors import Exit
from sheetcrm.findings import Place, Severity
from sheetcrm.text import Lang, Message, msg, nmsg, number, say
from sheetcrm.validators.foreign.answer import ColumnRead, ForeignAnswer, headline, worst
from sheetcrm.validators.foreign.shape import list_section
from sheetcrm.validators.show import TITLE, to_json

_SPREAD = 8
"""Addresses shown beside a question or a note."""


def tell_foreign(found: ForeignAnswer, asked: Asked, today: date, *, every: bool, tab: bool) -> int:
    """Print the answer; nothing is ever written into such a book, and who asked for a tab is told so."""
    lang = asked.language(asked.spoken)
    errors = sum(finding.severity is Severity.ERROR for finding in found.findings)
    notes = [say(_no_tab(found.book), lang)] if tab else []
    if asked.json:
        print_json({**_shape(found, errors, today, lang), "notes": notes})
    else:
        _print(found, asked, lang, every=every)
        for note in notes:
            say_line(note, lang)
    return Exit.FINDINGS if errors else Exit.DONE


def _no_tab(book: str) -> Message:
    return msg(
        "Nothing was written: {book} is a list that sheetcrm did not make, so it gets no tab {tab}.",
        book=book,
        tab=TITLE,
    )


def _shape(found: ForeignAnswer, errors: int, today: date, lang: Lang) -> dict[str, object]:
    return {
        "book": found.book,
        "as_of": today.isoformat(),
        "summary": {
            "records": {"list": found.rows},
            "errors": errors,
            "warnings": len(found.findings) - errors,
            "by_code": _by_code(found),
        },
        "findings": to_json(found.findings, lang, found.urls),
        "list": list_section(found, lang),
    }


def _by_code(found: ForeignAnswer) -> dict[str, int]:
    codes = sorted(finding.code for finding in found.findings)
    return {code: codes.count(code) for code in dict.fromkeys(codes)}


def _print(found: ForeignAnswer, asked: Asked, lang: Lang, *, every: bool) -> None:
    sentence = say(headline(found), lang)
    ending = "" if sentence.endswith("?") else "."
    say_line(f"{found.book}: {sentence}{ending}", lang)
    if asked.quiet or not found.columns:
        return
    click.echo()
    print_table(
        [say(msg("header"), lang), say(msg("cell"), lang), say(msg("understood as"), lang), say(msg("good"), lang)],
        [_column(column, lang) for column in found.columns],
        right=[3],
    )
    _print_list(msg("What is wrong"), found, lang, every=every)
    for title, lines in _sections(found, lang):
        click.echo()
        say_line(title, lang, bold=True)
        for line in lines:
            say_line(f"  {line}", lang)


def _column(column: ColumnRead, lang: Lang) -> list[str]:
    if column.counter:
        meaning = msg("row numbers")
    elif column.field is None:
        meaning = msg("not understood")
    elif column.how is not None and column.how.value == "values":
        meaning = msg("{field} ({table}), by its values", field=column.field, table=column.table)
    else:
        meaning = msg("{field} ({table})", field=column.field, table=column.table)
    good = f"{number(column.good * 100, lang, 0)} %" if column.field is not None else ""
    return [column.header, column.place.cell, say(meaning, lang), good]


def _print_list(title: Message, found: ForeignAnswer, lang: Lang, *, every: bool) -> None:
    if not found.findings:
        return
    click.echo()
    say_line(title, lang, bold=True)
    shown = list(found.findings) if every else worst(found)
    print_list(shown, lang, found.urls)
    left = len(found.findings) - len(shown)
    if left:
        say_line(nmsg("  … and {n} more: --all", "  … and {n} more: --all", left, n=left), lang, dim=True)


def _sections(found: ForeignAnswer, lang: Lang) -> list[tuple[Message, list[str]]]:
    questions = []
    for question in found.questions:
        clue = f" ({say(question.clue, lang)})" if question.clue else ""
        questions.append(say(question.message, lang) + clue + _where(question.places))
        questions += [
            f"  {word.typed} × {word.rows}" + (f" → {word.means.get(lang)}" if word.means else "")
            for word in question.words
        ]
    sections = [
        (msg("What we ask you"), questions),
        (msg("What was noticed"), [say(note.message, lang) + _where(note.places) for note in found.notes]),
        (msg("What it is enough for"), [say(_ready(found), lang)] if found.ready or found.wanting else []),
        (msg("What comes next"), [say(step, lang) for step in found.next_steps]),
    ]
    return [(title, lines) for title, lines in sections if lines]


def _ready(found: ForeignAnswer) -> Message:
    rows = found.ready + len(found.wanting)
    return msg("{n} of {rows} rows hold enough for a client of the first stage", n=found.ready, rows=rows)


def _where(places: tuple[Place, ...]) -> str:
    if not places:
        return ""
    more = " …" if len(places) > _SPREAD else ""
    return ": " + ", ".join(place.address for place in places[:_SPREAD]) + more
