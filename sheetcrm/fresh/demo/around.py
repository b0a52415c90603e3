"""The demo firm's reference tabs: managers, products, territories, needs, the plan, and rules of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from sheetcrm.fresh.demo.calendar import between, days
from sheetcrm.fresh.demo.scene import Cells, Client, Scene
from sheetcrm.fresh.demo.trade import Order
from sheetcrm.schema.tables import SCHEMA, field_of


def manager_rows(scene: Scene) -> list[Cells]:
    """The rows of Managers, the head first."""
    domain = scene.world.spelling["manager_domain"]
    return [
        {
            "manager_id": f"M-{number:06d}",
            "name": seller.name,
            "email": f"{seller.mail}@{domain}",
            "role": scene.label("manager_role", seller.role),
            "territories": seller.territory,
            "hired": scene.begin - days(300 * number),
            "strengths": seller.strengths,
        }
        for number, seller in enumerate(scene.world.managers, 1)
    ]


def product_rows(scene: Scene) -> list[Cells]:
    """The rows of Products."""
    return [
        {
            "product_id": f"PD-{number:06d}",
            "name": good.name,
            "group": good.group,
            "unit": good.unit,
            "price": good.price,
            "period_days": good.period_days,
            "sale_type": scene.label("sale_type", scene.recipe.sale_types[0]),
        }
        for number, good in enumerate(scene.recipe.goods, 1)
    ]


def territory_rows(scene: Scene) -> list[Cells]:
    """The rows of Territories."""
    return [
        {"territory_id": f"TR-{number:06d}", "territory": seller.territory, "manager": seller.name}
        for number, seller in enumerate(scene.world.managers, 1)
    ]


def need_rows(scene: Scene, clients: Sequence[Client], orders: Sequence[Order]) -> list[Cells]:
    """The rows of Needs: what clients use a year of the groups they buy, as far as anybody asked them."""
    year_ago = scene.today - relativedelta(months=12)
    bought: dict[tuple[str, str], int] = defaultdict(int)
    for order in orders:
        for line in order.lines:
            if order.stage == "settled" and order.delivered > year_ago:
                bought[order.client.id, line.good.group] += line.quantity
    by_id = {client.id: client for client in clients}
    asked = [(by_id[id], group, quantity) for (id, group), quantity in bought.items() if scene.chance(0.35)]
    return [_need(scene, number, *one) for number, one in enumerate(asked, 1)]


def _need(scene: Scene, number: int, client: Client, group: str, bought: int) -> Cells:
    good = next(good for good in scene.recipe.goods if good.group == group)
    return {
        "need_id": f"N-{number:06d}",
        "company": client.shown,
        "product_group": group,
        "consumption_qty": int(bought / scene.rng.uniform(0.3, 0.95)),
        "unit": good.unit,
        "current_supplier": scene.some("suppliers"),
        "market_price": (good.price * Decimal(str(round(scene.rng.uniform(0.93, 1.08), 2)))).quantize(Decimal("0.01")),
        "as_of": between(scene.rng, scene.today - days(200), scene.today - days(10)),
    }


def plan_rows(scene: Scene, orders: Sequence[Order]) -> list[Cells]:
    """The rows of Plan: each manager's revenue for this month and the next two, a tenth above the usual."""
    usual: dict[str, Decimal] = defaultdict(Decimal)
    for order in orders:
        if order.stage == "settled":
            usual[order.client.manager] += sum((line.amount for line in order.lines), Decimal(0)) / 18
    months = [date(scene.today.year, scene.today.month, 1) + relativedelta(months=ahead) for ahead in range(3)]
    rows = [(month, seller.name) for month in months for seller in scene.world.managers]
    return [
        {
            "plan_id": f"PL-{number:06d}",
            "month": month,
            "manager": name,
            "indicator": scene.world.spelling["plan_indicator"],
            "value": round(usual[name] * Decimal("1.1") / 1000) * 1000,
        }
        for number, (month, name) in enumerate(rows, 1)
    ]


_RULES = (
    ("regular", "companies", ("price_list",), "all", "warning"),
    ("sale", "companies", ("legal_name", "city", "territory"), "any 2", "warning"),
    ("", "companies", ("contract_no",), "regex:[0-9/-]+", "warning"),
    ("", "companies", ("discount",), "range:0..15", "error"),
    ("", "companies", ("contract_date", "contract_until"), "a <= b", "error"),
    ("", "payments", ("doc_no",), "unique", "error"),
)
"""The firm's own rules, one of each kind: stage, table, columns, need, severity."""


def rule_rows(scene: Scene) -> list[Cells]:
    """The rows of Rules."""
    return [
        {
            "stage": scene.label("company_stage", stage) if stage else None,
            "table": SCHEMA[table].info.label.get(scene.lang),
            "columns": ", ".join(_header(scene, table, code) for code in columns),
            "need": need,
            "severity": scene.label("severity", severity),
            "message": message,
        }
        for (stage, table, columns, need, severity), message in zip(_RULES, scene.world.words["rules"], strict=True)
    ]


def _header(scene: Scene, table: str, code: str) -> str:
    """A column's header; one with a comma goes by its other name, for commas part the columns."""
    info = field_of(table, code)
    header = info.label.get(scene.lang)
    return info.col.aliases[0] if "," in header else header
