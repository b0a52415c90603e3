"""The templates: with which tabs, settings and list values a book begins."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from sheetcrm.errors import UsageError
from sheetcrm.schema.settings import Settings, read_settings
from sheetcrm.schema.words import Choice, nearest
from sheetcrm.text import Label, Lang, msg

_PACKAGE = "sheetcrm.templates"
_PRIVATE = "_"
"""Begins the name of a file that templates share and nobody chooses."""


@dataclass(frozen=True)
class Template:
    """With what a firm of one kind begins.

    Attributes:
        name: What it is asked for by.
        title: For which firms it is.
        tabs: The tables that are enabled beside those of every fresh book.
        settings: The settings that differ from the defaults, as typed.
        choices: Values added to the lists, by list.
        recipe: What the demo firm is made of, see `sheetcrm.fresh.demo.recipe`.
    """

    name: str
    title: Label
    tabs: tuple[str, ...]
    settings: Mapping[str, str]
    choices: Mapping[str, Sequence[Choice]]
    recipe: Mapping[str, Any]


def names() -> list[str]:
    """The templates that can be chosen."""
    found = (file.name for file in files(_PACKAGE).iterdir())
    return sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml") and name[0] != _PRIVATE)


def template(name: str) -> Template:
    """The template of that name.

    Raises:
        UsageError: If there is none.
    """
    if name not in names():
        raise _unknown(name)
    raw = parsed(name)
    choices: dict[str, list[Choice]] = {}
    for row in raw.get("lists", ()):
        choices.setdefault(row["list"], []).append(Choice(row["code"], Label(row["en"], row["ru"])))
    return Template(name, Label(**raw["title"]), tuple(raw["tabs"]), raw.get("settings", {}), choices, raw["demo"])


def parsed(name: str) -> Mapping[str, Any]:
    """A template file as TOML gives it."""
    return tomllib.loads(files(_PACKAGE).joinpath(f"{name}.toml").read_text("utf-8"))


def settings_of(lang: Lang, typed: Mapping[str, str]) -> Settings:
    """The defaults with the template's settings laid over them.

    Args:
        lang: The language of the book.
        typed: Settings as they would be typed.
    """
    given = {"language": lang, **typed}
    return read_settings(list(given), list(given.values()))[0]


def _unknown(name: str) -> UsageError:
    near = nearest(name, names())
    hint = msg("Did you mean {name}?", name=near[0]) if near else None
    return UsageError(msg("There is no template “{name}”; there are {names}.", name=name, names=names()), hint)
