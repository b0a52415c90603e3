"""S: the tabs Settings and Lists. What the firm set must be understood, or it is not in force."""

from __future__ import annotations

from collections.abc import Iterator

from sheetcrm.schema.facts import Facts
from sheetcrm.schema.words import ENUMERATIONS, fold
from sheetcrm.text import Message, msg
from sheetcrm.validators.rule import Fault, rule


@rule("S010", "unfit-setting", msg("A setting that is not understood"))
def unfit_setting(facts: Facts) -> Iterator[Fault]:
    """A row of the tab Settings names no known setting, names one twice, or has a value that cannot be read.

    Why it matters:
        The default is in force instead, and nobody notices.

    Broken (Settings!B2):
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

        Settings
        Setting    | Value
        stale_days | soon

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

        Settings
        Setting    | Value
        stale_days | 60

    What to do:
        Correct the value; the third column of the tab says what the setting means.
    """
    table = facts.base.table("settings")
    for fault in facts.base.setting_faults if table is not None else ():
        typed = str(table.cells(fault.column)[fault.position]) if table is not None else ""
        text = msg("“{value}”: {fault}", value=typed, fault=fault.message)
        yield Fault("settings", fault.position, fault.column, text, msg("until then the default is in force"))


@rule("S011", "unfit-list-value", msg("A row of Lists that is not understood"))
def unfit_list_value(facts: Facts) -> Iterator[Fault]:
    """A row of the tab Lists names no known list, has no code, adds to a closed list, or gives a label twice.

    Stages, categories, states and directions are closed: they can be renamed, not added to.

    Why it matters:
        The value is not offered and not understood, or one label means two things.

    Broken (Lists!A2):
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

        Lists
        List    | Code | English | Russian
        colours | red  | Red     | Красный

    Sound:
        Companies
        Company ID | Name  | Stage       | Phone            | Address
        C-000001   | Aurum | Information | +7 912 345-67-89 | Lenina 1

        Lists
        List   | Code  | English | Russian
        source | radio | Radio   | Радио

    What to do:
        Take the name of a list from another row, or from the manual of the workbook.
    """
    base = facts.base
    labels: dict[tuple[str, str], str] = {}
    columns = (base.texts("lists", code) for code in ("list", "code", "en", "ru"))
    for position, (name, code, en, ru) in enumerate(zip(*columns, strict=True)):
        if name not in ENUMERATIONS:
            text = msg("there is no list “{list}”", list=name) if name else msg("the row names no list")
            yield Fault("lists", position, "list", text, msg("the lists are: {values}", values=sorted(ENUMERATIONS)))
            continue
        fault = _code_fault(name, code)
        if fault is not None:
            yield Fault("lists", position, "code", *fault)
        for column, label in (("en", en), ("ru", ru)):
            other = labels.setdefault((name, fold(label)), code) if label else code
            if other != code:
                text = msg("“{label}” is already the label of {code}", label=label, code=other)
                yield Fault("lists", position, column, text, msg("give it another label"))


def _code_fault(name: str, code: str) -> tuple[Message, Message] | None:
    enumeration = ENUMERATIONS[name]
    known = [choice.code for choice in enumeration.choices]
    if not code:
        return msg("the row has no code"), msg("type a short code of your own, in Latin letters")
    if not enumeration.open and code not in known:
        text = msg("“{code}” cannot be added: the list “{list}” is closed", code=code, list=enumeration.label)
        return text, msg("its codes are: {values}", values=known)
    return None


RULES = (unfit_setting, unfit_list_value)
