"""The task rules: what the base says should be done next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from sheetcrm.schema.facts import CONTACT_TYPES
from sheetcrm.schema.gates import missing_text
from sheetcrm.tasks.rule import Situation, Wanted
from sheetcrm.tasks.staff import NOBODY
from sheetcrm.tasks.workdays import after_workdays
from sheetcrm.text import Message, msg

_QUARTER, _WEEK = 90, 7
_AHEAD, _HEAD_AFTER = 3, 3


def keep_in_touch(situation: Situation) -> Iterator[Wanted]:
    """Asks for a contact with every client that was not reached for longer than its class allows.

    A contact is a call, a mail, a meeting, a visit or a message that took place; editing the record is none. The
    class is the ABCD class, or the category given by hand while the client has bought nothing; how long each may
    wait are the settings cadence_A…D. A client never reached counts from the day it was entered. A task that is
    closed without a contact comes back a cadence later.
    """
    settings = situation.base.settings
    created = situation.base.values("companies", "created_on")
    for company in situation.clients:
        reached = situation.facts.last_contact[company]
        start = reached or created[company]
        cadence = settings.cadence(situation.classes[company])
        if not isinstance(start, date) or (situation.today - start).days <= cadence:
            continue
        title = msg("Get in touch: the last contact was on {date}", date=reached) if reached else _NO_CONTACT
        yield Wanted(
            f"T01|{situation.id('companies', company)}",
            _period(start, situation.today, cadence),
            situation.today,
            title,
            situation.manager_of(company),
            situation.priority(4 if situation.classes[company] == "D" else 3, company),
            company,
        )


def promised_step(situation: Situation) -> Iterator[Wanted]:
    """Reminds of the next step that was agreed: the last activity's next date, or the client's next contact.

    Only the last activity counts; a later contact without a next date settles the matter. A note or a decision
    without a date of its own settles nothing. The next contact typed on Companies is settled by a contact on that
    day or later. The task is due on the day that was promised.
    """
    for company, day in _promises(situation):
        if day <= situation.today:
            yield Wanted(
                f"T02|{situation.id('companies', company)}",
                day.isoformat(),
                day,
                promised_title(day),
                situation.manager_of(company),
                situation.priority(2, company),
                company,
            )


def delivery_near(situation: Situation) -> Iterator[Wanted]:
    """Asks to make sure of a delivery that is due within three working days.

    The deal is open and has no delivery date yet; postponed deals are left in peace. The deal's manager is told, and
    the service manager where there is one.
    """
    for deal, due in situation.undelivered:
        if situation.today <= due <= after_workdays(situation.today, _AHEAD):
            title = msg("Make sure of the delivery on {date}: {what}", date=due, what=_what(situation, deal))
            wanted = _about(situation, "T03", deal, due.isoformat(), due, title, 2)
            yield wanted
            yield from _told_too(wanted, "service", situation.staff.service)


def delivery_late(situation: Situation) -> Iterator[Wanted]:
    """Asks to deliver what is late, or to agree a new date with the client.

    The deal's manager is told at once, the head of sales from the third day on. A task that is closed while the
    delivery still waits comes back a week later.
    """
    for deal, due in situation.undelivered:
        if due < situation.today:
            title = msg("Late since {date}, deliver or agree a new date: {what}", date=due, what=_what(situation, deal))
            week = _period(due, situation.today, _WEEK)
            wanted = _about(situation, "T04", deal, week, situation.today, title, 1)
            yield wanted
            if (situation.today - due).days >= _HEAD_AFTER:
                yield from _told_too(wanted, "head", situation.staff.head)


def data_missing(situation: Situation) -> Iterator[Wanted]:
    """Asks for what the client's stage demands and the base doesn't have: one task a client, naming every column.

    What its open deals lack is in it too. Leads go to the researcher where there is one. A task that is closed while
    something is still missing comes back the next month.
    """
    base = situation.base
    stages = base.values("companies", "stage")
    for company in situation.clients:
        lacks = situation.lacks(company)
        if not lacks:
            continue
        is_lead = stages[company] in ("lead", None)
        researcher = situation.staff.researcher if is_lead else NOBODY
        yield Wanted(
            f"T08|{situation.id('companies', company)}",
            f"{situation.today:%Y-%m}",
            situation.today,
            msg("Fill in: {columns}", columns=missing_text(lacks, "companies", base.lang)),
            researcher if researcher != NOBODY else situation.manager_of(company),
            situation.priority(3, company),
            company,
        )


def reactivate(situation: Situation) -> Iterator[Wanted]:
    """Asks to win back a client that has not bought for more than two average purchase periods.

    The period P is the firm's (see R09). A task that is closed without a purchase comes back a quarter later.
    """
    for company in situation.clients:
        last = situation.facts.last_purchase[company]
        if last is not None and situation.facts.silent(company, 2):
            yield Wanted(
                f"T10|{situation.id('companies', company)}",
                _period(last, situation.today, _QUARTER),
                situation.today,
                msg("Win the client back: the last purchase was on {date}", date=last),
                situation.manager_of(company),
                situation.priority(2, company),
                company,
            )


_NO_CONTACT = msg("Get in touch: there was no contact yet")


def _period(start: date, today: date, days: int) -> str:
    """The day on which the present one of the periods of that length began, counted from `start`."""
    return (start + timedelta(days=(today - start).days // days * days)).isoformat()


def promised_title(day: date) -> Message:
    """What a task for a promised step says where nobody said more."""
    return msg("The next step, agreed for {date}", date=day)


def _promises(situation: Situation) -> Iterator[tuple[int, date]]:
    """Every company and a day that was promised to it and not kept yet."""
    typed = situation.base.values("companies", "next_contact")
    agreed = _agreed(situation)
    for company in situation.clients:
        reached = situation.facts.last_contact[company]
        days = set(agreed.get(company, ()))
        day = typed[company]
        if isinstance(day, date) and (reached is None or reached < day):
            days.add(day)
        yield from ((company, day) for day in sorted(days))


def _agreed(situation: Situation) -> Mapping[int, list[date]]:
    """Each company's next dates of its last activity; of several at the same moment, of all."""
    base = situation.base
    last: dict[int, datetime] = {}
    found: dict[int, list[date]] = {}
    columns = (base.values("activities", code) for code in ("at", "type", "next_date"))
    for company, at, type_, day in zip(base.links("activities", "company").target, *columns, strict=True):
        if not isinstance(at, datetime) or at.date() > situation.today or (day is None and type_ not in CONTACT_TYPES):
            continue
        if company not in last or at > last[company]:
            last[company], found[company] = at, []
        if at == last[company] and isinstance(day, date):
            found[company].append(day)
    return found


def _what(situation: Situation, deal: int) -> str:
    """What a deal is called in a title: its product, else its id."""
    return str(situation.base.values("deals", "product")[deal] or situation.id("deals", deal))


def _about(situation: Situation, rule: str, deal: int, period: str, due: date, title: Message, usual: int) -> Wanted:
    """A task about a deal, for the deal's manager."""
    company = situation.facts.deals.company[deal]
    stem = f"{rule}|{situation.id('deals', deal)}"
    manager, priority = situation.manager_of_deal(deal), situation.priority(usual, company)
    return Wanted(stem, period, due, title, manager, priority, company, deal)


def _told_too(wanted: Wanted, role: str, manager: int) -> Iterator[Wanted]:
    """The same task for a second person, where there is another one."""
    if manager not in (NOBODY, wanted.manager):
        yield replace(wanted, stem=f"{wanted.stem} {role}", manager=manager)
