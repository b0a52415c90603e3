"""What stands in a Google Sheet beside its values: ids, sizes, and what a person has put on a tab."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sheetcrm.table import Spot
from sheetcrm.workbook.google.wire import Json


@dataclass(frozen=True, slots=True)
class TabState:
    """A tab as it stands.

    Attributes:
        title: Its title.
        gid: Its id, which links and references keep.
        index: Its place among the tabs, from 0; hidden ones count.
        rows: How many rows its grid has.
        columns: How many columns its grid has.
        hidden: Whether it is hidden.
        message: What Google told of it (`Sheet` of the API, without the cells): `merges`, `conditionalFormats`,
            `protectedRanges`, `charts`, `bandedRanges`, `tables`, `slicers`, `rowGroups`, `columnGroups`,
            `basicFilter`, `filterViews`, `developerMetadata`.
        kinds: The type of the number format that a cell shows, `DATE` for instance, where it has one.
    """

    title: str
    gid: int
    index: int
    rows: int
    columns: int
    hidden: bool = False
    message: Json = field(default_factory=dict)
    kinds: Mapping[Spot, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """A Google Sheet as it stands.

    Attributes:
        id: The spreadsheet's id.
        title: What it is called.
        locale: Its locale: `ru_RU`.
        time_zone: Its time zone: `Europe/Moscow`.
        tabs: Its tabs with cells by title, in order.
        marks: The numbers of the batches of ours whose marks stand in it.
        taken_marks: The numbers that no batch of ours can have, since others took their ids.
        ranges: Its named ranges, as Google told them.
        others: Sheets without cells, such as a chart on a sheet of its own: their ids by their place.
    """

    id: str
    title: str
    locale: str
    time_zone: str
    tabs: Mapping[str, TabState]
    marks: frozenset[int] = frozenset()
    taken_marks: frozenset[int] = frozenset()
    ranges: tuple[Json, ...] = ()
    others: Mapping[int, int] = field(default_factory=dict)

    @property
    def marker(self) -> int:
        """How many batches of ours have been written into it."""
        return max(self.marks, default=0)

    @property
    def taken(self) -> frozenset[int]:
        """The ids that a new tab cannot have."""
        return frozenset((*self.gids.values(), *self.others.values()))

    @property
    def gids(self) -> Mapping[str, int]:
        """The tabs' ids by title."""
        return {title: tab.gid for title, tab in self.tabs.items()}
