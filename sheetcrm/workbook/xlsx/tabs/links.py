"""Where a link of a cell leads: to a cell of the book, to a page, or to somebody's address."""

from __future__ import annotations

from xlsxwriter.url import Url, UrlTypes

from sheetcrm.workbook.links import is_safe


class _Address(Url):
    """A page, a mail address or a telephone; its target is left whole."""

    def _parse_url(self) -> None:
        self._link_type = UrlTypes.URL
        self._text = self._link


def link_to(link: tuple[str, str]) -> Url | None:
    """A link to a cell of the book, or to a page or an address; None for other schemes: they are left as text."""
    target, spot = link
    if spot:
        title = target.replace("'", "''")
        return Url(f"internal:'{title}'!{spot}")
    return _Address(target) if is_safe(target) else None
