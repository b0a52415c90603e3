"""Commands whose help speaks the reader's language."""

from __future__ import annotations

from typing import Any

import click

from sheetcrm.cli.misuse import own_words
from sheetcrm.errors import UsageError
from sheetcrm.text import Lang, msg, say


class Spoken(click.Command):
    """A command whose help speaks the reader's language and closes with an example."""

    allow_extra_args = True  # They are refused below, in our own words.

    def __init__(self, *args: Any, lang: Lang, example: str, **kwargs: Any) -> None:
        """Take the language and an example call."""
        self.lang = lang
        self.example = example
        super().__init__(*args, **kwargs)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words of the call, and say what is wrong with them."""
        with own_words(ctx):
            rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            hint = msg("A name with spaces stands in quotes; see `{command} --help`.", command=ctx.command_path)
            raise UsageError(msg("Too many words: {words}.", words=" ".join(rest)), hint)
        return rest

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Say how to call it."""
        pieces = [piece for param in self.get_params(ctx) for piece in param.get_usage_pieces(ctx)]
        usage = " ".join([*pieces, say(msg("[OPTIONS]"), self.lang)])
        formatter.write_usage(ctx.command_path, usage, prefix=say(msg("Usage:"), self.lang) + " ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the options, then the example."""
        options = (param for param in self.get_params(ctx) if isinstance(param, click.Option))
        rows = [row for option in options if (row := option.get_help_record(ctx)) is not None]
        with formatter.section(say(msg("Options"), self.lang)):
            formatter.write_dl(rows)
        write_example(formatter, self.example, self.lang)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, explained in the reader's language."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say(msg("Show this and leave."), self.lang)
        return option


def write_example(formatter: click.HelpFormatter, example: str, lang: Lang) -> None:
    """Close a help screen with an example call."""
    with formatter.section(say(msg("Example"), lang)):
        for line in example.strip().splitlines():
            # Not wrapped: a line that is copied must stay whole.
            formatter.write(f"{'':>{formatter.current_indent}}{line}\n")
