"""What a write may change: the comparer takes everything else for a loss."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

Cells = Mapping[str, Collection[str]]
"""Addresses by the title of their tab."""

_RANGE_END = re.compile(r":(\$?[A-Z]{1,3}\$?)(\d+)(?!\d)")


@dataclass(frozen=True)
class Allowed:
    """What a write may change.

    Attributes:
        cells: Cells whose content may become another; their look stays.
        dated: Those of them that may get another number format.
        moved: Those of them whose former content moved elsewhere, its look too.
        stale: Formula cells that may lose the value they were calculated to.
        grown: Rows in which ranges ended and end now: (6, 7) lets `A2:A6` become `A2:A7` anywhere.
        tabs: Tabs that are made anew or added, with all that only they lead to.
        lists: Tabs where any cell may change and columns may be added; nothing beside the cells may go.
        parts: Other parts that may change.
        formulas: Whether a formula may have gone, and the calculation chain with it.
    """

    cells: Cells = field(default_factory=dict)
    dated: Cells = field(default_factory=dict)
    moved: Cells = field(default_factory=dict)
    stale: Cells = field(default_factory=dict)
    grown: Collection[tuple[int, int]] = ()
    tabs: Collection[str] = ()
    lists: Collection[str] = ()
    parts: Collection[str] = ()
    formulas: bool = False

    @property
    def nothing(self) -> bool:
        """Whether everything must stay."""
        return self == Allowed()

    def touches(self, title: str) -> bool:
        """Whether the rows of a tab may differ at all."""
        return title in self.cells or title in self.stale or title in self.lists or bool(self.grown)

    def cell(self, title: str, address: str) -> bool:
        """Whether a cell's content may become another."""
        return title in self.lists or address in self.cells.get(title, ())

    def norm(self, text: str) -> str:
        """A text with the last rows of grown ranges made equal."""
        if not self.grown:
            return text
        ends = {str(row) for pair in self.grown for row in pair}
        return _RANGE_END.sub(lambda found: f":{found[1]}…" if found[2] in ends else found[0], text)
