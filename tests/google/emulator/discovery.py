"""Google's own discovery documents: what a request may hold, and whether an answer is one that Google could give.

Reading is lenient as Google's JSON parser is: snake_case names, numbers written as strings and nulls are taken;
unknown names and wrong kinds are refused in Google's words, all of them in one answer.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

from tests.google.emulator.errors import Json, violations

Found = list[tuple[str, str]]
# Where in a body: linked from the inside out, and spelled only where a fault is told.
Place = tuple["Place", str | int] | None
Read = Callable[[Any, Place, Found], Any]

_INTEGER = re.compile(r"-?\d+")
_LIMITS = {"int32": 2**31, "int64": 2**63}
# Here Google leaves out an id of 0: the first tab of a new book.
_ZERO_IS_UNSAID = {"GridRange", "GridCoordinate", "DimensionRange"}


def snake(name: str) -> str:
    """How Google's messages write a name: `updateCells` is `update_cells` there."""
    return re.sub(r"([A-Z])", lambda found: "_" + found[1].lower(), name)


def camel(name: str) -> str:
    """The JSON name of a name that may be written in snake_case."""
    return re.sub(r"_([a-z])", lambda found: found[1].upper(), name)


class Document:
    """One service: its methods by id, its schemas by name."""

    def __init__(self, name: str) -> None:
        source = files("googleapiclient.discovery_cache") / "documents" / f"{name}.json"
        content = json.loads(source.read_text("utf-8"))
        self.schemas: Json = content["schemas"]
        self.parameters: Json = content["parameters"]
        self.methods: dict[str, Json] = dict(_methods(content))
        self._strict, self._lenient = _Readers(self.schemas), _Readers(self.schemas, lenient=True)

    def parse(self, schema: str, body: Any, root: str = "", *, lenient: bool = False) -> Json:
        """The body in the document's own spelling, or a 400 that lists every fault.

        Args:
            schema: The name of the message.
            body: Decoded JSON.
            root: Where Google's messages say that the body sits, such as `data`.
            lenient: Leave out unknown names silently, as Drive v3 does.
        """
        readers, found = self._lenient if lenient else self._strict, Found()
        parsed = readers.message(schema)({} if body is None else body, (None, root) if root else None, found)
        if found:
            raise violations(found)
        return dict(parsed)

    def faults(self, schema: str, answer: Any) -> list[str]:
        """Where an answer is none that Google's document allows."""
        found: Found = []
        self._strict.message(schema)(answer, None, found)
        return [text for _, text in found]

    def parameter(self, rule: Json, value: str, name: str, found: Found) -> Any:
        """One parameter of a query, typed."""
        return self._strict.of(rule)(value, (None, name), found)


def _methods(node: Json) -> list[tuple[str, Json]]:
    own = [(method["id"], method) for method in node.get("methods", {}).values()]
    return own + [pair for child in node.get("resources", {}).values() for pair in _methods(child)]


class _Readers:
    """What reads each kind of value of a document, built once; faults are gathered, not raised."""

    def __init__(self, schemas: Json, *, lenient: bool = False) -> None:
        self.schemas = schemas
        self.lenient = lenient
        self._messages: dict[str, Read] = {}

    def of(self, rule: Json) -> Read:
        """What reads a value of that rule."""
        if "$ref" in rule:
            return self.message(rule["$ref"])
        kind = rule["type"]
        if kind == "any":
            return _as_it_is
        if kind == "array":
            return _list_reader(self.of(rule["items"]), rule["items"].get("type") == "any")
        return self._object(rule, {}, "") if kind == "object" else _scalar_reader(kind, rule)

    def message(self, name: str) -> Read:
        """What reads the message of that name, which may hold others of its kind."""
        if name not in self._messages:
            fields: dict[str, Read] = {}
            self._messages[name] = self._object(self.schemas[name], fields, name)
        return self._messages[name]

    def _object(self, rule: Json, fields: dict[str, Read], name: str) -> Read:
        kind = f"type.googleapis.com/google.apps.sheets.v4.{name or 'Struct'}"
        extra = self.of(rule["additionalProperties"]) if "additionalProperties" in rule else None
        zero_is_unsaid, lenient, known = name in _ZERO_IS_UNSAID, self.lenient, rule.get("properties", {})

        def field(key: str) -> Read | None:
            reader = fields.get(key, extra)
            if reader is None and key in known:
                reader = fields[key] = self.of(known[key])
            return reader

        def read(value: Any, place: Place, found: Found) -> Json:
            message: Json = {}
            if not isinstance(value, dict):
                _wrong(place, kind, value, found)
                return message
            for key, item in value.items():
                known_as = key
                if (reader := fields.get(key) or field(key)) is None:
                    known_as = camel(key)
                    reader = field(known_as)
                if reader is None:
                    if not lenient:
                        _unknown(place, key, found)
                elif item is not None:
                    message[known_as] = reader(item, (place, known_as), found)
            if zero_is_unsaid and message.get("sheetId") == 0:
                del message["sheetId"]
            return message

        return read


