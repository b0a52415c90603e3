"""Putting things on the screen: sentences, tables and JSON."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from sheetcrm.text import Lang, Message, say

if TYPE_CHECKING:
    from rich.console import Console

VERSION = 1
"""The version of every JSON shape; it rises when a shape changes in a way that breaks readers."""

_WIDEST = 44
_GAP = 3
_LEAST = 2
_NARROW = 20
"""What the last column makes do with before it is left out: its text wraps."""
_PIPE_WIDTH = 160
"""Columns for output that goes to a pipe or a file, where nobody knows the width."""


def console() -> Console:
    """Where text goes: colours on a terminal unless NO_COLOR, plain text in a pipe."""
    from rich.console import Console

    terminal = sys.stdout.isatty()
    return Console(highlight=False, soft_wrap=not terminal, width=None if terminal else _PIPE_WIDTH)


def say_line(message: Message | str, lang: Lang, *, dim: bool = False, bold: bool = False) -> None:
    """One sentence; on a terminal it wraps between words, and what is indented stays so."""
    text = say(message, lang)
    if sys.stdout.isatty():
        text = "\n".join(_wrapped(line, shutil.get_terminal_size().columns) for line in text.split("\n"))
        text = click.style(text, dim=dim or None, bold=bold or None)
    click.echo(text)


def _wrapped(line: str, width: int) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    hanging = indent * 2
    return textwrap.fill(line, width, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False)


def print_json(shape: Mapping[str, Any]) -> None:
    """A documented JSON shape, its version first."""
    click.echo(json.dumps({"version": VERSION, **shape}, ensure_ascii=False, indent=2, default=str))


def print_table(headers: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> int:
    """A plain table of the leading columns that fit; no figure is ever cut short.

    Args:
        headers: The headers; all of them blank, there is no line for them.
        rows: Their cells as texts.
        right: The numbers of the columns that are aligned right.

    Returns:
        How many columns did not fit.
    """
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    screen = console()
    shown = _fitting(_widths(headers, rows), screen.width, wraps=len(headers) - 1 not in right)
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, show_header=any(headers))
    widest = None if sum(_widths(headers, rows)) + _GAP * (len(headers) - 1) <= screen.width else _WIDEST
    for at, header in enumerate(headers[:shown]):
        table.add_column(header, justify="right" if at in right else "left", max_width=widest, no_wrap=at in right)
    for row in rows:
        table.add_row(*map(_plain, row[:shown]))
    screen.print(table)
    return len(headers) - shown


def _fitting(widths: Sequence[int], width: int, *, wraps: bool) -> int:
    """How many leading columns fit into so many characters; at least two."""
    used = 0
    for at, wanted in enumerate(widths):
        is_last = at == len(widths) - 1
        used += min(wanted, _NARROW if is_last and wraps else _WIDEST) + _GAP
        if used - _GAP > width and at >= _LEAST:
            return at
    return len(widths)


def _widths(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """How many characters the longest line of each column has."""
    columns = ([header, *(row[at] for row in rows if at < len(row))] for at, header in enumerate(headers))
    return [max(len(line) for text in texts for line in text.split("\n")) for texts in columns]


def _plain(text: str) -> str:
    """The text with nothing in it that rich would take for markup."""
    return text.replace("[", "\\[")
