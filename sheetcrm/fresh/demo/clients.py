"""The demo firm's clients and their people: as many at each stage as a real base has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from sheetcrm.fresh.demo.calendar import between, days, workday
from sheetcrm.fresh.demo.people import Registry
from sheetcrm.fresh.demo.purchases import purchase_days
from sheetcrm.fresh.demo.recipe import Firm
from sheetcrm.fresh.demo.scene import BOUGHT, Cells, Client, Scene, refused_on
from sheetcrm.text import show

STAGES: Mapping[str, int] = {
    "regular": 24,
    "buyer": 12,
    "dormant": 9,
    "sale": 10,
    "prospect": 11,
    "lead": 10,
    "lost": 5,
    "disqualified": 3,
}
"""How many clients stand at each stage."""

_MET_WITHIN = {"lead": 45, "prospect": 80, "sale": 110, "lost": 300, "disqualified": 300}
"""How many days ago at most the base learnt of a client that has bought nothing."""

_OLDER = 0.25
"""The share of regular buyers that are older than the base."""

_ADULTS = (date(1962, 1, 1), date(1999, 12, 31))


def clients(scene: Scene) -> tuple[list[Client], list[Cells], list[Cells]]:
    """The clients, and the rows of Companies and Contacts."""
    registry = Registry(scene.world, scene.rng)
    stages = [stage for stage, count in STAGES.items() for _ in range(count)]
    scene.rng.shuffle(stages)
    firms = scene.rng.sample(scene.world.firms, len(scene.world.firms))
    known: list[Client] = []
    companies: list[Cells] = []
    contacts: list[Cells] = []
    for number, (firm, stage) in enumerate(zip(firms, stages, strict=True), 1):
        people = _people(scene, stage, len(contacts))
        client = _client(scene, number, firm, stage, people)
        known.append(client)
        companies.append(_company(scene, registry, client))
        contacts += [_contact(scene, registry, client, id) for id in people]
    return known, companies, contacts


def _people(scene: Scene, stage: str, known: int) -> tuple[str, ...]:
    count = {"lead": scene.rng.choice((0, 1)), "disqualified": 0, "lost": 1}.get(
        stage, scene.rng.choice((1, 1, 2, 2, 3))
    )
    return tuple(f"P-{known + 1 + i:06d}" for i in range(count))


def _client(scene: Scene, number: int, firm: Firm, stage: str, people: tuple[str, ...]) -> Client:
    bought = purchase_days(scene, stage)
    namesakes = [other for other in scene.world.firms if other.name == firm.name]
    return Client(
        id=f"C-{number:06d}",
        firm=firm,
        shown=firm.name if len(namesakes) == 1 else f"{firm.name} ({firm.city})",
        stage=stage,
        size=scene.rng.betavariate(0.8, 2.4),
        manager=_manager(scene, firm),
        met=_met(scene, stage, bought),
        people=people,
        has_contract=stage == "regular" or (stage == "dormant" and scene.chance(0.5)),
        payment_days=scene.rng.choice(scene.recipe.payment_days),
        purchases=bought,
    )


def _manager(scene: Scene, firm: Firm) -> str:
    territory = scene.world.cities[firm.city].territory
    return next(seller.name for seller in scene.world.managers if seller.territory == territory)


def _met(scene: Scene, stage: str, bought: tuple[date, ...]) -> date:
    """The day of the first contact: before the first need, or lately where the client has not bought."""
    if bought:
        return workday(bought[0] - days(scene.recipe.lead_days[1] + scene.rng.randint(4, 20)))
    return between(scene.rng, scene.today - days(_MET_WITHIN[stage]), scene.today - days(4))


# ── companies ──


def _company(scene: Scene, registry: Registry, client: Client) -> Cells:
    cells = _known_to_all(scene, registry, client)
    if client.stage not in ("lead", "disqualified"):
        cells |= _known_to_seller(scene, registry, client)
    if client.has_contract:
        cells |= _contract(scene, client)
    if client.stage == "regular" and scene.chance(_OLDER):
        cells |= _opening_balance(scene)
    if client.stage == "lost":
        reason = scene.rng.choice(("price", "competitor", "no_budget", "terms"))
        cells["lost_reason"] = scene.label("lost_reason", reason)
        cells["lost_on"] = refused_on(scene, client)
    return cells


def _known_to_all(scene: Scene, registry: Registry, client: Client) -> Cells:
    """What is known of a firm from the first call on."""
    city = scene.world.cities[client.firm.city]
    return {
        "company_id": client.id,
        "name": client.firm.name,
        "stage": scene.label("company_stage", client.stage),
        "manager": client.manager,
        "phone": registry.landline(city),
        "city": city.name,
        "territory": city.territory,
        "industry": client.firm.industry,
        "source": scene.label("source", scene.rng.choice(_sources(scene))),
        "category": _category(client),
        "note": scene.some("notes") if scene.chance(0.2) else None,
        "created_on": client.met,
    }


def _sources(scene: Scene) -> list[str]:
    """Where clients come from, the template's own channel included."""
    known = [choice.code for choice in scene.enumerations["source"].choices]
    return [code for code in known if code not in ("existing", "other")]


