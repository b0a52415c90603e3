"""Google tells each colour twice: as `backgroundColor` and as `backgroundColorStyle`, and either may be sent."""

from __future__ import annotations

from typing import Any

from tests.google.emulator.fields import Mask

_BANDS = {"headerColor", "firstBandColor", "secondBandColor", "footerColor"}
_TOLD_TWICE = {"backgroundColor", "foregroundColor", "tabColor", "color", *_BANDS}


def twice(node: Any) -> Any:
    """A copy in which each colour is told both ways; where both are sent, the style counts."""
    if isinstance(node, list):
        return [twice(item) for item in node]
    if not isinstance(node, dict):
        return node
    told = {name: twice(part) for name, part in node.items()}
    for name in _TOLD_TWICE:
        style = f"{name}Style"
        if style in told:
            told.pop(name, None)
            if "rgbColor" in told[style]:
                told[name] = told[style]["rgbColor"]
        elif name in told:
            told[style] = {"rgbColor": told[name]}
    return told


def both(mask: Mask) -> Mask:
    """The mask, naming both ways of a colour where it names one."""
    named: Mask = {}
    for name, inner in mask.items():
        plain = name.removesuffix("Style")
        if plain in _TOLD_TWICE:
            named |= {plain: {}, f"{plain}Style": {}}
        else:
            named[name] = both(inner)
    return named
