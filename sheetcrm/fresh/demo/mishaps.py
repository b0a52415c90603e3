"""Mistakes of whole records: copied rows, clients entered twice, stages that the data does not bear out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sheetcrm.fresh.demo.calendar import days
from sheetcrm.fresh.demo.defects import Defect, Fits, Patient
from sheetcrm.fresh.demo.scene import Cells
from sheetcrm.schema.tables import SCHEMA
from sheetcrm.table import Value

Mishap = Callable[[Patient], list[Defect]]


def _lead(patient: Patient, **cells: Value) -> Cells:
    """A new lead that somebody entered yesterday."""
    scene = patient.scene
    fresh: Cells = {
        "company_id": f"C-{len(patient.rows['companies']) + 1:06d}",
        "stage": scene.label("company_stage", "lead"),
        "manager": scene.world.managers[0].name,
        "source": scene.label("source", "website"),
        "category": "C",
        "city": scene.world.firms[0].city,
        "created_on": scene.today - days(1),
    }
    return fresh | cells


def id_twice(patient: Patient) -> list[Defect]:
    """A row was copied, its id with it."""
    original = patient.pick("activities", lambda p, cells: cells["activity_id"] is not None)
    copy = patient.add("activities", dict(patient.rows["activities"][original]))
    return [Defect("K002", "activities", copy, "activity_id")]


def namesakes(patient: Patient) -> list[Defect]:
    """A name is written that two clients bear."""
    names = [cells["name"] for cells in patient.rows["companies"]]
    shared = next(name for name in names if names.count(name) > 1)
    position = patient.pick("activities", lambda p, cells: cells["deal"] is None)
    patient.set("activities", position, company=shared, contact=None)
    return [Defect("R002", "activities", position, "company")]


def merged_contact(patient: Patient) -> list[Defect]:
    """A contact was merged into another, and an activity still names the old one."""
    gone = patient.rows["contacts"][patient.pick("contacts", _is_second)]
    gone["status"] = patient.scene.label("contact_status", "merged")
    position = patient.pick("activities", lambda p, cells: cells["company"] == gone["company"])
    patient.set("activities", position, contact=gone["contact_id"])
    return [Defect("R003", "activities", position, "contact")]


def contact_left(patient: Patient) -> list[Defect]:
    """Somebody left the client, and an open task still names them."""

    def is_waited_for(patient: Patient, cells: Cells) -> bool:
        return _is_second(patient, cells) and bool(patient.sound("tasks", _open_with(cells)))

    gone = patient.rows["contacts"][patient.pick("contacts", is_waited_for)]
    gone["status"] = patient.scene.label("contact_status", "left")
    position = patient.pick("tasks", _open_with(gone))
    patient.set("tasks", position, contact=gone["contact_id"])
    return [Defect("R005", "tasks", position, "contact")]


def _open_with(contact: Cells) -> Fits:
    """Open tasks with the contact's company."""
    return lambda patient, cells: _is_open_task(patient, cells) and cells["company"] == contact["company"]


def contact_of_another(patient: Patient) -> list[Defect]:
    """An open task names somebody who works elsewhere."""
    position = patient.pick("tasks", _is_open_task)
    task = patient.rows["tasks"][position]
    other = next(cells for cells in patient.rows["contacts"] if cells["company"] != task["company"])
    task["contact"] = other["contact_id"]
    return [Defect("R004", "tasks", position, "contact")]


def _is_second(patient: Patient, cells: Cells) -> bool:
    """Whether the contact is not its company's main one."""
    return patient.people(cells)[0] is not cells


def _is_open_task(patient: Patient, cells: Cells) -> bool:
    return cells["status"] != patient.scene.label("task_status", "done")


def unknown_firm(patient: Patient) -> list[Defect]:
    """A name was noted and nothing else; somebody called it all the same."""
    name = patient.scene.world.words["unknown"][0]
    position = patient.add("companies", _lead(patient, name=name))
    call = patient.pick("activities", lambda p, cells: cells["deal"] is None)
    patient.set("activities", call, company=name, contact=None)
    return [Defect("G001", "companies", position, "stage"), Defect("R006", "activities", call, "company")]


