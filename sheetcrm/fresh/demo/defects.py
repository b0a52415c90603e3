"""The mistakes in the demo firm's book: what each is, where it stands, and which rule should find it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sheetcrm.fresh.demo.scene import Cells, Scene
from sheetcrm.table import Value

Rows = Mapping[str, list[Cells]]
"""The records of the book by table."""


@dataclass(frozen=True, slots=True)
class Defect:
    """Something that was made wrong on purpose.

    Attributes:
        code: The rule that should find it.
        table: The table's code.
        position: The record's position, from 0.
        field: The field code of the cell, "" for the whole row.
    """

    code: str
    table: str
    position: int
    field: str = ""


Fits = Callable[["Patient", Cells], bool]
"""Whether a record can take a mistake so that nothing else becomes wrong."""


@dataclass
class Patient:
    """The book while mistakes are put into it; a record takes only one.

    Attributes:
        scene: What the firm was made with.
        rows: Its records, changed in place.
    """

    scene: Scene
    rows: Rows
    _taken: set[tuple[str, int]] = field(default_factory=set)

    def sound(self, table: str, fits: Fits) -> list[int]:
        """The records that no mistake was put into yet and that fit."""
        return [
            position
            for position, cells in enumerate(self.rows[table])
            if (table, position) not in self._taken and fits(self, cells)
        ]

    def pick(self, table: str, fits: Fits) -> int:
        """One of the sound records that fit; from now on it is taken."""
        position = self.scene.rng.choice(self.sound(table, fits))
        self.take(table, position)
        return position

    def take(self, table: str, position: int) -> None:
        """Keep other mistakes away from a record."""
        self._taken.add((table, position))

    def add(self, table: str, cells: Cells) -> int:
        """One more record at the end."""
        self.rows[table].append(cells)
        self.take(table, len(self.rows[table]) - 1)
        return len(self.rows[table]) - 1

    def set(self, table: str, number: int, /, **cells: Value) -> None:
        """Type something into a record."""
        self.rows[table][number].update(cells)

    def stage(self, cells: Cells) -> str:
        """The code of the stage that a company or a deal shows, "" for none."""
        name = "deal_stage" if "deal_id" in cells else "company_stage"
        choices = self.scene.enumerations[name].choices
        return next((c.code for c in choices if c.label.get(self.scene.lang) == cells["stage"]), "")

    def shown(self, company: Cells) -> str:
        """What cells of other tabs call a company."""
        names = [cells["name"] for cells in self.rows["companies"]]
        name = str(company["name"])
        return name if names.count(name) == 1 else f"{name} ({company['city']})"

    def company(self, cells: Cells) -> Cells:
        """The company that a record names."""
        return next(company for company in self.rows["companies"] if self.shown(company) == cells["company"])

    def people(self, cells: Cells) -> list[Cells]:
        """The contacts of the company that a record names, the main one first."""
        return [contact for contact in self.rows["contacts"] if contact["company"] == cells["company"]]
