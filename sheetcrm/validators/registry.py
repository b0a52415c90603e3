"""All rules by code: ours, and those of installed packages."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from sheetcrm.validators import (
    belonging,
    days,
    firm,
    gates,
    hygiene,
    keys,
    references,
    settings_tabs,
    sheet_cells,
    structure,
    twins,
    values,
)
from sheetcrm.validators.rule import Rule

_FAMILIES = (
    structure,
    sheet_cells,
    settings_tabs,
    keys,
    references,
    belonging,
    values,
    days,
    gates,
    hygiene,
    twins,
    firm,
)

RULES: Mapping[str, Rule] = {
    rule.code: rule for rule in sorted((rule for family in _FAMILIES for rule in family.RULES), key=lambda r: r.code)
}
"""Our rules by code."""

GROUP = "sheetcrm.rules"
"""The entry points by which a package adds rules: each names a `Rule` or several."""


def installed_rules() -> Mapping[str, Rule]:
    """Our rules and those of installed packages, which cannot take our codes."""
    return RULES if not _any_installed() else {**_added(), **RULES}


def _any_installed() -> bool:
    """Whether a package names our group; looking is a tenth of importing what would load it."""
    lists = (path for folder in sys.path for path in Path(folder).glob("*-info/entry_points.txt"))
    return any(f"[{GROUP}]" in path.read_text("utf-8", "replace") for path in lists)


def _added() -> dict[str, Rule]:
    from importlib.metadata import entry_points

    loaded = (point.load() for point in entry_points(group=GROUP))
    found: Iterable[Rule] = (rule for one in loaded for rule in ([one] if isinstance(one, Rule) else one))
    return {rule.code: rule for rule in found}
