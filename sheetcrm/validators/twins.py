"""H: twins. Two rows that seem to be one client or one person; it is only said, never acted on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from sheetcrm.schema.base import Base
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.identity import FirmName, bare_names, city_key, email_keys, firm_name, phone_keys, web_domain
from sheetcrm.schema.words import fold_all
from sheetcrm.table import Value
from sheetcrm.text import Message, msg
from sheetcrm.validators.rule import Fault, rule

_MOST = 50
"""Among more rows that share a name or a line they are no longer compared one by one: it is no sign then."""


class _Firm(NamedTuple):
    """What tells a company from another."""

    inn: Value
    name: FirmName
    city: str


def _repeated(positions: Sequence[int], keys: Sequence[object]) -> list[list[int]]:
    """The positions that share a key, at least two of them, in sheet order."""
    again = {key for key, count in Counter(keys).items() if count > 1} if len(set(keys)) < len(keys) else ()
    groups: dict[object, list[int]] = {key: [] for key in again}
    for position, key in zip(positions, keys, strict=True) if again else ():
        if key in again:
            groups[key].append(position)
    return list(groups.values())


def _filled(values: Sequence[Value]) -> list[int]:
    return [position for position, value in enumerate(values) if value is not None]


@rule("H001", "company-twice", msg("Two rows seem to be one company"), warning=True)
def company_twice(facts: Facts) -> Iterator[Fault]:
    """Two companies share what tells one company from another.

    That is the INN (and the KPP, where both have one); where one has no INN, the name and city, or the web site. Case,
    quotes and the place of the legal form do not matter; «ООО» and «АО» of one name are two firms. The later row is
    named.

    Why it matters:
        Two managers call the same client, discounts and debts are counted apart, and neither sees the whole.

    Broken (Companies!B3):
        Companies
        Company ID | Name        | Stage       | Phone            | City
        C-000001   | ООО «Заря»  | Information | +7 912 345-67-89 | Perm
        C-000002   | Заря, ООО   | Information | +7 912 345-67-80 | Perm

    Sound:
        Companies
        Company ID | Name        | Stage       | Phone            | City
        C-000001   | ООО «Заря»  | Information | +7 912 345-67-89 | Perm
        C-000002   | Заря, ООО   | Information | +7 912 345-67-80 | Kazan

    What to do:
        If they are one, move what belongs to the newer row to the older one and delete it. If they are branches, give
        each its KPP or city.
    """
    base = facts.base
    said: set[int] = set()
    for code, reason, groups in (
        ("inn", msg("the same INN"), _by_inn(base)),
        ("name", msg("the same name"), _by_name(base)),
        ("website", msg("the same web site"), _by_site(base)),
    ):
        for later, earlier in groups:
            if later not in said:
                said.add(later)
                yield Fault("companies", later, code, *_alike(base, "companies", earlier, reason))


def _alike(base: Base, table: str, earlier: int, reason: Message) -> tuple[Message, Message]:
    place = base.place(table, earlier)
    text = msg("seems to be {name} in row {row}: {reason}", name=place.name or place.id, row=place.row, reason=reason)
    return text, msg("if they are one, keep one of the rows; if not, leave both")


def _by_inn(base: Base) -> Iterator[tuple[int, int]]:
    inns, kpps = base.values("companies", "inn"), base.values("companies", "kpp")
    filled = _filled(inns)
    for group in _repeated(filled, [inns[position] for position in filled]):
        for later, earlier in _pairs(group):
            if kpps[later] is None or kpps[earlier] is None or kpps[later] == kpps[earlier]:
                yield later, earlier


def _pairs(positions: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Each row but the first with those before it."""
    group = sorted(set(positions))
    if len(group) > _MOST:
        group = group[:_MOST]
    return ((later, earlier) for number, later in enumerate(group) for earlier in group[:number])


def _by_name(base: Base) -> Iterator[tuple[int, int]]:
    typed = base.values("companies", "name")
    named = _filled(typed)
    inns, cities = base.values("companies", "inn"), base.values("companies", "city")
    for group in _repeated(named, bare_names([str(typed[position]) for position in named])):
        firms = {p: _Firm(inns[p], firm_name(str(typed[p])), city_key(str(cities[p] or ""))) for p in group}
        for later, earlier in _pairs(group):
            if _are_alike(firms[later], firms[earlier]):
                yield later, earlier


