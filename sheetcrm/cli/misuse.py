"""What is wrong with the words of a call, said by us: click speaks English only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

from sheetcrm.errors import UsageError
from sheetcrm.text import Message, msg


@contextmanager
def own_words(context: click.Context) -> Iterator[None]:
    """Say in our own words what click finds wrong with the words it reads meanwhile.

    Raises:
        UsageError: Instead of each of click's, but the one that only shows the help.
    """
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        raise UsageError(_fault(error, context), _way_out(error, context)) from error


def no_such_command(name: str, names: Sequence[str], context: click.Context) -> UsageError:
    """What to answer to a command that there is not: the nearest one that there is."""
    from sheetcrm.schema.words import nearest  # the schema's words only where one is misspelt

    near = nearest(name, names)
    hint = msg("Did you mean “{name}”?", name=near[0]) if near else see_help(context)
    return UsageError(msg("There is no command “{name}”.", name=name), hint)


def see_help(context: click.Context) -> Message:
    """The way out that is always there."""
    return msg("See `{command} --help`.", command=context.command_path)


def _fault(error: click.UsageError, context: click.Context) -> Message:
    match error:
        case click.NoSuchOption():
            return msg("There is no option {option}.", option=error.option_name)
        case click.BadOptionUsage() if _is_flag(error.option_name, context):
            return msg("{option} takes no value.", option=error.option_name)
        case click.BadOptionUsage():
            return msg("{option} needs a value after it.", option=error.option_name)
        case click.MissingParameter(param=click.Parameter() as param):
            return msg("{name} is missing.", name=_called(param))
        case click.BadParameter(param=click.Parameter(type=click.Choice() as choice) as param):
            return msg("{name} is one of: {choices}.", name=_called(param), choices=list(choice.choices))
        case click.BadParameter(param=click.Parameter() as param):
            return msg("{name}: {fault}", name=_called(param), fault=error.message)
    return msg("The call cannot be read: {fault}", fault=error.format_message())


def _way_out(error: click.UsageError, context: click.Context) -> Message:
    if isinstance(error, click.NoSuchOption) and error.possibilities:
        return msg("Did you mean {name}?", name=error.possibilities[0])
    return see_help(context)


def _called(param: click.Parameter) -> str:
    """What people know it by: `--as-of`, or the BOOK and TAB of the usage line."""
    return max(param.opts, key=len) if isinstance(param, click.Option) else param.human_readable_name.strip("[].")


def _is_flag(name: str, context: click.Context) -> bool:
    return any(
        isinstance(param, click.Option) and param.is_flag and name in param.opts for param in context.command.params
    )
