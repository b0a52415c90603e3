"""Which findings were asked for: by code, table, manager or stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sheetcrm.errors import UsageError
from sheetcrm.findings import Finding
from sheetcrm.schema.base import Base
from sheetcrm.schema.record import fields
from sheetcrm.schema.tables import SCHEMA, titled
from sheetcrm.schema.words import Choice, fold
from sheetcrm.text import Message, msg
from sheetcrm.validators.registry import installed_rules


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked for; a part that is left empty asks for everything.

    Attributes:
        select: Codes or their beginnings: `V`, `V004`.
        ignore: Codes or their beginnings that are left out.
        table: A tab, by title, alias or code.
        manager: The unique beginning of a manager's name.
        stage: A stage of companies or deals, by label, alias or code.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    table: str = ""
    manager: str = ""
    stage: str = ""


Keep = Callable[[Finding], bool]


def selected(findings: Iterable[Finding], asked: Selection, base: Base) -> list[Finding]:
    """The findings that were asked for, in their order.

    Raises:
        UsageError: If a code, tab, manager or stage is not known, or a name's beginning is not unique.
    """
    keeps = list(_keeps(asked, base))
    return [finding for finding in findings if all(keep(finding) for keep in keeps)]


def _keeps(asked: Selection, base: Base) -> Iterable[Keep]:
    if select := _codes(asked.select):
        yield lambda finding: finding.code.startswith(select)
    if ignore := _codes(asked.ignore):
        yield lambda finding: not finding.code.startswith(ignore)
    if asked.table:
        table = _table(asked.table, base)
        yield lambda finding: table in (finding.place.table, finding.place.sheet)
    if asked.manager:
        manager = _manager(asked.manager, base)
        yield lambda finding: finding.place.manager == manager
    if asked.stage:
        yield _of_stage(asked.stage, base)


def _codes(typed: Sequence[str]) -> tuple[str, ...]:
    codes = tuple(code.strip().upper() for word in typed for code in word.split(",") if code.strip())
    known = list(installed_rules())
    for code in codes:
        if not any(rule.startswith(code) for rule in known):
            raise _unknown(msg("There is no rule “{code}”.", code=code), code, known)
    return codes


def _table(typed: str, base: Base) -> str:
    title = next((sheet.title for sheet in base.book.sheets if fold(sheet.title) == fold(typed)), None)
    found = titled(typed) or title
    if found is None:
        titles = [sheet.title for sheet in base.book.sheets]
        raise _unknown(msg("There is no tab “{tab}”.", tab=typed), typed, titles)
    return found


def _manager(typed: str, base: Base) -> str:
    names = [base.manager_name(position) for position in range(base.size("managers"))]
    found = [name for name in names if fold(name).startswith(fold(typed))]
    exact = [name for name in found if fold(name) == fold(typed)]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if found:
        raise UsageError(msg("“{name}” may be {names}.", name=typed, names=found), msg("Type more of the name."))
    raise _unknown(msg("There is no manager “{name}”.", name=typed), typed, names)


def _of_stage(typed: str, base: Base) -> Keep:
    """Keeps companies of that stage with all that belongs to them, and deals of that stage."""
    words = base.vocabulary.words
    company, deal = words["company_stage"].get(fold(typed)), words["deal_stage"].get(fold(typed))
    if company is None and deal is None:
        known = [c.label.get(base.lang) for n in ("company_stage", "deal_stage") for c in _choices(base, n)]
        raise _unknown(msg("There is no stage “{stage}”.", stage=typed), typed, known)
    companies = {p for p, stage in enumerate(base.values("companies", "stage")) if company and stage == company}
    rows = {(table, row) for table in _tables(base) for row in _rows(base, table, companies)}
    numbers = (base.table("deals") or base.book.by_name["deals"]).numbers if deal and base.has("deals") else ()
    stages = base.values("deals", "stage") if deal else ()
    rows |= {("deals", number) for number, stage in zip(numbers, stages, strict=False) if stage == deal}
    return lambda finding: (finding.place.table, finding.place.row) in rows


def _choices(base: Base, name: str) -> Sequence[Choice]:
    return base.vocabulary.enumerations[name].choices


def _tables(base: Base) -> list[str]:
    return [t.name for t in base.book if t.name == "companies" or "company" in fields(SCHEMA[t.name])]


def _rows(base: Base, table: str, companies: set[int]) -> Iterable[int]:
    found = base.table(table)
    if found is None:
        return
    of = range(len(found)) if table == "companies" else base.links(table, "company").target
    for number, company in zip(found.numbers, of, strict=True):
        if company in companies:
            yield number


def _unknown(message: Message, typed: str, known: Sequence[str]) -> UsageError:
    from difflib import get_close_matches  # only a slip of the pen needs it

    near = {fold(name): name for name in known}
    found = get_close_matches(fold(typed), near, n=1)
    if found:
        return UsageError(message, msg("Did you mean {name}?", name=near[found[0]]))
    return UsageError(message, msg("There are: {names}.", names=list(known)))
