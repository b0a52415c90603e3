"""Words by which a stranger's list is understood: what people head their columns, call their rows and their cities."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sheetcrm.schema.words import fold


def _folded(text: str) -> frozenset[str]:
    return frozenset(map(fold, text.replace("\n", ",").split(",")))


def _headers(rows: str) -> Mapping[str, tuple[str, ...]]:
    """Folded header → the fields it may name, from lines `table.field table.field: header, header`."""
    found: dict[str, tuple[str, ...]] = {}
    for line in rows.strip().splitlines():
        columns, _, words = line.partition(":")
        found |= dict.fromkeys(_folded(words), tuple(columns.split()))
    return found


_NAME_PARTS = "фамилия, имя, отчество, first name, last name, middle name, surname, given name, family name"

HEADERS: Mapping[str, tuple[str, ...]] = _headers(
    f"""
    companies.name: покупатель, заказчик, партнер, клиент / компания, company name, client name, customer name
    companies.name: business name, business, firm, organization, organisation
    companies.legal_name: юридическое название, юридическое наименование, юр. лицо, юрлицо, юр лицо, legal entity
    companies.phone: контактный телефон, тел./факс, факс, рабочий телефон, городской телефон, mobile phone, cell, tel
    companies.phone: tel., telephone, contact number
    companies.email: эл. адрес, эл.почта, электронный адрес, емейл, имейл, мейл, e-mail address, email address
    companies.inn: инн/кпп, инн / кпп, инн клиента, tax id, tax number, vat
    companies.address: адрес доставки, фактический адрес, юридический адрес, юр. адрес, факт. адрес, местонахождение
    companies.address: location
    companies.city: населенный пункт, г., нас. пункт
    companies.website: веб-сайт, www, web, url, site
    companies.stage: статус клиента, состояние, этап работы, текущий статус, lead status, stage
    companies.manager: кто ведет, закреплен за, куратор, сотрудник, ведущий менеджер, account manager, sales rep
    companies.manager: assigned to, responsible
    companies.industry: сфера, вид деятельности, направление деятельности, business type
    companies.source: откуда, откуда узнали, откуда пришел, канал, lead source, referred by
    companies.next_contact: дата следующего контакта, дата следующего звонка, перезвонить, когда звонить, follow up
    companies.next_contact: follow-up, next contact date
    companies.category: группа abc, abc, класс
    companies.note: прим., коммент, комменты, доп. информация, дополнительно, remark, remarks
    contacts.full_name: {_NAME_PARTS}
    contacts.full_name: контактное лицо, контактные лица, ф.и.о., фио контактного лица, представитель, лпр
    contacts.full_name: с кем общаться, руководитель, директор, contact person, contact name, full name, person
    contacts.position: должность контактного лица, job title, title, position
    contacts.mobile: моб. телефон, моб.тел., моб. тел., сотовый телефон, личный телефон, whatsapp телефон, mobile
    contacts.birthday: др, д.р., дата рожд., birth date, date of birth
    deals.product: что покупает, что купил, номенклатура, наименование товара, item, items
    deals.need_qty: кол-во, кол., qty, объем
    deals.amount: сумма, руб., сумма продажи, сумма покупки, стоимость, бюджет сделки, order value, deal value
    deals.amount: revenue, value
    deals.need_date: дата заказа, дата заявки, дата обращения, дата сделки, order date
    deals.delivered_on: дата продажи, дата покупки, sale date, purchase date
    deals.invoice_no: счет, номер счета, invoice, invoice number
    activities.at deals.need_date: дата, date
    activities.at: дата звонка, дата контакта, дата последнего контакта, последний контакт, последний звонок
    activities.at: last contact, last call, last contacted
    activities.summary: итог разговора, результат звонка, результат переговоров, результат контакта, call result
    """
)
"""What strangers head their columns besides the labels and aliases of the schema."""

FILLERS = _folded(
    "клиента, клиентов, компании, организации, контрагента, покупателя, заказчика, фирмы, контактного лица, основной, "
    "основная, контактный, рабочий, доп., дополнительный, client, customer, contact, company, main, primary, work, "
    "office"
)
"""Words that don't change what a header means: «Телефон клиента» is a phone."""

