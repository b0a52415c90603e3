"""A command that is a group of commands: `sheetcrm book inspect`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

from sheetcrm.cli.language import LANGUAGE
from sheetcrm.cli.misuse import no_such_command, own_words
from sheetcrm.cli.spoken import write_example
from sheetcrm.text import LANGUAGES, Lang, Message, msg, say

Build = Callable[[Lang], click.Command]


class Spoken(click.Group):
    """Commands under one name, their help in the reader's language."""

    def __init__(self, lang: Lang, name: str, help: Message, example: str, commands: Sequence[Build]) -> None:
        """Take an example call, and the commands in the order of the help screen."""
        self.lang = lang
        self.example = example
        super().__init__(
            name,
            help=say(help, lang),
            commands=[build(lang) for build in commands],
            params=[click.Option(["--lang"], type=click.Choice(LANGUAGES), help=say(LANGUAGE, lang))],
        )

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order given."""
        return list(self.commands)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words before the command, and say what is wrong with them."""
        with own_words(ctx):
            return super().parse_args(ctx, args)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Name the nearest command when one is misspelt."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            raise no_such_command(args[0], list(self.commands), ctx)
        return super().resolve_command(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Say how to call it."""
        takes_book = any(param.name == "book" for command in self.commands.values() for param in command.params)
        usage = say(msg("COMMAND [BOOK] [OPTIONS]") if takes_book else msg("COMMAND [OPTIONS]"), self.lang)
        formatter.write_usage(ctx.command_path, usage, prefix=say(msg("Usage:"), self.lang) + " ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands and the options, then the example."""
        with formatter.section(say(msg("Commands"), self.lang)):
            formatter.write_dl([(name, command.help or "") for name, command in self.commands.items()])
        with formatter.section(say(msg("Options"), self.lang)):
            formatter.write_dl([row for param in self.get_params(ctx) if (row := param.get_help_record(ctx))])
        write_example(formatter, self.example, self.lang)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, explained in the reader's language."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say(msg("Show this and leave."), self.lang)
        return option
