"""The words that a table of responses may use: headings, groups, countries, languages; six languages."""

from collections.abc import Iterator, Mapping

from babel import Locale

from consulta.consultations import queries as consultation_queries
from consulta.consultations.models import Consultation
from consulta.core.countries import NO_COUNTRIES
from consulta.core.importing import Field, Vocabulary, folded
from consulta.core.languages import LANGUAGES
from consulta.responses import choosing
from consulta.stakeholders import queries as stakeholder_queries

#: How people head their columns; folded before they are compared. No words of the interface.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    Field.REFERENCE: (
        "id", "ref", "reference number", "number", "no", "response id", "référence", "numéro",
        "referencia", "número", "ссылка", "номер", "编号", "序号", "المرجع", "الرقم",
    ),
    Field.ORGANISATION: (
        "organization", "organisation name", "organization name", "institution", "company", "entity",
        "organización", "entidad", "организация", "组织", "机构", "单位", "المنظمة", "المؤسسة",
    ),
    Field.NAME: (
        "full name", "contact", "contact person", "respondent", "nom", "nombre", "имя", "фио",
        "姓名", "名称", "الاسم",
    ),
    Field.STAKEHOLDER_GROUP: (
        "stakeholder group", "group", "stakeholder", "category", "type of organisation",
        "group of stakeholders",
        "groupe", "groupe de parties prenantes", "catégorie", "grupo", "grupo de interés",
        "categoría", "группа", "категория", "利益攸关方群体", "类别", "群体", "مجموعة أصحاب المصلحة",
        "المجموعة", "الفئة",
    ),
    Field.COUNTRY: ("pays", "país", "страна", "国家", "البلد", "country or territory"),
    Field.EMAIL: (
        "e-mail", "email address", "e-mail address", "mail", "courriel", "adresse électronique",
        "correo electrónico", "correo", "электронная почта", "эл. почта", "电子邮件", "邮箱",
        "البريد الإلكتروني",
    ),
    Field.LANGUAGE: ("langue", "idioma", "язык", "语言", "اللغة"),
    Field.RECEIVED: (
        "date", "arrived", "arrived on", "arrival", "date of arrival",
        "received on", "received at", "submitted", "submitted at", "submission date",
        "timestamp", "date received", "date de réception", "reçu le", "fecha", "fecha de recepción",
        "recibido", "дата", "получено", "дата получения", "日期", "收到日期", "提交时间",
        "التاريخ", "تاريخ الاستلام",
    ),
    Field.POSTMARK: ("postmarked", "date of the postmark", "cachet de la poste", "matasellos"),
    Field.WITHHOLD_NAME: ("withhold name", "anonymous", "anonyme", "anónimo", "анонимно", "匿名"),
    Field.WITHHOLD_COUNTRY: ("withhold country",),
}  # fmt: skip
#: Headings of an answer to one question, with its number.
QUESTION = (
    "question %d", "q%d", "q %d", "answer %d", "answer to question %d", "pregunta %d", "respuesta %d",
    "réponse %d", "вопрос %d", "ответ %d", "问题%d", "问题 %d", "السؤال %d", "answer:%d", "answer_%d",
)  # fmt: skip
#: Headings of the option chosen at one question, with its number.
CHOICE = (
    "choice %d", "position %d", "option %d", "position on question %d", "choice in question %d",
    "choix %d", "position %d", "opción %d", "posición %d", "выбор %d", "позиция %d", "选项%d", "选择 %d",
    "立场 %d", "الخيار %d", "الموقف %d", "choice:%d", "choice_%d",
)  # fmt: skip
#: Headings of an answer to the whole.
WHOLE = (
    "comment", "comments", "response", "general comment", "general comments", "text", "answer",
    "commentaires", "commentaire", "réponse", "comentarios", "respuesta", "комментарий", "ответ",
    "意见", "答复", "回复", "التعليقات", "الرد", "answer:0",
)  # fmt: skip


def vocabulary(consultation: Consultation) -> Vocabulary:
    """Return what the words of a table mean in *consultation*: names in every language we know."""
    groups = {
        folded(name): group.slug
        for group in stakeholder_queries.stakeholder_groups()
        for name in (group.slug, *_texts(group.names))
    }
    offers = choosing.of(consultation_queries.questions(consultation))
    return Vocabulary(
        groups=groups,
        countries=_named("territories", leaving=NO_COUNTRIES),
        languages=_named("languages"),
        headings={**_fixed_headings(consultation), **_question_headings(consultation)},
        options={number: offered.names for number, offered in offers.items() if number},
        several=frozenset(n for n, offered in offers.items() if n and offered.several),
    )


def _fixed_headings(consultation: Consultation) -> dict[str, str]:
    found = {folded(words): what for what, named in HEADINGS.items() for words in named}
    found |= {folded(what.value): what.value for what in Field}
    found |= {folded(words): "answer:0" for words in WHOLE}
    numbers = [question.position for question in consultation_queries.questions(consultation)]
    for number in numbers:
        found |= {folded(words % number): f"answer:{number}" for words in QUESTION}
    for offering in choosing.of(consultation_queries.questions(consultation)):
        found |= {folded(words % offering): f"choice:{offering}" for words in CHOICE}
    return found


def _question_headings(consultation: Consultation) -> dict[str, str]:
    return {
        folded(text): f"answer:{question.position}"
        for question in consultation_queries.questions(consultation)
        for text in consultation_queries.question_texts(question).values()
    }


def _texts(names: Mapping[str, object]) -> Iterator[str]:
    for name in names.values():
        text = name.get("text", "") if isinstance(name, dict) else name
        if text:
            yield str(text)


def _named(kind: str, *, leaving: frozenset[str] = frozenset()) -> dict[str, str]:
    """Return codes of two letters by their names in six languages, and by themselves."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in getattr(Locale.parse(language), kind).items():
            if len(code) == 2 and code.isalpha() and code not in leaving:
                found |= {folded(str(name)): code, folded(code): code}
    return found
