"""How revenue is spread over clients: the share of the greatest, and HHI."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sheetcrm.schema.orders import ZERO

TOPS = (1, 3, 5, 10)


@dataclass(frozen=True, slots=True)
class Concentration:
    """How revenue is spread over clients.

    Attributes:
        revenue: What all of them brought.
        clients: How many brought anything.
        tops: The share of the first 1, 3, 5 and 10 clients, 0–1.
        hhi: Σ (share in per cent)², 0–10 000.
    """

    revenue: Decimal
    clients: int
    tops: Mapping[int, float]
    hhi: float


def spread(revenues: Iterable[Decimal]) -> Concentration:
    """How revenue is spread over clients; those without any are left out.

    Source:
        Requirement S-104; HHI after Hirschman (1964).
    """
    ranked = sorted((one for one in revenues if one > 0), reverse=True)
    total = sum(ranked, ZERO)
    if not total:
        return Concentration(ZERO, 0, dict.fromkeys(TOPS, 0.0), 0.0)
    tops = {n: float(sum(ranked[:n], ZERO) / total) for n in TOPS}
    return Concentration(total, len(ranked), tops, float(sum((one / total) ** 2 for one in ranked) * 10_000))