def _are_alike(one: _Firm, other: _Firm) -> bool:
    """Whether two firms of one bare name may be one: a blank on one side contradicts nothing."""
    if one.inn is not None and other.inn is not None:
        return False
    form = not one.name.form or not other.name.form or one.name.form == other.name.form
    return form and (not one.city or not other.city or one.city == other.city)


def _by_site(base: Base) -> Iterator[tuple[int, int]]:
    inns, sites = base.values("companies", "inn"), base.values("companies", "website")
    domains = {p: domain for p in _filled(sites) if (domain := web_domain(str(sites[p])))}
    for group in _repeated(list(domains), list(domains.values())):
        for later, earlier in _pairs(group):
            if inns[later] is None or inns[earlier] is None:
                yield later, earlier


@rule("H004", "contact-twice", msg("Two rows seem to be one person"), warning=True)
def contact_twice(facts: Facts) -> Iterator[Fault]:
    """Two contacts share the name and the company; or a phone or an e-mail, and a word of the name or a blank one.

    People of other names who share an office line or an address like info@ are not taken for one. Those merged or
    erased are left out.

    Why it matters:
        The person is called twice, and what was said stands in two places.

    Broken (Contacts!B3):
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

        Contacts
        Contact ID | Full name | Company | Position | Phone
        P-000001   | Ann Gray  | Aurum   | Buyer    | +7 912 345-67-80
        P-000002   | Gray A.   | Aurum   | Buyer    | 8 (912) 345-67-80

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

        Contacts
        Contact ID | Full name | Company | Position | Phone
        P-000001   | Ann Gray  | Aurum   | Buyer    | +7 912 345-67-80
        P-000002   | Bob Stone | Aurum   | Boss     | 8 (912) 345-67-80

    What to do:
        If they are one, keep one of the rows; if the person moved, give the older row the status Left.
    """
    base = facts.base
    gone = {p for p, status in enumerate(base.values("contacts", "status")) if status in ("merged", "erased", "left")}
    said: set[int] = set()
    for code, reason, groups in _shared(base):
        for group in groups:
            for later, earlier in _pairs(position for position in group if position not in gone):
                if later not in said and (code == "full_name" or _names_agree(base, later, earlier)):
                    said.add(later)
                    yield Fault("contacts", later, "full_name", *_alike(base, "contacts", earlier, reason))


def _shared(base: Base) -> Iterator[tuple[str, Message, list[list[int]]]]:
    """The groups of contacts that share something."""
    companies, names = base.links("contacts", "company").target, base.values("contacts", "full_name")
    named = [position for position in _filled(names) if companies[position] >= 0]
    namesakes = _repeated(named, fold_all([str(names[position]) for position in named]))
    colleagues = [group for alike in namesakes for group in _repeated(alike, [companies[p] for p in alike])]
    yield "full_name", msg("the same name and company"), colleagues
    yield "phone", msg("the same phone"), _repeated(*_lines(base, ("phone", "mobile"), phone_keys))
    yield "email", msg("the same e-mail"), _repeated(*_lines(base, ("email",), email_keys))


def _lines(base: Base, codes: Sequence[str], keys_of: Callable[[str], Sequence[str]]) -> tuple[list[int], list[str]]:
    """The lines by which contacts are reached, and whose each is."""
    positions: list[int] = []
    lines: list[str] = []
    for code in codes:
        values = base.texts("contacts", code)
        filled = [position for position, value in enumerate(values) if value]
        keys = list(map(keys_of, filter(None, values)))
        positions += [position for position, own in zip(filled, keys, strict=True) for _ in own]
        lines += chain.from_iterable(keys)
    return positions, lines


def _names_agree(base: Base, one: int, other: int) -> bool:
    """Whether two names share a word, or one of them is blank."""
    names = base.values("contacts", "full_name")
    first, second = (set(fold_all([str(names[p] or "")])[0].replace(".", " ").split()) for p in (one, other))
    return not first or not second or any(len(word) > 2 for word in first & second)


RULES = (company_twice, contact_twice)
