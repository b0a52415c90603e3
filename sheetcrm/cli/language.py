"""Which language the output is in, and what sheetcrm.toml says."""

from __future__ import annotations

import locale
import os
import tomllib
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from pathlib import Path

from sheetcrm.errors import UsageError
from sheetcrm.text import LANGUAGES, Lang, msg

CONFIG = "sheetcrm.toml"

LANGUAGE = msg("The language of the output: en or ru.")
"""What `--lang` is for, before a command and after it."""


def config(folder: Path | None = None) -> Mapping[str, object]:
    """What `sheetcrm.toml` of the folder says: `book`, `lang`, `backups`; nothing where there is none.

    Raises:
        UsageError: If the file is not TOML.
    """
    path = (folder or Path()) / CONFIG
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise UsageError(
            msg("{file} cannot be read: {reason}", file=CONFIG, reason=str(error)), msg("Mend the file or remove it.")
        ) from error


def _known(text: object) -> Lang | None:
    word = str(text or "").lower()[:2]
    return next((lang for lang in LANGUAGES if lang == word), None)


def chosen_language(args: Sequence[str]) -> Lang | None:
    """The language asked for by `--lang` or sheetcrm.toml; None where nobody asked."""
    for word, following in zip_longest(args, args[1:], fillvalue=""):
        if word == "--lang" or word.startswith("--lang="):
            found = _known(word.partition("=")[2] or following)
            if found is not None:
                return found
    try:
        return _known(config().get("lang"))
    except UsageError:
        return None


def spoken_language(args: Sequence[str]) -> Lang:
    """The language of help and errors: asked for, else the locale's, else English."""
    chosen = chosen_language(args)
    if chosen is not None:
        return chosen
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return _known(os.environ[name]) or "en"
    return _known(locale.getlocale()[0]) or "en"
