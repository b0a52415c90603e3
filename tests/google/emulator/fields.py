"""Field masks: which parts of a message a caller asks for, or means to change.

A mask such as `sheets(properties.title,data/rowData)` is a tree of names; an empty tree means "all of it".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.google.emulator.discovery import Document, camel
from tests.google.emulator.errors import ApiError, Json, invalid, violations

Mask = dict[str, "Mask"]

_TOKEN = re.compile(r"[\w$]+|[*(),./]")


def read(text: str) -> Mask:
    """The tree that a mask spells; the empty tree for `*`."""
    tokens = _TOKEN.findall(text)
    if "".join(tokens) != re.sub(r"\s", "", text):
        raise _unreadable(text)
    mask, rest = _read_list(tokens)
    if rest:
        raise _unreadable(text)
    return {} if "*" in mask else mask


def _read_list(tokens: list[str]) -> tuple[Mask, list[str]]:
    mask: Mask = {}
    while True:
        path, tokens = _read_path(tokens)
        _join(mask, path)
        if not tokens or tokens[0] != ",":
            return mask, tokens
        tokens = tokens[1:]


def _read_path(tokens: list[str]) -> tuple[Mask, list[str]]:
    if not tokens or tokens[0] in set("(),./"):
        raise _unreadable("".join(tokens))
    name, tokens = camel(tokens[0]), tokens[1:]
    inner: Mask = {}
    if tokens and tokens[0] in {".", "/"}:
        inner, tokens = _read_path(tokens[1:])
    elif tokens and tokens[0] == "(":
        inner, tokens = _read_list(tokens[1:])
        if not tokens or tokens[0] != ")":
            raise _unreadable("".join(tokens))
        tokens = tokens[1:]
    return {name: {} if "*" in inner else inner}, tokens


def _join(mask: Mask, more: Mask) -> None:
    for name, inner in more.items():
        if name not in mask:
            mask[name] = inner
        elif not inner or not mask[name]:
            mask[name] = {}
        else:
            _join(mask[name], inner)


def _unreadable(text: str) -> ApiError:
    return invalid(f"Request contains an invalid argument. The field mask cannot be read at '{text}'.")


def check(document: Document, schema: str, mask: Mask, *, parameter: str = "fields") -> None:
    """Refuse names that the message does not have, as Google does."""
    wrong = _unknown(document, {"$ref": schema}, mask, "")
    if wrong:
        text = f"Error expanding '{parameter}' parameter. Cannot find matching fields for path '{wrong}'."
        error = violations([(wrong, text)])
        error.message = "Request contains an invalid argument."
        raise error


def _unknown(document: Document, rule: Json, mask: Mask, path: str) -> str:
    while "items" in rule or "additionalProperties" in rule:
        rule = rule.get("items") or rule["additionalProperties"]
    known = document.schemas[rule["$ref"]].get("properties", {}) if "$ref" in rule else rule.get("properties", {})
    for name, inner in mask.items():
        here = f"{path}.{name}" if path else name
        if name not in known:
            return here
        deeper = _unknown(document, known[name], inner, here) if inner else ""
        if deeper:
            return deeper
    return ""


class Cut(list[Any]):
    """A list whose items were cut to the mask when they were made, as cells are: cutting it again changes nothing."""


def select(mask: Mask, value: Any) -> Any:
    """Only what the mask names; lists keep their length, so that positions still tell rows and cells."""
    return selector(mask)(value)


def selector(mask: Mask) -> Callable[[Any], Any]:
    """What cuts values to that mask, for many of a kind."""
    if not mask:
        return _whole
    parts = [(name, selector(inner)) for name, inner in mask.items()]

    def chosen(value: Any) -> Any:
        if isinstance(value, list):
            return value if isinstance(value, Cut) else [chosen(item) for item in value]
        if not isinstance(value, dict):
            return value
        named: Json = {}
        for name, inner in parts:
            if name in value:
                item = inner(value[name])
                if item != {} or value[name] == {}:
                    named[name] = item
        return named

    return chosen


def _whole(value: Any) -> Any:
    return value


def covers(mask: Mask, *path: str) -> bool:
    """Whether the mask asks for anything at or below the path."""
    for name in path:
        if not mask:
            return True
        if name not in mask:
            return False
        mask = mask[name]
    return True


def apply(mask: Mask, target: Json, source: Json) -> Json:
    """A copy of `target` in which what the mask names is as in `source`: set, or cleared where it has none."""
    if not mask:
        return dict(source)
    changed = dict(target)
    for name, inner in mask.items():
        if inner:
            part = apply(inner, changed.get(name) or {}, source.get(name) or {})
            changed[name] = part
        elif name in source:
            changed[name] = source[name]
        else:
            changed.pop(name, None)
            continue
        if changed[name] in ({}, []):
            del changed[name]
    return changed
