"""Findings on the screen: the worst first, by manager or by table, each with its cell and the way out."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from sheetcrm.cli.screen import console, say_line
from sheetcrm.findings import Finding, Severity
from sheetcrm.text import Lang, Message, msg, nmsg, say

if TYPE_CHECKING:
    from rich.table import Table

WORST = 10
"""Findings shown of each group unless all are asked for."""

_MARK_WIDTH = 4
"""The indent, the mark and a space."""


def print_groups(
    findings: Sequence[Finding], lang: Lang, urls: Mapping[str, str], *, by_table: bool, every: bool
) -> None:
    """Print findings in groups: those of a manager, or of a table.

    Args:
        findings: What is wrong.
        lang: The language to print in.
        urls: Where the tabs open in a browser, by title; none of a file's.
        by_table: Whether they are grouped by tab.
        every: Whether all are printed, not the worst.
    """
    for title, group in grouped(findings, lang, by_table=by_table):
        click.echo()
        click.echo(_heading(title, group, lang))
        print_list(group if every else worst(group), lang, urls)
        left = len(group) - WORST
        if left > 0 and not every:
            say_line(nmsg("  … and {n} more: --all", "  … and {n} more: --all", left, n=left), lang, dim=True)


def grouped(findings: Iterable[Finding], lang: Lang, *, by_table: bool) -> list[tuple[str, list[Finding]]]:
    """Findings by the manager who answers or by the tab, the group with most errors first."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        place = finding.place
        title = place.sheet if by_table else place.manager
        groups.setdefault(title or say(_THE_BOOK if by_table else _NOBODY, lang), []).append(finding)
    return sorted(groups.items(), key=lambda item: (-_errors(item[1]), -len(item[1]), item[0]))


def worst(findings: Sequence[Finding]) -> list[Finding]:
    """The first few: errors before warnings, and one of each kind before the next of any."""
    turn: Counter[str] = Counter()
    ranked = []
    for finding in findings:
        turn[finding.code] += 1
        ranked.append((finding.severity is not Severity.ERROR, turn[finding.code], finding))
    return [finding for *_, finding in sorted(ranked, key=lambda one: one[:2])[:WORST]]


def print_list(findings: Iterable[Finding], lang: Lang, urls: Mapping[str, str]) -> None:
    """Print findings, a line each, and what to do about it where the line does not say it.

    An address that opens in a browser is a link on a terminal; in a pipe its end follows.
    """
    if not sys.stdout.isatty():
        # In a pipe there is nothing to lay out, and rich takes its time.
        for finding in findings:
            click.echo("".join(text for text, _ in _pieces(finding, lang, _end_of(finding.place.url(urls)))))
        return
    screen = console()
    for finding in findings:
        screen.print(_hanging(finding, lang, finding.place.url(urls)))


def _end_of(url: str) -> str:
    """The part of an address that tells the cell: all findings of a book share the rest."""
    return f" #{url.partition('#')[2]}" if url else ""


def _hanging(finding: Finding, lang: Lang, url: str) -> Table:
    """A finding whose further lines stand below its text, not below its mark."""
    from rich.table import Table
    from rich.text import Text

    line = Text.assemble(*_pieces(finding, lang))
    if url:
        start = _MARK_WIDTH
        line.stylize(f"link {url}", start, start + len(finding.place.address))
    found = Table.grid(padding=0)
    found.add_column(width=_MARK_WIDTH)
    found.add_column()
    found.add_row(line[:_MARK_WIDTH], line[_MARK_WIDTH:])
    return found


def print_kinds(codes: Mapping[str, int], titles: Mapping[str, Message], lang: Lang) -> None:
    """How many findings there are of each kind, the most frequent first."""
    ranked = sorted(codes.items(), key=lambda item: (-item[1], item[0]))
    rows = [(str(n), say(titles[code], lang) if code in titles else "", code) for code, n in ranked]
    left, middle = (max(len(row[at]) for row in rows) for at in (0, 1))
    click.echo()
    say_line(msg("By kind"), lang, bold=True)
    for n, title, code in rows:
        click.echo(f"  {n:>{left}}   {title:<{middle}}   {code}")
    click.echo()


def _heading(title: str, group: Sequence[Finding], lang: Lang) -> str:
    errors = _errors(group)
    bold = click.style(title, bold=True) if sys.stdout.isatty() else title
    return f"{bold} — {say(tally(errors, len(group) - errors), lang)}"


def tally(errors: int, warnings: int) -> Message:
    """How many errors and warnings."""
    return msg(
        "{errors}, {warnings}",
        errors=nmsg("{n} error", "{n} errors", errors, n=errors),
        warnings=nmsg("{n} warning", "{n} warnings", warnings, n=warnings),
    )


def _pieces(finding: Finding, lang: Lang, link: str = "") -> Iterator[tuple[str, str]]:
    """A finding's line, piece by piece with its style; `link` follows the address."""
    place = finding.place
    yield "  ", ""
    yield "● ", "red" if finding.severity is Severity.ERROR else "yellow"
    yield place.address + link, "bold"
    who = " ".join(filter(None, (place.name, place.id if place.id != place.name else "")))
    if who:
        yield f"  {who}", "cyan"
    yield f"  {say(finding.message, lang)}", ""
    if finding.hint is not None:
        yield " — ", ""
        yield say(finding.hint, lang), "italic"
    yield f"  ({finding.code})", "dim"


def _errors(findings: Iterable[Finding]) -> int:
    return sum(finding.severity is Severity.ERROR for finding in findings)


_NOBODY = msg("nobody answers for it")
_THE_BOOK = msg("the book")
