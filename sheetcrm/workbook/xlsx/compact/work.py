"""What stands while rows are taken out of a book: which rows go, and what keeps some of them from going."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sheetcrm.findings import Place
from sheetcrm.table import Spot
from sheetcrm.text import Message, msg
from sheetcrm.workbook.xlsx.compact.removal import NOTHING, Removal
from sheetcrm.workbook.xlsx.edit.draft import Draft
from sheetcrm.workbook.xlsx.edit.grammar import Ref
from sheetcrm.workbook.xlsx.edit.references import rewritten
from sheetcrm.workbook.xlsx.edit.resolve import Resolver

_RECENT = 20
"""A blocker is met several times in a row where a text says one thing several times."""


class Blocker(NamedTuple):
    """Why the cleared rows of a sheet stay.

    Attributes:
        tab: The sheet's title.
        place: What stands against it: a cell, a name, a part.
        why: What is the matter with it.
    """

    tab: str
    place: str
    why: Message


@dataclass
class Compaction:
    """A draft whose rows are being taken out.

    Attributes:
        draft: The book.
        removals: The rows that go, by sheet title.
        blockers: What was met that keeps rows from going.
        stale: Formulas whose value may be another one afterwards, by sheet, where they stood before.
    """

    draft: Draft
    removals: Mapping[str, Removal]
    blockers: list[Blocker] = field(default_factory=list)
    stale: dict[str, set[Spot]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look up names and tables while they say what they said before."""
        self.resolver = Resolver(self.draft)

    def removal(self, title: str) -> Removal:
        """The rows that go from a sheet."""
        return self.removals.get(title, NOTHING)

    def stop(self, titles: Collection[str], place: str, why: Message) -> None:
        """Remember what keeps the rows of some sheets; sheets that stay as they are do not matter."""
        for title in titles:
            blocker = Blocker(title, place, why)
            if self.removal(title) and blocker not in self.blockers[-_RECENT:]:
                self.blockers.append(blocker)

    def stop_all(self, place: str, why: Message) -> None:
        """Remember what keeps the rows of every sheet."""
        self.stop(list(self.removals), place, why)

    def moving(self, ref: Ref) -> str:
        """The title of the sheet on which a reference stands on rows that go or move, "" for none."""
        titles = [title for title in self.resolver.sheets(ref) if self.removal(title).reaches(ref.bottom)]
        return titles[0] if titles else ""

    def follow(self, ref: Ref, place: str) -> tuple[int, int] | None:
        """The rows that a reference gets; None where it stays as it is."""
        title = self.moving(ref)
        if not title:
            return None
        if len(self.resolver.sheets(ref)) > 1:
            self.stop(self.resolver.sheets(ref), place, msg("it refers to several tabs at once"))
            return None
        rows = self.removal(title).shrunk(ref.top, ref.bottom)
        if rows is None:
            self.stop([title], place, msg("it points at the blank row {row}", row=ref.top))
        return rows

    def followed(self, text: str, own: str, place: str) -> str:
        """A text whose references mean the same cells afterwards.

        Args:
            text: A formula or a list of references.
            own: The sheet that a reference without one means.
            place: What to call it in a blocker.
        """
        return rewritten(text, own, lambda ref: self.follow(ref, place))

    def based(self, text: str, own: str, place: str, old: int, new: int) -> str:
        """A text whose relative rows count from a cell that moves, as those of rules and calculated columns do.

        Args:
            text: The formula.
            own: Its sheet.
            place: What to call it in a blocker.
            old: The row that relative references count from.
            new: Where that row comes to stand.
        """

        def change(ref: Ref) -> tuple[int, int] | None:
            titles = self.resolver.sheets(ref)
            removal = self.removal(own)
            if ref.fixed:
                return self.follow(ref, place)
            if titles != [own]:
                self.stop({own, *titles}, place, msg("it compares rows of two tabs side by side"))
            if titles != [own] or not removal:
                return None
            top = removal.moved(ref.top) if ref.fixed_top else ref.top - old + new
            bottom = removal.closed(ref.bottom) if ref.fixed_bottom else ref.bottom - old + new
            if not 1 <= top <= bottom:
                self.stop([own], place, msg("its rows would change places"))
                return None
            return top, bottom

        return rewritten(text, own, change)

    def forget(self, title: str, spot: Spot) -> None:
        """Let a formula be calculated anew."""
        self.stale.setdefault(title, set()).add(spot)


def address(title: str, row: int, column: int) -> str:
    """A cell as a formula would name it: `Deals!F7`."""
    return Place(sheet=title, row=row, column=column).address