def _as_it_is(value: Any, _: Place, __: Found) -> Any:
    return value


def _list_reader(item: Read, anything: bool) -> Read:
    def read(value: Any, place: Place, found: Found) -> list[Any]:
        if anything and not isinstance(value, list):
            _wrong(place, "type.googleapis.com/google.protobuf.ListValue", value, found)
            return []
        if not isinstance(value, list):
            # Google's parser takes a lone value for a list of one.
            return [item(value, (place, 0), found)]
        return value if anything else [item(one, (place, number), found) for number, one in enumerate(value)]

    return read


def _scalar_reader(kind: str, rule: Json) -> Read:
    typed = {"string": _string, "boolean": _boolean, "integer": _integer, "number": _number}[kind]
    name = _type_name(kind, rule)

    def read(value: Any, place: Place, found: Found) -> Any:
        parsed = typed(value, rule)
        if parsed is None:
            _wrong(place, name, value, found)
        return parsed

    return read


def _spelled(place: Place) -> str:
    """A place as Google's messages write it: `requests[0].update_cells.rows`."""
    if place is None:
        return ""
    outer, name = _spelled(place[0]), place[1]
    if isinstance(name, int):
        return f"{outer}[{name}]"
    return f"{outer}.{snake(name)}" if outer else snake(name)


def _unknown(place: Place, key: str, found: Found, why: str = "Cannot find field.") -> None:
    path = _spelled(place)
    where = f" at '{path}'" if path else ""
    found.append((path, f'Invalid JSON payload received. Unknown name "{key}"{where}: {why}'))


def _wrong(place: Place, kind: str, value: Any, found: Found) -> None:
    if isinstance(value, list) and place and isinstance(place[1], str):
        return _unknown(place[0], place[1], found, "Proto field is not repeating, cannot start list.")
    path = _spelled(place)
    found.append((path, f"Invalid value at '{path}' ({kind}), {json.dumps(value, ensure_ascii=False)}"))
    return None


def _type_name(kind: str, rule: Json) -> str:
    if "enum" in rule:
        return "TYPE_ENUM"
    number = str(rule.get("format", kind)).upper()
    return {"string": "TYPE_STRING", "boolean": "TYPE_BOOL"}.get(kind, f"TYPE_{number}")


def _string(value: Any, rule: Json) -> str | None:
    if rule.get("format") == "int64" and isinstance(value, int):
        value = str(value)
    if not isinstance(value, str) or ("enum" in rule and value not in rule["enum"]):
        return None
    return value


def _boolean(value: Any, _: Json) -> bool | None:
    if isinstance(value, str) and value.lower() in {"true", "false"}:
        return value.lower() == "true"
    return value if isinstance(value, bool) else None


def _integer(value: Any, rule: Json) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and _INTEGER.fullmatch(value):
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    limit = _LIMITS[rule.get("format", "int32")]
    return value if isinstance(value, int) and -limit <= value < limit else None


def _number(value: Any, _: Json) -> float | int | None:
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            return None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if is_number and math.isfinite(value) else None


@cache
def sheets() -> Document:
    """Google Sheets, version 4."""
    return Document("sheets.v4")


@cache
def drive() -> Document:
    """Google Drive, version 3."""
    return Document("drive.v3")


def check_path(document: Document, method: Json, path: dict[str, str]) -> None:
    """Refuse a path in which a word stands for a number."""
    found: Found = []
    for name, value in path.items():
        document.parameter(method["parameters"][name], value, name, found)
    if found:
        raise violations(found)


def parameters(document: Document, method: Json, query: dict[str, list[str]]) -> Json:
    """The query's parameters, typed; Sheets refuses those it does not know, Drive overlooks them."""
    known = {**document.parameters, **method.get("parameters", {})}
    found: Found = []
    typed: Json = {}
    for key, values in query.items():
        rule = known.get(key) or known.get(camel(key))
        if rule is None:
            if document is sheets():
                text = f"Cannot bind query parameter. Field '{key}' could not be found in request message."
                found.append((key, f'Invalid JSON payload received. Unknown name "{key}": {text}'))
            continue
        parsed = [document.parameter(rule, value, key, found) for value in values]
        typed[camel(key)] = parsed if rule.get("repeated") else parsed[-1]
    if found:
        raise violations(found)
    return typed
