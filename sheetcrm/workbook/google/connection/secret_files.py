"""Files that hold secrets: read only where nobody else may read them, written so that nobody else ever could."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from stat import S_IMODE
from tempfile import mkstemp
from typing import Any

import platformdirs

from sheetcrm.errors import AccessError
from sheetcrm.text import msg

_OTHERS = 0o077
_LARGEST = 1_000_000
"""Bytes; a key has two thousand. A pipe, or what only looks like a file, might never end."""


def config_folder() -> Path:
    """Where this platform keeps a program's settings; it need not exist."""
    return platformdirs.user_config_path("sheetcrm", appauthor=False)


def read_json(path: Path) -> tuple[dict[str, Any], int]:
    """What stands in a file, and who may read it besides its owner.

    Returns:
        The content, and the mode's bits for group and others; 0 where a platform has no such bits.

    Raises:
        AccessError: If there is no such file, or no JSON object in it.
    """
    try:
        if path.exists() and (not path.is_file() or path.stat().st_size > _LARGEST):
            raise _no_json(path)
        with path.open("rb") as stream:
            mode = S_IMODE(os.fstat(stream.fileno()).st_mode) if os.name == "posix" else 0
            content = stream.read()
    except FileNotFoundError:
        raise AccessError(msg("There is no file {path} with credentials.", path=str(path))) from None
    except OSError as error:
        raise AccessError(
            msg("The file {path} with credentials cannot be read: {why}.", path=str(path), why=error.strerror or "?")
        ) from None
    return _parsed(content, path), mode & _OTHERS


def _parsed(content: bytes, path: Path) -> dict[str, Any]:
    # Not `from error`: the exception would carry the content along.
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise _no_json(path)
    return found


def _no_json(path: Path) -> AccessError:
    return AccessError(
        msg("{path} holds no credentials: it is no JSON file.", path=str(path)),
        msg("Name the file as Google gave it to you, ending in .json."),
    )


def check_private(path: Path, others: int) -> None:
    """Do nothing if only its owner may read the file.

    Raises:
        AccessError: If others may.
    """
    if others:
        raise AccessError(
            msg("Other people on this computer can read {path}, and it opens your sheets.", path=str(path)),
            msg("Type: chmod 600 {path}", path=str(path)),
        )


def check_keeps(folder: Path) -> None:
    """Do nothing if secrets can be kept in a folder, which is made for them: asked before anybody signs in.

    Raises:
        AccessError: If they cannot.
    """
    probe = folder / ".probe"
    write_private(probe, {})
    probe.unlink(missing_ok=True)


def write_private(path: Path, content: Mapping[str, Any]) -> None:
    """Put a secret into a file that only its owner may read, whole or not at all.

    Raises:
        AccessError: If it cannot be written.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.parent.chmod(0o700)
        # A temporary file is made 0600, so that the secret is at no moment anybody else's to read.
        handle, name = mkstemp(dir=path.parent, prefix=path.name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                json.dump(content, stream)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise AccessError(
            msg("Access cannot be kept in {path}: {why}.", path=str(path), why=error.strerror or "?")
        ) from None
