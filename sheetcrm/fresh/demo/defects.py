"""The mistakes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sheetcrm.fresh.demo.scene import Cells, Scene


@dataclass(frozen=True, slots=True)
class Defect:
    code: str


def spoil(scene: Scene, rows: dict[str, list[Cells]]) -> Sequence[Defect]:
    return ()