NAME_PARTS = _folded(_NAME_PARTS)
"""Headers of columns that hold a part of a person's name each."""

COUNTERS = _folded("№, № п/п, №п/п, п/п, n, no, no., nr, #, номер п/п, порядковый номер, row, id, код, код клиента")
"""Headers of columns that only number the rows, or hold another program's ids."""

CITIES = _folded(
    "Москва, Санкт-Петербург, СПб, Питер, Новосибирск, Екатеринбург, Казань, Нижний Новгород, Челябинск, Красноярск, "
    "Самара, Уфа, Ростов-на-Дону, Омск, Краснодар, Воронеж, Пермь, Волгоград, Саратов, Тюмень, Тольятти, Барнаул, "
    "Ижевск, Махачкала, Хабаровск, Ульяновск, Иркутск, Владивосток, Ярославль, Кемерово, Томск, Набережные Челны, "
    "Севастополь, Ставрополь, Оренбург, Новокузнецк, Рязань, Балашиха, Пенза, Чебоксары, Липецк, Калининград, "
    "Астрахань, Тула, Киров, Сочи, Курск, Улан-Удэ, Тверь, Магнитогорск, Сургут, Брянск, Якутск, Иваново, Владимир, "
    "Симферополь, Белгород, Нижний Тагил, Калуга, Чита, Грозный, Волжский, Смоленск, Подольск, Саранск, Вологда, "
    "Курган, Череповец, Орёл, Архангельск, Мурманск, Тамбов, Химки, Мытищи, Псков, Великий Новгород, Кострома, "
    "Первоуральск, Каменск-Уральский, Березники, Минск, Гомель, Алматы, Астана, Бишкек, Ташкент, Ереван, Тбилиси, "
    "London, Manchester, Birmingham, Leeds, New York, Boston, Chicago, Los Angeles, San Francisco, Seattle, Austin, "
    "Houston, Dallas, Denver, Miami, Atlanta, Toronto, Vancouver, Berlin, Hamburg, Munich, Paris, Madrid, Rome, "
    "Dublin, Glasgow, Edinburgh, Bristol, Philadelphia, Phoenix, Portland, San Diego"
)

FIRST_NAMES = _folded(
    "Александр, Александра, Алексей, Алёна, Алина, Алла, Анастасия, Андрей, Анна, Антон, Артём, Борис, Вадим, "
    "Валентина, Валерий, Вера, Виктор, Виктория, Виталий, Владимир, Владислав, Галина, Георгий, Григорий, Дарья, "
    "Денис, Дмитрий, Евгений, Евгения, Екатерина, Елена, Елизавета, Иван, Игорь, Илья, Инна, Ирина, Кирилл, "
    "Константин, Ксения, Лариса, Леонид, Лидия, Людмила, Максим, Маргарита, Марина, Мария, Михаил, Надежда, Наталья, "
    "Наталия, Никита, Николай, Нина, Оксана, Олег, Ольга, Павел, Пётр, Полина, Роман, Руслан, Светлана, Сергей, "
    "Станислав, Степан, Тамара, Татьяна, Тимур, Фёдор, Юлия, Юрий, Яна, Ярослав, "
    "Adam, Alice, Amy, Andrew, Anna, Ben, Brian, Carol, Charles, Chris, Daniel, David, Diana, Emily, Emma, Eric, "
    "Frank, George, Grace, Hannah, Helen, Henry, Jack, James, Jane, Jason, Jennifer, John, Julia, Kate, Karen, Kevin, "
    "Laura, Linda, Lisa, Lucy, Maria, Mark, Martin, Mary, Matthew, Michael, Nancy, Oliver, Olivia, Patricia, Paul, "
    "Peter, Rachel, Richard, Robert, Sarah, Simon, Sophie, Steven, Susan, Thomas, Tom, William"
)

