"""Where a link of a cell leads: to a cell of the book by its tab's id, or to a page."""

from __future__ import annotations

from collections.abc import Mapping

from sheetcrm.tab import Item, Shown
from sheetcrm.workbook.links import is_safe

_REFUSED = "tel:"
"""Google takes no such link."""


def uri(item: Item, gids: Mapping[str, int]) -> str:
    """The link of an item, "" for none: what shows nothing has none, nor what leads to a tab that is not there."""
    if not isinstance(item, Shown) or item.link is None or item.value in (None, ""):
        return ""
    target, cell = item.link
    if cell:
        return f"#gid={gids[target]}&range={cell}" if target in gids else ""
    return target if is_safe(target) and not target.lower().startswith(_REFUSED) else ""
