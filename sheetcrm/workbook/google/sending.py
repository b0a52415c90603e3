"""Sending batches: each leaves its mark, tells what stands then, and is never sent twice on a guess."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence

from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL

from sheetcrm.errors import BusyError, CannotReadError, CannotWriteError, SheetcrmError
from sheetcrm.text import msg
from sheetcrm.workbook.google.asking import MISSHAPEN, Rows, values_of
from sheetcrm.workbook.google.connection.client import Client
from sheetcrm.workbook.google.connection.refusals import MaybeAppliedError
from sheetcrm.workbook.google.looking import Sight
from sheetcrm.workbook.google.marker import KEPT, following, mark, word_of
from sheetcrm.workbook.google.standing import Standing
from sheetcrm.workbook.google.wire import Json

_TRIES = 3
"""So often a batch is sent of which Google did not say whether it was applied, and which then turned out not to be."""

_LATER = msg("Run it again later: it looks at what stands, and writes only the rest.")

_FIELDS = "updatedSpreadsheet.sheets(properties.sheetId,data.rowData.values.effectiveValue)"


class Sender:
    """One write of ours into one book: it counts its batches on from those that the book has seen."""

    def __init__(self, client: Client, standing: Standing) -> None:
        """Begin after the last batch of the book."""
        self._client = client
        self._standing = standing
        self._word = secrets.token_hex(8)
        self._marks = set(standing.marks)
        self.marker = standing.marker

    def look(self, sights: Sequence[Sight]) -> list[Rows]:
        """What stands in these rectangles now, in one call; a formula as its text, so that a new one shows.

        Google refuses to tell of cells beyond the grid, where a write may go all the same: it makes room first.

        Raises:
            CannotReadError: If a tab is gone, or its grid has become smaller.
        """
        tabs = self._standing.tabs
        parts = [sight.within(tabs[sight.title].rows, tabs[sight.title].columns) for sight in sights]
        told = iter(self._values([part for part in parts if part]))
        return [next(told) if part else () for part in parts]

    def _values(self, sights: Sequence[Sight]) -> list[Rows]:
        return values_of(self._client, self._standing.id, [sight.range for sight in sights], formulas=True)

    def send(self, requests: Sequence[Json], sights: Sequence[Sight]) -> list[Rows]:
        """Apply a batch, and tell what stands in these rectangles after it.

        Raises:
            BusyError: If another run of sheetcrm wrote into the book since it was read.
            CannotWriteError: If Google refuses it, or nobody can tell whether it was applied.
        """
        body: Json = {"requests": [*mark(self._next, self._word, self._marks), *requests]}
        if sights:
            body |= {
                "includeSpreadsheetInResponse": True,
                "responseIncludeGridData": True,
                "responseRanges": [sight.range for sight in sights],
            }
        for times in range(_TRIES):
            if times:
                self._client.rest(times)
            try:
                answer = self._post(body)
            except MaybeAppliedError:
                if not self._was_applied():
                    continue
            except CannotWriteError:
                # The mark was there already: this batch's own, which was applied late, or another run's.
                if not self._was_applied():
                    raise
            else:
                self._count()
                try:
                    return _told(answer, self._standing, sights)
                except MISSHAPEN:
                    return self._look_after(sights)
            self._count()
            return self._look_after(sights)
        raise CannotWriteError(
            msg("{book}: Google did not take the write, and did not say why.", book=self._standing.title),
            msg("Nothing was changed. Run it again in a few minutes."),
        )

    @property
    def _next(self) -> int:
        return following(self.marker, self._standing.taken_marks)

    def _count(self) -> None:
        """Note that a batch was applied; its old marks are gone with it."""
        self.marker = self._next
        self._marks = {number for number in self._marks if number > self.marker - KEPT} | {self.marker}

    def _look_after(self, sights: Sequence[Sight]) -> list[Rows]:
        """What stands after a batch whose own answer was lost.

        Raises:
            MaybeAppliedError: If Google does not tell.
        """
        try:
            return self._values(sights)
        except CannotReadError:
            # A tab is called otherwise by now: what is not told is not as expected, so all will be looked at.
            return [()] * len(sights)
        except SheetcrmError as error:
            raise MaybeAppliedError(
                msg("{book} was written, and nobody can tell whether rows were moved meanwhile: {why}",
                    book=self._standing.title, why=error.message),
                _LATER,
            ) from None  # fmt: skip

    def _post(self, body: Json) -> Json:
        asked = {"fields": _FIELDS if "responseRanges" in body else "spreadsheetId"}
        url = SPREADSHEET_BATCH_UPDATE_URL % self._standing.id
        answer: Json = self._client.request("post", url, params=dict(asked), json=body).json()
        return answer

    def _was_applied(self) -> bool:
        """Whether the book has seen the batch that was sent last.

        Raises:
            BusyError: If it has seen another run's in its place.
            MaybeAppliedError: If Google does not tell.
        """
        try:
            answer = self._client.fetch_sheet_metadata(self._standing.id, {"fields": "developerMetadata"})
        except SheetcrmError as error:
            raise MaybeAppliedError(
                msg("{book}: nobody can tell whether the write was applied: {why}", book=self._standing.title,
                    why=error.message),
                _LATER,
            ) from None  # fmt: skip
        word = word_of(answer.get("developerMetadata", []), self._next)
        if word and word != self._word:
            raise changed(self._standing.title)
        return bool(word)


def changed(book: str) -> BusyError:
    """The stop before a book that another run has written into."""
    return BusyError(
        msg("{book} was changed by another run of sheetcrm while this one worked.", book=book),
        msg("Nothing was written by this one. Run it again."),
    )


def _told(answer: Json, standing: Standing, sights: Sequence[Sight]) -> list[Rows]:
    """What stands in the rectangles, from the answer to a batch: there they are by tab, in their order."""
    by_tab: dict[int, Iterator[Json]] = {
        sheet["properties"].get("sheetId", 0): iter(sheet.get("data", []))
        for sheet in answer.get("updatedSpreadsheet", {}).get("sheets", [])
    }
    blocks = (next(by_tab.get(standing.tabs[sight.title].gid, iter(())), {}) for sight in sights)
    return [[[_cell(cell) for cell in row.get("values", [])] for row in block.get("rowData", [])] for block in blocks]


def _cell(cell: Json) -> object:
    value = cell.get("effectiveValue", {})
    if "numberValue" in value:
        return float(value["numberValue"])
    return value.get("stringValue", value.get("boolValue", value.get("errorValue", {}).get("message", "")))
