"""The words of the workbook: enumerations with their labels, and the folding by which words are matched."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sheetcrm.text import Label


def fold(text: str) -> str:
    """The text as it is compared: case, «ё», runs of spaces and a closing colon or star don't matter."""
    return " ".join(unicodedata.normalize("NFKC", text).split()).strip(" :*").casefold().replace("ё", "е")


def nearest(word: str, known: Iterable[str], *, close: int = 60, most: int = 1) -> list[str]:
    """The known words that a misspelt one may be meant for, the closest first.

    Args:
        word: As typed; case and spaces don't matter.
        known: What it may be.
        close: How alike two words must be, of 100.
        most: How many to name.
    """
    from rapidfuzz import fuzz, process  # only a misspelt word needs it

    spellings: dict[str, str] = {}
    for one in known:
        spellings.setdefault(fold(one), one)
    found = process.extract(fold(word), list(spellings), scorer=fuzz.ratio, score_cutoff=close, limit=most)
    return [spellings[folded] for folded, _, _ in found]


_ODD_SPACES = ("  ", " \n", "\n ", "\n\n", *"\t\r\v\f\x1c\x1d\x1e\x1f\x85\u1680\u2028\u2029")


def has_odd_spaces(lines: str) -> bool:
    """Whether an NFKC text, a line break at either end, has other white space than single blanks and line breaks."""
    return any(odd in lines for odd in _ODD_SPACES)


def fold_all(texts: Sequence[str]) -> list[str]:
    """Each text folded, all at once: a fifth of the time."""
    joined = unicodedata.normalize("NFKC", "\n".join(texts)).casefold().replace("ё", "е")
    lines = joined.split("\n")
    if len(lines) != len(texts):
        return list(map(fold, texts))
    if has_odd_spaces(f"\n{joined}\n"):
        lines = [" ".join(line.split()) for line in lines]
    return [line.strip(" :*") for line in lines] if ":" in joined or "*" in joined else lines


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of an enumeration.

    Attributes:
        code: What the base keeps.
        label: What the book shows.
        aliases: Other spellings that are understood.
    """

    code: str
    label: Label
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A closed list of values, which the firm's Lists tab may extend and relabel.

    Attributes:
        name: The list's code, as it stands in the Lists tab.
        label: What the list is called.
        choices: Its values in order.
        open: Whether a firm may add values (a drop-down then only warns).
    """

    name: str
    label: Label
    choices: tuple[Choice, ...]
    open: bool = True

    def words(self) -> Mapping[str, str]:
        """Every folded label, alias and code → code."""
        return {
            fold(word): choice.code
            for choice in reversed(self.choices)
            for word in (*choice.aliases, choice.code, *choice.label)
        }

    def label_of(self, code: str) -> Label:
        """The label of a code; the code itself where it is unknown."""
        for choice in self.choices:
            if choice.code == code:
                return choice.label
        return Label(code, code)


@dataclass(frozen=True)
class Vocabulary:
    """The enumerations as this firm uses them: the built-in ones with its Lists tab laid over.

    Attributes:
        enumerations: By name.
        words: By enumeration name, every word that is understood → code.
    """

    enumerations: Mapping[str, Enumeration]
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def _enumeration(name: str, en: str, ru: str, rows: str, *, open: bool = True) -> Enumeration:
    """An enumeration from lines `code | English | Russian | alias, alias`."""
    choices = []
    for line in rows.strip().splitlines():
        code, english, russian, *more = (part.strip() for part in line.split("|"))
        aliases = tuple(alias.strip() for alias in more[0].split(",")) if more else ()
        choices.append(Choice(code, Label(english, russian), aliases))
    return Enumeration(name, Label(en, ru), tuple(choices), open)


