"""The program: its commands in groups, loaded when named, and what becomes of errors."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import click

from sheetcrm import __version__
from sheetcrm.cli.language import LANGUAGE, spoken_language
from sheetcrm.cli.misuse import no_such_command, own_words
from sheetcrm.errors import Exit, SheetcrmError
from sheetcrm.text import LANGUAGES, Lang, Message, msg, say

TRACEBACK = "SHEETCRM_TRACEBACK"
"""Set this variable to see where a failure of ours came from."""


class Entry(NamedTuple):
    """A command before it is loaded: its name, and its line on the help screen."""

    name: str
    line: Message


class Group(NamedTuple):
    """A group of commands on the help screen."""

    title: Message
    entries: tuple[Entry, ...]


GROUPS: tuple[Group, ...] = (
    Group(
        msg("Every day"),
        (
            Entry("validate", msg("Check the book: what is wrong, where, and what to do about it.")),
            Entry("update", msg("Give ids, refresh grey columns, tasks and the published tabs.")),
            Entry("report", msg("Write reports as tabs: stages, sales, pipeline, reactivation…")),
            Entry("tasks", msg("Plan what to do next: a task sheet for every manager.")),
        ),
    ),
    Group(
        msg("Set up"),
        (
            Entry("init", msg("Make a client base, or add to a book what it is missing.")),
            Entry("enable", msg("Add more tabs: products, payments, campaigns…")),
            Entry("auth", msg("Sign in to Google as a person, see as whom a Google Sheet is opened, sign out.")),
            Entry("doctor", msg("Check what commands need: credentials, access, clock, locale, tabs, limits.")),
        ),
    ),
    Group(msg("Data"), (Entry("pivot", msg("Count anything by anything, as a tab.")),)),
    Group(
        msg("Care"),
        (
            Entry("explain", msg("Print the manual of a rule, a report or a task rule.")),
            Entry("book", msg("Look after the file: what is in it, its backups, its cleared rows.")),
        ),
    ),
)
"""Every command, in the order of the first help screen."""

COMMANDS: tuple[str, ...] = tuple(entry.name for group in GROUPS for entry in group.entries)


class Program(click.Group):
    """The group of all commands; a command's module is imported only when the command is named."""

    def __init__(self, lang: Lang) -> None:
        """Speak that language."""
        self.lang = lang
        super().__init__(
            "sheetcrm",
            help=say(msg("Your client list, in the workbook you have, as a real client base."), lang),
            invoke_without_command=True,
            callback=_need_command,
            params=[
                click.Option(["--lang"], type=click.Choice(LANGUAGES), help=say(LANGUAGE, lang)),
                click.Option(
                    ["--version"],
                    is_flag=True,
                    is_eager=True,
                    expose_value=False,
                    callback=_print_version,
                    help=say(msg("Print the version."), lang),
                ),
            ],
        )

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words before the command, and say what is wrong with them."""
        with own_words(ctx):
            return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order of the help screen."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"sheetcrm.cli.{cmd_name}")
        command: click.Command = module.build(self.lang)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Name the nearest command when one is misspelt."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            raise no_such_command(args[0], COMMANDS, ctx)
        return super().resolve_command(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Say how to call it."""
        usage = say(msg("COMMAND [BOOK] [OPTIONS]"), self.lang)
        formatter.write_usage(ctx.command_path, usage, prefix=say(msg("Usage:"), self.lang) + " ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by group, then the options; what BOOK is stands below."""
        for group in GROUPS:
            with formatter.section(say(group.title, self.lang)):
                formatter.write_dl([(entry.name, say(entry.line, self.lang)) for entry in group.entries])
        with formatter.section(say(msg("Options"), self.lang)):
            formatter.write_dl([row for param in self.params if (row := param.get_help_record(ctx)) is not None])
        formatter.write_paragraph()
        formatter.write_text(
            say(
                msg(
                    "BOOK is the path of an .xlsx, or a Google Sheet: its address, or gsheet:ID. Left out, it is the"
                    " one that sheetcrm.toml or SHEETCRM_BOOK names, or the only book in this folder."
                    " `sheetcrm COMMAND --help` shows a command with an example."
                ),
                self.lang,
            )
        )


def _need_command(lang: Lang | None) -> None:
    """Show the help where no command is named."""
    context = click.get_current_context()
    if context.invoked_subcommand is None:
        raise click.exceptions.NoArgsIsHelpError(context)


def _print_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"sheetcrm {__version__}")
        ctx.exit()


def run(args: Sequence[str]) -> int:
    """Run the program.

    Args:
        args: The words after `sheetcrm`.

    Returns:
        The exit code (`sheetcrm.errors.Exit`).
    """
    _speak_utf8()
    lang = spoken_language(args)
    try:
        code = Program(lang).main(list(args), prog_name="sheetcrm", standalone_mode=False)
        return code if isinstance(code, int) else Exit.DONE
    except SheetcrmError as error:
        return _stop(args, error.code, error.message, error.hint, error.exit_code, lang)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as error:
        return _stop(args, "Usage", error.format_message(), None, Exit.USAGE, lang)
    except (KeyboardInterrupt, click.Abort):
        click.echo(say(msg("Interrupted; nothing was changed."), lang), err=True)
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # The reader of our output (`head`) has seen enough; keep the interpreter from flushing into it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    except OSError as error:
        # What goes wrong with a file names it; only the output has no name.
        if error.filename is not None:
            return _failed(args, error, lang)
        message = msg("The output cannot be written: {reason}.", reason=error.strerror or str(error))
        return _stop(args, "Output", message, msg("Print it to another place."), Exit.CANNOT_RUN, lang)
    except MemoryError:
        message = msg("There is not enough memory for this book.")
        return _stop(args, "Memory", message, msg("Close other programs and run it again."), Exit.CANNOT_RUN, lang)
    except Exception as error:
        return _failed(args, error, lang)


def _failed(args: Sequence[str], error: Exception, lang: Lang) -> int:
    """Own up to a failure of ours; raise it where somebody looks for its place."""
    if os.environ.get(TRACEBACK):
        raise error
    message = msg("sheetcrm failed, and that is its own fault: {error}", error=f"{type(error).__name__}: {error}")
    hint = msg("With {variable}=1 it shows where; please report it.", variable=TRACEBACK)
    return _stop(args, "Internal", message, hint, Exit.CANNOT_RUN, lang)


def _stop(
    args: Sequence[str], code: str, message: Message | str, hint: Message | None, exit_code: Exit, lang: Lang
) -> int:
    """Say why we stop: one sentence on stderr, or the documented JSON on stdout."""
    said, way_out = say(message, lang), "" if hint is None else say(hint, lang)
    if _wants_json(args):
        import json

        error = {"code": code, "message": said, "hint": way_out}
        click.echo(json.dumps({"version": 1, "error": error}, ensure_ascii=False))
    else:
        click.echo(said, err=True)
        if way_out:
            click.echo(way_out, err=True)
    return exit_code


def _wants_json(args: Sequence[str]) -> bool:
    return "--format=json" in args or any(pair == ("--format", "json") for pair in pairwise(args))


def _speak_utf8() -> None:
    """Write UTF-8 everywhere, pipes and Windows consoles included."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
