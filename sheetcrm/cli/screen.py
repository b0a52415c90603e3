"""Putting things on the screen: sentences, tables and JSON."""

from __future__ import annotations

import json
import sys
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
_PIPE_WIDTH = 160
"""Columns for output that goes to a pipe or a file, where nobody knows the width."""


def console() -> Console:
    """Where text goes: colours on a terminal unless NO_COLOR, plain text in a pipe."""
    from rich.console import Console

    terminal = sys.stdout.isatty()
    return Console(highlight=False, soft_wrap=not terminal, width=None if terminal else _PIPE_WIDTH)


def say_line(message: Message | str, lang: Lang, *, dim: bool = False) -> None:
    """One sentence."""
    click.echo(click.style(say(message, lang), dim=True) if dim and sys.stdout.isatty() else say(message, lang))


def print_json(shape: Mapping[str, Any]) -> None:
    """A documented JSON shape, its version first."""
    click.echo(json.dumps({"version": VERSION, **shape}, ensure_ascii=False, indent=2, default=str))


def print_table(headers: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> int:
    """A plain table of the leading columns that fit; no figure is ever cut short.

    Args:
        headers: The headers.
        rows: Their cells as texts.
        right: The numbers of the columns that are aligned right.

    Returns:
        How many columns did not fit.
    """
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    screen = console()
    shown = _fitting(headers, rows, screen.width)
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for at, header in enumerate(headers[:shown]):
        table.add_column(header, justify="right" if at in right else "left", max_width=_WIDEST, no_wrap=at in right)
    for row in rows:
        table.add_row(*map(_plain, row[:shown]))
    screen.print(table)
    return len(headers) - shown


def _fitting(headers: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> int:
    """How many leading columns fit into so many characters; at least two."""
    used = 0
    for at, header in enumerate(headers):
        texts = [header, *(row[at] for row in rows if at < len(row))]
        used += min(max(len(line) for text in texts for line in text.split("\n")), _WIDEST) + _GAP
        if used - _GAP > width and at >= _LEAST:
            return at
    return len(headers)


def _plain(text: str) -> str:
    """The text with nothing in it that rich would take for markup."""
    return text.replace("[", "\\[")
