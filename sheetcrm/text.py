"""What people read: messages kept as data and said in the reader's language.

Code writes `msg("{tab} has no column {column}", tab=…, column=…)`; nothing is translated until `say` is
called with a language, so a finding or an error carries no language of its own. The catalogue is
`sheetcrm/locale/LANG/LC_MESSAGES/sheetcrm.po`, compiled when the package is built.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

Lang = Literal["en", "ru"]
LANGUAGES: tuple[Lang, ...] = ("en", "ru")

_NO_BREAK_SPACE = "\u00a0"
_MINUS = "\u2212"
_GROUPED_FROM = 10_000


class Label(NamedTuple):
    """A name in both languages of the workbook: of a tab, a column, an enumeration value."""

    en: str
    ru: str

    def get(self, lang: Lang) -> str:
        """The name in `lang`."""
        return self.ru if lang == "ru" else self.en


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for people, not yet in a language.

    Attributes:
        id: The English text with `{name}` slots; the key of the catalogue.
        args: What fills the slots; a `Message` or a `Label` among them is said in the same language.
        plural: The English plural, where the sentence counts something.
        count: The number that picks the plural form.
    """

    id: str
    args: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None
    count: int = 0


def msg(id: str, /, **args: object) -> Message:
    """A message; the name is what the catalogue's extractor looks for."""
    return Message(id, args)


def nmsg(one: str, many: str, count: int, /, **args: object) -> Message:
    """A message that counts: `nmsg("{n} row", "{n} rows", n, n=n)`."""
    return Message(one, args, many, count)


@cache
def _catalogue(lang: Lang) -> gettext.NullTranslations:
    if lang == "en":
        return gettext.NullTranslations()
    # Not importlib.resources, which would load a hundredth of a second's worth of modules.
    path = Path(__file__).with_name("locale") / lang / "LC_MESSAGES/sheetcrm.mo"
    with path.open("rb") as stream:
        return gettext.GNUTranslations(stream)


def say(message: Message | Label | str, lang: Lang) -> str:
    """The message in `lang`, its slots filled."""
    if isinstance(message, str):
        return message
    if isinstance(message, Label):
        return message.get(lang)
    catalogue = _catalogue(lang)
    if message.plural is None:
        text = catalogue.gettext(message.id)
    else:
        text = catalogue.ngettext(message.id, message.plural, message.count)
    if not message.args:
        return text
    return text.format_map({name: show(value, lang) for name, value in message.args.items()})


def show(value: object, lang: Lang) -> str:
    """A value as people of that language write it: `1 234,50`, `21.11.2026`, `да`."""
    match value:
        case None:
            return ""
        case Message() | Label():
            return say(value, lang)
        case str():
            return value
        case bool():
            return say(YES if value else NO, lang)
        case datetime():
            return value.strftime("%d.%m.%Y %H:%M" if lang == "ru" else "%Y-%m-%d %H:%M")
        case date():
            return value.strftime("%d.%m.%Y" if lang == "ru" else "%Y-%m-%d")
        case int() if abs(value) < _GROUPED_FROM:
            # A year or a row's number is not grouped, and «1234» reads well without a separator.
            return _signed(str(value))
        case int() | float() | Decimal():
            return number(value, lang)
        case list() | tuple():
            return ", ".join(show(item, lang) for item in value)
        case set() | frozenset():
            return ", ".join(sorted(show(item, lang) for item in value))
        case _:
            return str(value)


def number(value: float | Decimal, lang: Lang, places: int | None = None) -> str:
    """A number with the language's separators: `1 234,50`.

    Args:
        value: What to write.
        lang: Whose separators to use.
        places: Decimal places to round to; None keeps what the value has, less a float's noise.
    """
    if places is not None:
        text = f"{value:,.{places}f}"
    elif isinstance(value, float):
        text = f"{value:,.15g}"
    else:
        text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    if lang == "ru":
        text = text.replace(",", _NO_BREAK_SPACE).replace(".", ",")
    return _signed(text)


def _signed(text: str) -> str:
    """The digits with a real minus sign."""
    return _MINUS + text[1:] if text.startswith("-") else text


YES = Label("yes", "да")
NO = Label("no", "нет")
