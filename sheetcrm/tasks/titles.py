"""What each manager's task tab is called: within the bounds of a tab's title, unique, the same on every run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sheetcrm.schema.base import Base
from sheetcrm.schema.tables import key_of
from sheetcrm.tab import TITLE_LENGTH, beginning, plain_title, units
from sheetcrm.tasks.sheet import PREFIX


def tab_titles(base: Base, managers: Sequence[int]) -> Mapping[int, str]:
    """The title of each manager's tab; managers whose names look alike are told apart by their ids."""
    prefix = PREFIX.get(base.lang)
    room = TITLE_LENGTH - units(prefix)
    ids = base.values("managers", key_of("managers"))
    names = {m: _fitting(base.texts("managers", "name")[m] or str(ids[m] or m + 1), room) for m in managers}
    times = Counter(name.casefold() for name in names.values())
    for manager, name in names.items():
        if times[name.casefold()] > 1:
            id = str(ids[manager] or manager + 1)
            names[manager] = f"{_fitting(name, room - units(id) - 1)} {id}"
    return {manager: prefix + name for manager, name in names.items()}


def _fitting(name: str, room: int) -> str:
    """The name without what no title may hold, cut to the room there is."""
    return beginning(plain_title(name), room).rstrip(" '")
