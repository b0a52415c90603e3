"""The demo firm whole: every tab's rows, its settings, and the defects that were put in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from sheetcrm.fresh.demo.around import manager_rows, need_rows, plan_rows, product_rows, rule_rows, territory_rows
from sheetcrm.fresh.demo.clients import clients
from sheetcrm.fresh.demo.deals import book_in, deal_rows, payment_rows
from sheetcrm.fresh.demo.defects import Defect
from sheetcrm.fresh.demo.log import activity_rows, task_rows
from sheetcrm.fresh.demo.recipe import recipe, world
from sheetcrm.fresh.demo.scene import Cells, Scene
from sheetcrm.fresh.demo.spoil import spoil
from sheetcrm.fresh.demo.trade import orders
from sheetcrm.fresh.lists import extended, list_rows, setting_rows
from sheetcrm.fresh.template import Template, settings_of
from sheetcrm.schema.settings import Settings
from sheetcrm.text import Lang


@dataclass(frozen=True)
class DemoFirm:
    """A firm that does not exist.

    Attributes:
        settings: Its settings.
        rows: Its records as the book shows them, by table.
        defects: What is wrong in them, on purpose.
    """

    settings: Settings
    rows: Mapping[str, list[Cells]]
    defects: Sequence[Defect]


def demo_settings(template: Template, lang: Lang) -> Settings:
    """The settings of a template's demo firm, those of its country among them."""
    return settings_of(lang, {**template.settings, **world(lang).settings})


def demo_firm(template: Template, lang: Lang, today: date, clean: bool) -> DemoFirm:
    """The demo firm of a template; the same day makes the same firm.

    Args:
        template: What kind of firm it is.
        lang: The language of the book, and the country it is in.
        today: The day on which it looks back on eighteen months.
        clean: Whether to leave the defects out.
    """
    scene = Scene(
        # The seed is said here and nowhere else: chance must not make two books of one day differ.
        rng=Random(f"sheetcrm {template.name} {lang}"),
        world=world(lang),
        recipe=recipe(template.recipe, lang),
        lang=lang,
        enumerations=extended(template.choices),
        settings=demo_settings(template, lang),
        today=today,
    )
    rows = _rows(scene, template.tabs)
    defects = () if clean else spoil(scene, rows)
    return DemoFirm(scene.settings, rows, defects)


def _rows(scene: Scene, tabs: Sequence[str]) -> dict[str, list[Cells]]:
    known, companies, contacts = clients(scene)
    traded = orders(scene, known)
    booked = book_in(scene, traded)
    rows = {
        "companies": companies,
        "contacts": contacts,
        "deals": deal_rows(scene, booked),
        "activities": activity_rows(scene, known, booked),
        "tasks": task_rows(scene, known),
        "managers": manager_rows(scene),
        "payments": payment_rows(scene, booked),
        "products": product_rows(scene),
        "territories": territory_rows(scene),
        "needs": need_rows(scene, known, traded),
        "plan": plan_rows(scene, traded),
        "lists": list_rows(scene.enumerations),
        "settings": setting_rows(scene.settings, scene.lang),
        "rules": rule_rows(scene),
    }
    absent = {"payments", "products", "territories", "needs", "plan"} - set(tabs)
    return {name: found for name, found in rows.items() if name not in absent}