COMPANY_STAGE = _enumeration(
    "company_stage",
    "Company stage",
    "Этап компании",
    """
    lead | Information | Информация | Инфо, Лид, Info, Новый
    prospect | Potential client | Потенциальный клиент | Потенциальный, Potential
    sale | Sale | Продажа | В продаже, В работе
    buyer | Buyer | Покупатель | Клиент, Client, Customer
    regular | Regular buyer | Постоянный покупатель | Постоянный, Постоянный клиент, Regular
    dormant | Reactivation | Реактивация | Спящий, Dormant
    lost | Refused | Отказ | Отказался, Потерян
    disqualified | Not our client | Не наш клиент | Не наш, Disqualified
    """,
    open=False,
)
DEAL_STAGE = _enumeration(
    "deal_stage",
    "Deal stage",
    "Стадия сделки",
    """
    need | Need found | Выявлена потребность | Потребность, Новая
    offer | Offer sent | Предложение | КП отправлено, КП, Отправлено предложение, Предложение отправлено, Offer
    agreed | Agreed | Согласовано | Согласована
    invoiced | Invoiced | Счёт выставлен | Счёт, Выставлен счёт
    delivered | Delivered | Отгружено | Отгружена, Поставлено, Отгрузка
    settled | Settled | Расчёты завершены | Завершена, Закрыта, Оплачено, Успешно, Won, Closed won
    lost | Lost | Отказ | Проиграна, Отказались, Closed lost
    postponed | Postponed | Отложена | Отложено
    """,
    open=False,
)
DEAL_PROBABILITY: Mapping[str, int] = {
    "need": 10,
    "offer": 30,
    "agreed": 60,
    "invoiced": 80,
    "delivered": 95,
    "settled": 100,
    "lost": 0,
    "postponed": 5,
}
"""The probability of a deal's stage in per cent, unless one is typed."""

