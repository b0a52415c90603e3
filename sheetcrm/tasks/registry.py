"""The task rules by their stable codes: what each is called, and what it tells people to say (S-56, S-147)."""

from __future__ import annotations

from collections.abc import Mapping

from sheetcrm.tasks import rules
from sheetcrm.tasks.rule import TaskRule
from sheetcrm.text import Label

RULES: Mapping[str, TaskRule] = {
    rule.code: rule
    for rule in (
        TaskRule(
            "T01",
            Label("Keep in touch", "Поддерживать контакт"),
            "serve",
            "call",
            Label(
                "Greet by name and ask how what we delivered works out. What has changed: volumes, people, suppliers? "
                "Offer one thing of use. Agree on the day of the next contact.",
                "Поздоровайтесь по имени, спросите, как идут дела с тем, что поставили. Что изменилось: объёмы, люди, "
                "поставщики? Предложите одну полезную вещь. Договоритесь о дне следующего контакта.",
            ),
            rules.keep_in_touch,
        ),
        TaskRule(
            "T02",
            Label("Next step promised", "Обещанный следующий шаг"),
            "sell",
            "call",
            Label(
                "Recall what was agreed last time. Say what you have done since. Take it one step further and agree "
                "on the next one.",
                "Напомните, о чём договорились в прошлый раз. Скажите, что сделали вы. Продвиньтесь на один шаг и "
                "договоритесь о следующем.",
            ),
            rules.promised_step,
            recurs=False,
        ),
        TaskRule(
            "T03",
            Label("Delivery is near", "Скоро поставка"),
            "serve",
            "note",
            Label(
                "Is the order ready, who takes it there and when, are the papers with it? Tell the client the day and "
                "the hour.",
                "Готов ли заказ, кто и когда везёт, все ли документы с ним? Сообщите клиенту день и час.",
            ),
            rules.delivery_near,
            recurs=False,
        ),
        TaskRule(
            "T04",
            Label("Delivery is late", "Поставка просрочена"),
            "serve",
            "call",
            Label(
                "Call first, before the client does. Say what happened and the new date that will hold. Ask what the "
                "delay costs them, and put the date into the deal.",
                "Позвоните первыми, не ждите звонка. Скажите, что случилось, и назовите срок, который выдержим. "
                "Спросите, чем грозит задержка, и впишите новый срок в сделку.",
            ),
            rules.delivery_late,
        ),
        TaskRule(
            "T08",
            Label("Data missing", "Не хватает данных"),
            "research",
            "note",
            Label(
                "Look at the client's site, papers and letters first; ask the client for the rest, and say what it is "
                "for.",
                "Сначала посмотрите сайт, документы и переписку; остальное спросите у клиента и скажите, для чего.",
            ),
            rules.data_missing,
        ),
        TaskRule(
            "T10",
            Label("Client is silent", "Клиент замолчал"),
            "develop",
            "call",
            Label(
                "Ask what they buy now and from whom, and what made them stop. Don't argue: note the reason. Offer "
                "what answers it, and agree on a trial order or on the day of the next call.",
                "Спросите, что и у кого берут сейчас и почему перестали брать у нас. Не спорьте, запишите причину. "
                "Предложите то, что её снимает: пробный заказ или день следующего звонка.",
            ),
            rules.reactivate,
        ),
    )
}
"""Every task rule; a code is never used twice."""

MANUAL = "manual"
"""Stands in the column `rule` of a task that a person set; no rule ever touches it."""
