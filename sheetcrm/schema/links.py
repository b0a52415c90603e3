"""What a cell that refers to a record names: by its id, by its name, or by the name it had when it was last seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sheetcrm.schema.kinds import tidy
from sheetcrm.schema.words import fold, fold_all
from sheetcrm.table import Cell, Value

ABSENT = -1
"""Stands for the position of a record that is not named."""

Found = int | tuple[int, ...] | None
"""What a cell names: a record's position, several of them, or nothing that is known."""


class Links(NamedTuple):
    """A reference column, resolved.

    Attributes:
        target: For each row the position of the record it names, -1 where the cell is blank or names none.
        unknown: Rows whose cell names no record.
        ambiguous: Rows whose cell names several, and their positions; among them a company's former name that is
            another's today.
        renamed: Rows whose cell holds a company's former name, known by the hidden link column.
    """

    target: list[int]
    unknown: list[int]
    ambiguous: Mapping[int, tuple[int, ...]]
    renamed: list[int]


@dataclass(frozen=True)
class Index:
    """By what the records of one table are known; sequences run along its rows.

    Attributes:
        keys: The ids, None for blank.
        titles: The names as typed, None for blank and where records have none but their id.
        cities: What tells namesakes apart, «Ромашка (Пермь)»; () where nothing does.
        shown_by_id: Whether cells name the records by id: people share names, deals have none.
    """

    keys: Sequence[Value]
    titles: Sequence[Value]
    cities: Sequence[Value] = ()
    shown_by_id: bool = False

    @cached_property
    def ids(self) -> Mapping[str, int]:
        """Every id → the position of the first row that bears it."""
        found = {value: position for position, value in enumerate(self.keys) if type(value) is str}
        if len(found) + self.keys.count(None) < len(self.keys):
            # An id that stands twice is the first row's.
            last = len(self.keys) - 1
            found = {value: last - back for back, value in enumerate(reversed(self.keys)) if type(value) is str}
        return found

    @cached_property
    def doubled(self) -> frozenset[Value]:
        """The ids that several rows bear."""
        if len(self.ids) + self.keys.count(None) == len(self.keys):
            return frozenset()
        return frozenset(id for id, count in Counter(self.keys).items() if count > 1 and id is not None)

    @cached_property
    def names(self) -> Mapping[str, tuple[int, ...]]:
        """Every folded name → the positions that bear it; namesakes stand with their city, too."""
        named = [position for position, name in enumerate(self.titles) if isinstance(name, str)]
        folded = fold_all([str(self.titles[position]) for position in named])
        if len(set(folded)) == len(folded):
            return {name: (position,) for name, position in zip(folded, named, strict=True)}
        found: dict[str, list[int]] = {}
        for name, position in zip(folded, named, strict=True):
            found.setdefault(name, []).append(position)
        for position in [p for positions in found.values() if len(positions) > 1 for p in positions]:
            if (full := self._with_city(position)) is not None:
                found.setdefault(fold(full), []).append(position)
        return {name: tuple(positions) for name, positions in found.items()}

    @cached_property
    def spelt(self) -> Mapping[Value, Found]:
        """What each id names; where cells show names, what each name names, spelt exactly so."""
        found: dict[Value, Found] = {}
        if not self.shown_by_id:
            found = {name: position for position, name in enumerate(self.titles) if name is not None}
            if max(map(len, self.names.values()), default=1) > 1:
                found = {name: _one(self.names[fold(str(name))]) for name in found}
        found.update(self.ids)
        return found

    def find(self, typed: str) -> int:
        """The position of the record that an id or a name in any spelling names; -1 for none, or several."""
        found = self.spelt.get(typed)
        if found is None:
            found = _one(self.names.get(fold(typed)))
        return found if isinstance(found, int) else ABSENT

    def name(self, position: int) -> str:
        """What cells show for a record: its name, told apart by city or id where it is ambiguous."""
        id, name = str(self.keys[position] or ""), self.titles[position]
        if name is None or self.shown_by_id:
            return id
        if len(self.names.get(fold(str(name)), ())) == 1:
            return str(name)
        full = self._with_city(position)
        if full is not None and len(self.names.get(fold(full), ())) == 1:
            return full
        return id or str(name)

    def _with_city(self, position: int) -> str | None:
        city = self.cities[position] if self.cities else None
        return None if city is None else f"{self.titles[position]} ({city})"


def resolve(cells: Sequence[Value], index: Index) -> Links:
    """What each cell names: ids first, then names.

    Args:
        cells: A reference column's canonical values.
        index: The table that it refers to.
    """
    found: list[Found] = list(map(index.spelt.get, cells))
    odd = [p for p, one in enumerate(found) if type(one) is not int and cells[p] is not None]
    for position, name in zip(odd, fold_all([str(cells[p]) for p in odd]), strict=True):
        found[position] = _one(index.names.get(name))
    target = [one if type(one) is int else ABSENT for one in found]
    unknown = [position for position in odd if found[position] is None]
    return Links(target, unknown, {p: one for p in odd if isinstance(one := found[p], tuple)}, [])


def followed(links: Links, cells: Sequence[Value], said: Sequence[Cell], index: Index) -> Links:
    """The links where cells with a former name lead to the record that the hidden column beside them says.

    Args:
        links: What the cells name by themselves.
        cells: Their canonical values.
        said: The hidden column as it stands, `C-000142 Ромашка`: the id and the name last seen.
        index: The table that they refer to.
    """
    # Nearly always each link says what the cell says; nothing is what an unknown cell says.
    expected = [*(f"{id} {name}" for id, name in zip(index.keys, index.titles, strict=True)), None]
    doubtful = [p for p, text in enumerate(said) if text and text != expected[links.target[p]]]
    meant = {p: _meant(said[p], cells[p], index) for p in doubtful}
    renamed = [p for p in doubtful if meant[p] not in (ABSENT, links.target[p])]
    if not renamed:
        return links
    # A former name that is another record's today: somebody renamed two, or sorted names away from their ids.
    contested = {p: (meant[p], links.target[p]) for p in renamed if links.target[p] != ABSENT}
    target = list(links.target)
    for position in renamed:
        target[position] = ABSENT if position in contested else meant[position]
    unknown = [position for position in links.unknown if position not in meant or target[position] == ABSENT]
    ambiguous = {position: several for position, several in links.ambiguous.items() if target[position] == ABSENT}
    return Links(target, unknown, ambiguous | contested, [p for p in renamed if p not in contested])


def _meant(said: Cell, cell: Value, index: Index) -> int:
    """The record that a hidden link leads to while the cell still holds the name that was last seen; -1 for none."""
    id, _, name = tidy(str(said)).partition(" ")
    if not name or name != cell or name in index.ids:
        return ABSENT
    return index.ids.get(id, ABSENT)


def _one(positions: tuple[int, ...] | None) -> Found:
    """The only one of them; several stay several."""
    return positions[0] if positions and len(positions) == 1 else positions