CONTACT_ROLE = _enumeration(
    "contact_role",
    "Contact role",
    "Роль контакта",
    """
    decision_maker | Decision maker | ЛПР | Принимает решение
    influencer | Influencer | Влияет
    buyer | Buyer | Закупщик
    user | User | Пользователь
    gatekeeper | Gatekeeper | Секретарь
    accountant | Accountant | Бухгалтер
    other | Other | Другое
    """,
)
SOURCE = _enumeration(
    "source",
    "Source",
    "Источник",
    """
    website | Website | Сайт | Интернет, Веб-сайт
    cold_call | Cold call | Холодный звонок | Звонок
    mailing | Mailing | Рассылка
    exhibition | Exhibition | Выставка
    referral | Referral | Рекомендация | По рекомендации
    ads | Ads | Реклама
    existing | Existing client | Действующий клиент
    other | Other | Другое
    """,
)
LOST_REASON = _enumeration(
    "lost_reason",
    "Lost reason",
    "Причина отказа",
    """
    price | Price | Цена | Дорого
    competitor | Competitor | Конкурент
    no_need | No need | Нет потребности
    no_budget | No budget | Нет бюджета
    no_answer | No answer | Нет ответа | Не отвечает
    terms | Terms | Условия
    quality | Quality | Качество
    closed_firm | Firm closed | Фирма закрылась
    other | Other | Другое
    """,
)
OBJECTION = _enumeration(
    "objection",
    "Objection",
    "Возражение",
    """
    later | Later | Позже | Свяжитесь позже
    no_time | No time | Нет времени
    new_in_post | New in the post | Недавно в должности
    no_money | No money | Нет денег
    comparing | Comparing | Сравнивает варианты
    missing_feature | Missing feature | Не хватает возможности
    buying_signal | Buying signal | Готов купить
    """,
)
SALE_TYPE = _enumeration(
    "sale_type",
    "Sale type",
    "Тип продаж",
    """
    transactional | Transactional | Транзакционная
    consultative | Consultative | Консультативная
    strategic | Strategic | Стратегическая
    mixed | Mixed | Смешанная
    project | Project | Проектная
    """,
)
CATEGORY = _enumeration(
    "category",
    "Category",
    "Категория",
    """
    A | A | A | А
    B | B | B | В, Б
    C | C | C | С
    D | D | D | Д
    """,
    open=False,
)
KEY_CLIENT = _enumeration(
    "key_client",
    "Key client",
    "Ключевой клиент",
    """
    none | No | Нет
    potential | Potential | Потенциальный
    key | Key | Ключевой | Да, Yes
    """,
    open=False,
)
CONTACT_STATUS = _enumeration(
    "contact_status",
    "Contact status",
    "Статус контакта",
    """
    active | Active | Работает | Активен
    left | Left | Уволился | Ушёл
    merged | Merged | Объединён
    erased | Erased | Стёрт
    """,
    open=False,
)
ACTIVITY_TYPE = _enumeration(
    "activity_type",
    "Activity type",
    "Тип события",
    """
    call | Call | Звонок
    mail | Mail | Письмо | E-mail, Почта
    meeting | Meeting | Встреча
    visit | Visit | Визит | Выезд
    message | Message | Сообщение | Мессенджер
    decision | Decision | Решение
    complaint | Complaint | Рекламация | Жалоба
    note | Note | Заметка
    """,
)
DIRECTION = _enumeration(
    "direction",
    "Direction",
    "Направление",
    """
    in | Incoming | Входящее | Входящий
    out | Outgoing | Исходящее | Исходящий
    """,
    open=False,
)
ACTIVITY_RESULT = _enumeration(
    "activity_result",
    "Activity result",
    "Результат события",
    """
    reached | Reached | Состоялся | Дозвонился, Состоялась
    not_reached | Not reached | Не дозвонились | Недозвон, Не состоялся
    refused | Refused | Отказ
    agreed | Agreed | Договорились
    """,
)
TASK_FUNCTION = _enumeration(
    "task_function",
    "Function",
    "Функция",
    """
    attract | Attract | Привлечение
    sell | Sell | Продажа
    serve | Serve | Обслуживание
    develop | Develop | Развитие
    research | Research | Исследование
    """,
    open=False,
)
TASK_STATUS = _enumeration(
    "task_status",
    "Task status",
    "Статус задачи",
    """
    new | New | Новая
    in_work | In work | В работе
    done | Done | Выполнена | Сделано
    cancelled | Cancelled | Отменена
    auto_closed | Closed by itself | Закрыта сама
    """,
    open=False,
)
MANAGER_ROLE = _enumeration(
    "manager_role",
    "Manager role",
    "Роль сотрудника",
    """
    head | Head of sales | Руководитель | РОП
    seller | Seller | Продавец | Менеджер по продажам
    account | Account manager | Аккаунт-менеджер | Сопровождение
    service | Service | Сервис | Обслуживание
    researcher | Researcher | Исследователь
    """,
)
PAYMENT_SOURCE = _enumeration(
    "payment_source",
    "Payment source",
    "Источник оплаты",
    """
    1c | 1C | 1С
    bank | Bank | Банк
    manual | By hand | Вручную
    """,
)
CAMPAIGN_TYPE = _enumeration(
    "campaign_type",
    "Campaign type",
    "Тип программы",
    """
    seminar | Seminar | Семинар
    mailing | Mailing | Рассылка
    special_offer | Special offer | Спецпредложение
    sale | Sale | Распродажа
    discount | Discount | Скидка
    cross_sell | Cross-sell | Перекрёстная продажа
    joint_project | Joint project | Совместный проект
    presentation | Presentation | Презентация
    reactivation | Reactivation | Реактивация
    """,
)
CAMPAIGN_CONTENT = _enumeration(
    "campaign_content",
    "Campaign content",
    "Содержание",
    """
    useful | Useful | Полезное
    advice | Advice | Совет
    fun | Fun | Развлечение
    """,
)
MEMBER_STATE = _enumeration(
    "member_state",
    "Member state",
    "Состояние участника",
    """
    planned | Planned | Запланировано
    sent | Sent | Отправлено
    delivered | Delivered | Доставлено
    confirmed | Receipt confirmed | Получение подтверждено
    responded | Responded | Ответил
    bounced | Bounced | Не доставлено
    refused | Refused | Отказ
    control | Control group | Контрольная группа
    """,
    open=False,
)
SEVERITY = _enumeration(
    "severity",
    "Severity",
    "Важность",
    """
    error | Error | Ошибка
    warning | Warning | Предупреждение | Внимание
    """,
    open=False,
)

ENUMERATIONS: Mapping[str, Enumeration] = {
    enumeration.name: enumeration
    for enumeration in (
        COMPANY_STAGE,
        DEAL_STAGE,
        CONTACT_ROLE,
        SOURCE,
        LOST_REASON,
        OBJECTION,
        SALE_TYPE,
        CATEGORY,
        KEY_CLIENT,
        CONTACT_STATUS,
        ACTIVITY_TYPE,
        DIRECTION,
        ACTIVITY_RESULT,
        TASK_FUNCTION,
        TASK_STATUS,
        MANAGER_ROLE,
        PAYMENT_SOURCE,
        CAMPAIGN_TYPE,
        CAMPAIGN_CONTENT,
        MEMBER_STATE,
        SEVERITY,
    )
}