MONTHS = _folded(
    "январь, февраль, март, апрель, май, июнь, июль, август, сентябрь, октябрь, ноябрь, декабрь, january, february, "
    "march, april, may, june, july, august, september, october, november, december, jan, feb, mar, apr, jun, jul, aug, "
    "sep, sept, oct, nov, dec, янв, фев, мар, апр, июн, июл, авг, сен, окт, ноя, дек"
)

STAGE_HINTS: Mapping[str, str] = {
    word: stage
    for word, (stage,) in _headers(
        """
        lead: холодный, холодная, перезвонить, недозвон, нет ответа, не звонили, не обработан, новая заявка
        lead: cold, to call, no answer, not contacted
        prospect: думает, тёплый, тёплая, интересно, заинтересован, переговоры, потенциал, в раздумьях
        prospect: warm, interested, thinking, contacted, qualified
        sale: горячий, горячая, выставлен счёт, счёт, ждём оплату, ожидает оплату, договор, согласование, кп
        sale: отправлено кп, hot, negotiation, proposal, quoted, in progress
        buyer: купил, купили, оплатил, оплачено, оплата, покупает, работаем, активный, действующий
        buyer: bought, won, paid, active, closed
        regular: постоянник, vip, лояльный, повторный, loyal, repeat
        dormant: пауза, давно не покупал, неактивный, не активен, уснул, inactive, paused, sleeping
        lost: не интересно, неинтересно, отвалился, ушёл, ушёл к конкурентам, отказались
        lost: lost, rejected, not interested, refused
        disqualified: чёрный список, закрылись, закрылась, ликвидирован, нецелевой, дубль, спам
        disqualified: blacklist, closed down, junk, spam, unqualified
        """
    ).items()
}
"""Statuses of strangers → the company stage that they probably mean; only ever suggested."""

TOTAL = re.compile(r"(?:итог|итого|всего|подытог|total|totals|grand total|subtotal|sum)(?:[\s:.,(].*)?")
"""A folded cell that begins a line of totals."""

HEADING = re.compile(
    r"(?:менеджер|ответственный|раздел|регион|город|группа|категория|manager|region|section|group)[\s:].+"
)
"""A folded cell that begins a section of the list."""

REMARK = re.compile(r"(?:обновлен|актуальн|составил|источник|внимание|updated|as of|source|prepared)[^\d@]*.*")
"""A folded cell that is a remark about the list, not a row of it."""

SURNAME = re.compile(r"[А-ЯЁ][а-яё]+(?:[оеё]ва?|[иы]на?|[сц]к(?:ий|ой|ая)|ко|юк|ук|як|швили|дзе|ян)(?:-[А-ЯЁ][а-яё]+)?")
PATRONYMIC = re.compile(r"[А-ЯЁ][а-яё]+(?:ович|евич|ич|овна|евна|ична|инична)")
INITIALS = re.compile(r"(?:[А-ЯЁA-Z]\.\s?){1,2}")
STREET = re.compile(
    r"\b(?:ул|улица|пр-?т|просп|проспект|пер|переулок|ш|шоссе|наб|пл|бульвар|б-р|д|дом|оф|офис|"
    r"street|st|road|rd|avenue|ave|lane|blvd|suite)\b\.?",
    re.IGNORECASE,
)
WEBSITE = re.compile(
    r"(?:https?://|www\.)\S+|[a-zа-яё0-9-]+(?:\.[a-zа-яё0-9-]+)*"
    r"\.(?:ru|рф|com|net|org|su|io|by|kz|uk|de|eu|biz|info|pro)(?:/\S*)?",
    re.IGNORECASE,
)
POSITION = re.compile(
    r"\b(?:директор|менеджер|закупщик|бухгалтер|снабженец|снабжен|начальник|инженер|руководитель|владелец|зам|"
    r"секретарь|товаровед|специалист|director|manager|buyer|owner|ceo|cfo|head|accountant|engineer|chief)",
    re.IGNORECASE,
)
