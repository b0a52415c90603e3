"""Putting mistakes into the demo firm's book: one of each kind, and more until three in a hundred records have one."""

from __future__ import annotations

from itertools import cycle

from sheetcrm.fresh.demo.defects import Defect, Patient, Rows
from sheetcrm.fresh.demo.mishaps import MISHAPS
from sheetcrm.fresh.demo.scene import Scene
from sheetcrm.fresh.demo.slips import SLIPS, slip
from sheetcrm.schema.tables import SCHEMA

_SHARE = 0.03
"""How many of the records have a mistake."""

_COMMON = ("V004", "V005", "V008", "V002", "R001", "H003")
"""What people get wrong most often."""


def spoil(scene: Scene, rows: Rows) -> list[Defect]:
    """Put the mistakes into the records.

    Args:
        scene: What the firm was made with.
        rows: Its records by table, changed in place.

    Returns:
        What was made wrong, and where.
    """
    patient = Patient(scene, rows)
    found = [defect for mishap in MISHAPS for defect in mishap(patient)]
    found += [slip(patient, one) for one in SLIPS]
    wanted = _SHARE * sum(len(found) for table, found in rows.items() if SCHEMA[table].info.group != "settings")
    common = cycle([one for one in SLIPS if one.code in _COMMON])
    while len(found) < wanted:
        found.append(slip(patient, next(common)))
    return found