def nobody_known(patient: Patient) -> list[Defect]:
    """A potential client where nobody's position is known."""
    position = patient.pick("companies", lambda p, cells: p.stage(cells) == "prospect")
    company = patient.shown(patient.rows["companies"][position])
    for contact in patient.people({"company": company}):
        contact["position"] = None
    return [Defect("G001", "companies", position, "stage")]


def typed_too_high(patient: Patient) -> list[Defect]:
    """Stages that were typed before the data was there."""
    return [
        Defect("G001", "companies", _retyped(patient, fact, typed), "stage")
        for fact, typed in (("prospect", "sale"), ("prospect", "buyer"), ("buyer", "regular"))
    ]


def typed_too_low(patient: Patient) -> list[Defect]:
    """A client that buys again and again still stands among the potential ones."""
    return [Defect("H006", "companies", _retyped(patient, "regular", "prospect"), "stage")]


def _retyped(patient: Patient, fact: str, typed: str) -> int:
    """A company at one stage that is given another."""
    position = patient.pick("companies", lambda p, cells: p.stage(cells) == fact)
    patient.set("companies", position, stage=patient.scene.label("company_stage", typed), price_list="1")
    return position


def terms_unknown(patient: Patient) -> list[Defect]:
    """An order was agreed on, and nobody wrote down on what terms."""
    return _blanked(patient, "agreed", "terms")


def invoice_unknown(patient: Patient) -> list[Defect]:
    """An invoice was sent, and nobody wrote down its number."""
    return _blanked(patient, "invoiced", "invoice_no")


def _blanked(patient: Patient, stage: str, code: str) -> list[Defect]:
    """A column that all rows of an order share is blank in each of them."""
    first = patient.pick("deals", lambda p, cells: p.stage(cells) == stage)
    deals = patient.rows["deals"]
    number = deals[first]["order_no"]
    order = [at for at, cells in enumerate(deals) if at == first or (number and cells["order_no"] == number)]
    for position in order:
        patient.take("deals", position)
        patient.set("deals", position, **{code: None})
    return [Defect("G002", "deals", position, "stage") for position in order]


def client_twice(patient: Patient) -> list[Defect]:
    """A colleague entered a client again, with its legal form."""
    scene = patient.scene
    original = patient.rows["companies"][patient.pick("companies", _plain_regular)]
    name = scene.world.spelling["legal"].format(name=original["name"])
    cells = _lead(patient, name=name, city=original["city"], address=original["address"])
    return [Defect("H001", "companies", patient.add("companies", cells), "name")]


def _plain_regular(patient: Patient, cells: Cells) -> bool:
    return patient.stage(cells) == "regular" and "«" not in str(cells["name"])


def person_twice(patient: Patient) -> list[Defect]:
    """A person was entered again with the same mobile phone."""
    original = patient.rows["contacts"][
        patient.pick("contacts", lambda p, c: None not in (c.get("position"), c["mobile"]))
    ]
    cells: Cells = {
        **original,
        "contact_id": f"P-{len(patient.rows['contacts']) + 1:06d}",
        "email": None,
        "phone": None,
    }
    return [Defect("H004", "contacts", patient.add("contacts", cells), "full_name")]


def stale_lead(patient: Patient) -> list[Defect]:
    """A lead that nobody has touched for half a year."""
    position = patient.add("companies", _lead(
        patient,
        name=patient.scene.world.words["unknown"][1],
        email="hello@quiet.example",
        created_on=patient.scene.today - days(200),
    ))  # fmt: skip
    return [Defect("H005", "companies", position, "stage")]


def _next_payment(patient: Patient) -> str:
    return f"PAY-{len(patient.rows['payments']) + 1:06d}"