def _category(client: Client) -> str:
    if client.stage in ("lead", "disqualified"):
        return "D" if client.stage == "disqualified" else "C"
    return "A" if client.size > 0.55 else "B" if client.size > 0.3 else "C"


def _known_to_seller(scene: Scene, registry: Registry, client: Client) -> Cells:
    """What is known of a firm once somebody works with it."""
    city = scene.world.cities[client.firm.city]
    domain = f"{client.firm.domain}.example"
    is_key = client.stage == "regular" and client.size > 0.5
    cells: Cells = {
        "email": f"info@{domain}",
        "website": domain if scene.chance(0.7) else None,
        "legal_name": _legal_name(scene, client),
        "address": registry.address(city),
        "key_client": scene.label("key_client", "key" if is_key else "potential" if client.size > 0.45 else "none"),
        "vip": show(True, scene.lang) if is_key else None,
        "sale_type": scene.label("sale_type", scene.rng.choice(scene.recipe.sale_types)),
        "turnover": Decimal(scene.rng.randint(4, 400)) * (500_000 if scene.world.is_russian else 10_000),
        "tags": scene.some("tags") if scene.chance(0.25) else None,
        "preferences": scene.some("preferences") if scene.chance(0.3) else None,
        "mailing_consent": client.met if scene.chance(0.6) else None,
    }
    if client.stage in ("sale", "prospect", *BOUGHT) and scene.chance(0.35):
        cells["next_contact"] = between(scene.rng, scene.today + days(1), scene.today + days(12))
    if scene.world.is_russian and client.stage != "prospect":
        cells |= {"inn": registry.inn(city), "kpp": f"{city.tax}01001"}
    return cells


def _legal_name(scene: Scene, client: Client) -> str:
    return scene.world.spelling["legal"].format(name=client.firm.name.replace("«", "„").replace("»", "“"))


def _contract(scene: Scene, client: Client) -> Cells:
    number, year = scene.rng.randint(1, 180), client.met.year
    return {
        "contract_no": scene.world.spelling["contract"].format(number=number, year=year),
        "contract_date": client.met + days(scene.rng.randint(5, 20)),
        "payment_days": client.payment_days,
        "contract_until": date(scene.today.year + scene.rng.choice((0, 1, 1, 2)), 12, 31),
        "price_list": scene.rng.choice(("1", "1", "2")),
        "discount": Decimal(scene.rng.choice((0, 3, 5, 7, 10, 12))),
        "credit_limit": Decimal(scene.rng.choice(scene.recipe.credit)) * (1000 if scene.world.is_russian else 20),
    }


def _opening_balance(scene: Scene) -> Cells:
    """What a client bought before the base was begun."""
    count = scene.rng.randint(2, 9)
    average = scene.rng.randint(20, 90) * (1000 if scene.world.is_russian else 20)
    return {
        "purchases_before": count,
        "first_purchase_before": workday(scene.begin - days(90 * count)),
        "last_purchase_before": workday(scene.begin - days(scene.rng.randint(10, 60))),
        "revenue_before": Decimal(average * min(count, 6)),
    }


# ── contacts ──


def _contact(scene: Scene, registry: Registry, client: Client, id: str) -> Cells:
    name, local = registry.person()
    is_main = id == client.people[0]
    cells: Cells = {"contact_id": id, "full_name": name, "company": client.shown}
    if client.stage == "lead":
        # Somebody answered the phone; who they are is not known yet.
        return cells | {"mobile": registry.mobile(), "is_main": show(True, scene.lang)}
    position, role = (part.strip() for part in _position(scene, is_main).split("|"))
    return cells | {
        "position": position,
        "role": scene.label("contact_role", role),
        "phone": None if is_main or scene.chance(0.4) else registry.landline(scene.world.cities[client.firm.city]),
        "mobile": registry.mobile() if is_main or scene.chance(0.7) else None,
        "email": f"{local}@{client.firm.domain}.example",
        "birthday": between(scene.rng, *_ADULTS) if scene.chance(0.5) else None,
        "is_main": show(is_main, scene.lang),
        "status": scene.label("contact_status", "active"),
        "consent": client.met + days(3) if scene.chance(0.7) else None,
        "note": scene.some("notes") if scene.chance(0.08) else None,
    }


def _position(scene: Scene, is_main: bool) -> str:
    """Main contacts decide or buy."""
    known = scene.world.people["positions"]
    return scene.rng.choice(known[:5] if is_main else known[3:])
