"""Which rows of a stranger's list are suspected to be one client: without ids, by what identifies it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from sheetcrm.schema import kinds
from sheetcrm.schema.foreign.reading import ForeignList
from sheetcrm.schema.identity import FirmName, city_key, email_keys, firm_name, phone_keys, web_domain
from sheetcrm.schema.words import fold
from sheetcrm.text import Message, msg

_REASONS: Mapping[str, Message] = {
    "inn": msg("the same INN"),
    "name": msg("the same name"),
    "person": msg("the same name and company"),
    "phone": msg("the same phone"),
    "email": msg("the same e-mail"),
    "website": msg("the same web site"),
}
_SHARED_BY = 3
_REMEMBERED = 20


class Twin(NamedTuple):
    """A row that is suspected to repeat an earlier one.

    Attributes:
        position: The row.
        earlier: The earlier row.
        reason: What they have in common.
    """

    position: int
    earlier: int
    reason: Message


class _Who(NamedTuple):
    """What tells one row's client from another's; "" where it is not known."""

    inn: str
    kpp: str
    firm: FirmName
    city: str
    person: str


Key = tuple[str, str]
"""By what a row may be known again: the kind of key, and the key."""


def twins(rows: ForeignList) -> list[Twin]:
    """The rows that repeat an earlier one's client, each with the first that it repeats; deals do so by nature."""
    if rows.rows_of == "deals":
        return []
    who = _who(rows)
    keys = _keys(rows, who)
    known: dict[Key, list[int]] = {}
    found = []
    for position, own in enumerate(keys):
        for key in own:
            earlier = next((one for one in known.get(key, ()) if _may_be_one(rows, who, key, one, position)), None)
            if earlier is not None:
                found.append(Twin(position, earlier, _REASONS[key[0]]))
                break
        for key in own:
            if len(bucket := known.setdefault(key, [])) < _REMEMBERED:
                bucket.append(position)
    return found


def _who(rows: ForeignList) -> list[_Who]:
    columns = [_texts(rows, f"companies.{code}") for code in ("inn", "kpp", "name", "city")]
    parts = [column.values for column in rows.fields("contacts.full_name")] or [[""] * len(rows)]
    people = [" ".join(str(part) for part in of if part) for of in zip(*parts, strict=True)]
    firms = {name: firm_name(name) for name in set(columns[2])}
    cities = {city: city_key(city) for city in set(columns[3])}
    return [
        _Who(inn, kpp, firms[name], cities[city], fold(person))
        for inn, kpp, name, city, person in zip(*columns, people, strict=True)
    ]


def _texts(rows: ForeignList, code: str) -> Sequence[str]:
    """The values of the first column of that field, "" for blank."""
    columns = rows.fields(code)
    return [str(value or "") for value in columns[0].values] if columns else [""] * len(rows)


def _keys(rows: ForeignList, who: Sequence[_Who]) -> list[list[Key]]:
    """What each row may be known by again, the surest first."""
    keys: list[list[Key]] = [[] for _ in who]
    people = rows.rows_of == "contacts"
    for own, one in zip(keys, who, strict=True):
        if one.inn and not people:
            own.append(("inn", one.inn))
        if people and one.person and one.firm.bare:
            own.append(("person", f"{one.firm.bare}|{one.person}"))
        elif one.firm.bare and not people:
            own.append(("name", one.firm.bare))
    _add(rows, keys, "phone", kinds.PHONE, phone_keys)
    _add(rows, keys, "email", kinds.EMAIL, email_keys)
    if not people:
        for own, site in zip(keys, _texts(rows, "companies.website"), strict=True):
            if domain := web_domain(site):
                own.append(("website", domain))
    return keys


def _add(
    rows: ForeignList, keys: Sequence[list[Key]], what: str, kind: kinds.Kind, read: Callable[[str], Sequence[str]]
) -> None:
    """Add the keys that all columns of that kind give; what many clients share tells nothing."""
    columns = [column.values for column in rows.columns if column.field and column.field.kind is kind]
    if not columns:
        return
    found = [{key: None for cell in cells if cell for key in read(str(cell))} for cells in zip(*columns, strict=True)]
    shared = Counter(key for key, _ in {(key, lead) for of, lead in zip(found, rows.leads, strict=True) for key in of})
    for own, of in zip(keys, found, strict=True):
        own += [(what, key) for key in of if shared[key] <= _SHARED_BY]


def _may_be_one(rows: ForeignList, who: Sequence[_Who], key: Key, one: int, other: int) -> bool:
    """Whether nothing tells the two rows apart; rows of one block of merged cells are one client anyway."""
    a, b = who[one], who[other]
    if rows.leads[one] == rows.leads[other] or _differ(a.inn, b.inn) or _differ(a.kpp, b.kpp):
        return False
    if rows.rows_of == "contacts":
        shared = set(a.person.split()) & set(b.person.split())
        return not a.person or not b.person or any(len(word) > 2 for word in shared)
    if key[0] == "name":
        return not _differ(a.firm.form, b.firm.form) and not _differ(a.city, b.city)
    return key[0] != "website" or not _differ(a.city, b.city)


def _differ(one: str, other: str) -> bool:
    return bool(one and other and one != other)