def paid_tomorrow(patient: Patient) -> list[Defect]:
    """A payment is dated in the future."""
    deal = patient.rows["deals"][patient.pick("deals", lambda p, cells: p.stage(cells) == "delivered")]
    cells: Cells = {
        "payment_id": _next_payment(patient),
        "company": deal["company"],
        "deal": deal["deal_id"],
        "date": patient.scene.today + days(3),
        "amount": deal["amount"],
        "source": patient.scene.label("payment_source", "manual"),
    }
    return [Defect("V013", "payments", patient.add("payments", cells), "date")]


def paid_for_nothing(patient: Patient) -> list[Defect]:
    """A payment came with the number of an order that nobody knows."""
    original = patient.rows["payments"][patient.pick("payments", lambda p, cells: cells["order_no"] is not None)]
    cells: Cells = {**original, "payment_id": _next_payment(patient), "order_no": "9999", "doc_no": "7"}
    return [Defect("H008", "payments", patient.add("payments", cells), "order_no")]


def left_before_hired(patient: Patient) -> list[Defect]:
    """A former manager left before they came, and a task still waits for them."""
    scene = patient.scene
    task = patient.pick("tasks", _is_open_task)
    patient.set("tasks", task, manager=scene.world.words["former"][0])
    cells: Cells = {
        "manager_id": f"M-{len(patient.rows['managers']) + 1:06d}",
        "name": scene.world.words["former"][0],
        "role": scene.label("manager_role", "seller"),
        "hired": scene.begin,
        "left": scene.begin - days(90),
    }
    manager = patient.add("managers", cells)
    return [Defect("V012", "managers", manager, "left"), Defect("H007", "tasks", task, "manager")]


def delivered_before_needed(patient: Patient) -> list[Defect]:
    """A deal was delivered before anybody knew of the need."""
    position = patient.pick("deals", lambda p, cells: p.stage(cells) == "settled")
    deal = patient.rows["deals"][position]
    today = patient.scene.today
    patient.set("deals", position, need_date=today, due_date=today, delivered_on=min(_day(deal), today - days(1)))
    return [Defect("V012", "deals", position, "delivered_on")]


def _day(deal: Cells) -> date:
    day = deal["delivered_on"]
    assert isinstance(day, date)
    return day


def hardly_described(patient: Patient) -> list[Defect]:
    """Of what the firm's rule asks for, only one is filled."""
    position = patient.pick("companies", lambda p, cells: p.stage(cells) == "sale" and p.shown(cells) == cells["name"])
    patient.set("companies", position, legal_name=None, city=None)
    return [Defect("F002", "companies", position, "legal_name")]


def booked_twice(patient: Patient) -> list[Defect]:
    """A payment bears the number of another one's document."""
    first = patient.pick("payments", lambda p, cells: cells["doc_no"] is not None)
    second = patient.add("payments", {**patient.rows["payments"][first], "payment_id": _next_payment(patient)})
    return [Defect("F006", "payments", second, "doc_no")]


def odd_value(patient: Patient) -> list[Defect]:
    """Somebody added a value to a list that there is not."""
    patient.add("lists", {"list": "sorces", "code": "radio", "en": "Radio", "ru": "Радио", "order": 1})
    return [Defect("S011", "lists", sum(map(bool, patient.rows["lists"])) - 1, "list")]


def odd_rule(patient: Patient) -> list[Defect]:
    """A rule of the firm speaks of a column that there is not."""
    table = SCHEMA["companies"].info.label.get(patient.scene.lang)
    position = patient.add("rules", {"table": table, "columns": patient.scene.some("odd_column"), "need": "all"})
    return [Defect("S012", "rules", position, "columns")]


MISHAPS: tuple[Mishap, ...] = (
    id_twice,
    namesakes,
    merged_contact,
    contact_left,
    contact_of_another,
    unknown_firm,
    nobody_known,
    typed_too_high,
    typed_too_low,
    terms_unknown,
    invoice_unknown,
    client_twice,
    person_twice,
    stale_lead,
    paid_tomorrow,
    paid_for_nothing,
    left_before_hired,
    delivered_before_needed,
    hardly_described,
    booked_twice,
    odd_value,
    odd_rule,
)
"""One mishap of each kind."""
