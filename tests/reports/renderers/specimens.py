"""Sample papers in four languages, plainly samples, for looking at and for tests."""

from consulta.core.paper import (
    Bar,
    Block,
    Chart,
    Heading,
    Labels,
    NumberedList,
    Paper,
    PaperKind,
    Paragraph,
    PrintedAnswer,
    PrintedFile,
    ResponseBlock,
    Row,
    Span,
    Table,
    Words,
)

LABELS = Labels(
    contents="Contents",
    page="Page {page} of {pages}",
    number="Number",
    respondent="Respondent",
    responses="Responses",
    attachments="Attachments",
    file_name="File",
    file_size="Size",
    checksum="SHA-256",
    no_text="No text was given.",
    nothing="There is nothing to report.",
    replacements="Characters that could not be printed",
    replacements_note="They stand in the text as their Unicode number.",
    character="Character",
    times="Times",
    volume="Volume {volume} of {volumes}",
    volumes="Volumes",
    continued="{title} (continued)",
    what_was_done="What was done",
    by_number="Shown by its number",
    left_out="Left out",
    made_breakable="Given places to break",
)
ARABIC_LABELS = Labels(
    contents="المحتويات",
    page="الصفحة {page} من {pages}",
    number="الرقم",
    respondent="المجيب",
    responses="الردود",
    attachments="المرفقات",
    file_name="الملف",
    file_size="الحجم",
    checksum="SHA-256",
    no_text="لم يرد نص.",
    nothing="لا يوجد ما يذكر.",
    replacements="محارف تعذرت طباعتها",
    replacements_note="تظهر في النص برقمها في يونيكود.",
    character="المحرف",
    times="عدد المرات",
    volume="المجلد {volume} من {volumes}",
    volumes="المجلدات",
)
TEXT = {
    "ar": "ترى المنظمة أن سياسات الإنترنت العامة يجب أن تراعي احتياجات البلدان النامية، وأن توفر "
    "الوصول الميسور إلى الخدمات لجميع الناس بلا تمييز. ويدعم الاتحاد ITU في القرار 1336 (2019) "
    "مشاركة 193 دولة عضواً في المشاورات المفتوحة.",
    "en": "Public policy for the Internet should serve those who are not yet connected. We ask the "
    "Council to consider affordable access, local content and skills, and to publish what it "
    "learns from each consultation before the next one opens.",
    "es": "La política pública de Internet debe servir también a quienes aún no están conectados. "
    "Pedimos que se tengan en cuenta la asequibilidad, los contenidos locales y la formación.",
    "fr": "Les politiques publiques relatives à l’Internet doivent servir celles et ceux qui ne sont "
    "pas encore connectés. Nous demandons que l’accès abordable soit examiné en priorité.",
    "ru": "Государственная политика в отношении интернета должна служить и тем, кто ещё не подключён. "
    "Просим Совет рассмотреть вопросы доступности, местного контента и навыков.",
    "zh": "互联网公共政策应当服务于尚未连接的人群。我们请理事会审议可负担的接入、本地内容和技能问题,"
    "并在下一次磋商开始之前公布从每次磋商中获得的经验。",
}
#: Arabic script with vowel marks, as it is sent: what readers of PDF stumble over.
MARKED = {
    "tanwin": "عضواً ونظراً وفقاً أيضاً جداً حالياً سنوياً شكراً تماماً بناءً على ما تقدم ومثلاً كبيراً",
    "shadda": "يُعدّ المقرّر محدّداً ومؤقّتاً وضرورياً لكلّ الدول ولا سيّما النامية ممّا يؤدّي إلى تقدّمٍ مستمرٍّ",
    "every letter": "الْحَمْدُ لِلَّهِ رَبِّ الْعَالَمِينَ وَمُحَمَّدٌ رَسُولُ اللَّهِ ثُمَّ إِنَّ الدُّوَلَ تُقَدِّمُ آرَاءً مُفَصَّلَةً",
    "lam and alef": "لا لأن الإسلام الآن والآلات ولاسيما لأجل بلا سلاماً خلالًا الأوّلاً إلّا",
    "Persian": "می‌خواهیم که سیاست عمومی اینترنت برای همه‌ی کشورها مفید باشد و مثلاً کاملاً روشن",
}
LANGUAGES = tuple(TEXT)
_QUESTION = {
    "ar": "السؤال 1: ما العوائق التي تحول دون الوصول إلى الإنترنت؟",
    "en": "Question 1: What keeps people from using the Internet?",
}
_TITLE = {
    "ar": "تجميع الردود الواردة في المشاورة المفتوحة",
    "en": "Compilation of the responses to the open consultation",
    "ru": "Компиляция ответов на открытую консультацию",
    "zh": "公开磋商答复汇编",
}


def _question(language: str, anchor: str) -> Heading:
    code = language if language in _QUESTION else "en"
    return Heading(1, Words(_QUESTION[code], code), anchor)


def response(index: int, language: str = "en", text: str | None = None) -> ResponseBlock:
    """Return a sample response number *index*, about half a page long."""
    body = TEXT[language] if text is None else text
    full = "\n\n".join([body] * 4) if text is None else body
    return ResponseBlock(
        number=f"9001-{index:05d}7",
        anchor=f"r-{index}",
        href=f"https://consult.example/en/responses/9001-{index:05d}7/",
        respondent=Words(f"Sample organisation {index}", "en"),
        language=language,
        details=(
            Row("Stakeholder group", Words("Civil society", "en")),
            Row("Country", Words("Switzerland", "en")),
            Row("Received", Words("2026-10-04 11:20 UTC", "en")),
        ),
        notes=("Arrived after the close.",) if index % 5 == 0 else (),
        answers=(
            PrintedAnswer(_question(language, "").words, Words(full, language)),
            PrintedAnswer(Words("Question 2: What should be done?", "en"), Words(body, language)),
        ),
        attachments=(PrintedFile("statement.pdf", "1.2 MB", "ab" * 32),) if index % 7 == 1 else (),
    )


def paper(
    *blocks: Block,
    language: str = "en",
    title: str | None = None,
    subtitle: str = "Sample consultation on access to the Internet",
) -> Paper:
    """Return a sample compilation holding *blocks*."""
    return Paper(
        kind=PaperKind.COMPILATION,
        language=language,
        title=_TITLE.get(language, _TITLE["en"]) if title is None else title,
        subtitle=subtitle,
        stem="SAMPLE-1-1-E",
        dated="2026-11-21",
        running="Sample body · SAMPLE-1/1-E",
        labels=ARABIC_LABELS if language == "ar" else LABELS,
        header=(
            Row("Body", Words("Sample body", "en")),
            Row("Place and dates", Words("Geneva, 12-13 January 2027", "en")),
            Row("Document", Words("SAMPLE-1/1-E", "en")),
            Row("Original", Words("English", "en")),
        ),
        note="Sample. Nobody sent these responses.",
        blocks=blocks,
    )


def compilation(count: int, language: str = "en") -> Paper:
    """Return a compilation of *count* sample responses in all six languages."""
    replies = (response(i, LANGUAGES[i % 6]) for i in range(1, count + 1))
    heading = _question(language, "by-respondent")
    return paper(heading, *replies, language=language)


def table() -> Table:
    """Return a table with Arabic words and numbers."""
    return Table(
        Words("الردود حسب المنطقة", "ar"),
        (Words("المنطقة", "ar"), Words("2019", "ar"), Words("ITU", "en")),
        ((Words("الدول العربية", "ar"), Words("12", "ar"), Words("22", "ar")),
         (Words("أوروبا", "ar"), Words("1,336", "ar"), Words("48.5 %", "ar"))),
    )  # fmt: skip


def consolidated(language: str = "en") -> Paper:
    """Return a consolidated report with everything that a report may hold."""
    text = TEXT[language]
    return paper(
        _question(language, "q1"),
        Paragraph((Span(text + " "), Span("[1]", anchor="r-1"), Span(" "),
                   Span("[2]", href="https://consult.example/en/responses/2/"))),
        Chart(Words("Responses by group"), "Bars: civil society 12, governments 4.",
              (Words("Group"), Words("Responses")),
              (Bar(Words("Civil society", "en"), 12), Bar(Words("Governments"), 4),
               Bar(Words("Academia"), 0))),
        table(),
        Heading(3, Words("Responses not cited", "en")),
        NumberedList(((Span("Sample organisation 9 "), Span("9001-000097", anchor="r-2")),
                      (Span(TEXT["ar"], "ar"),))),
        response(1, "en"), response(2, "ar"), response(3, "zh"), response(5, "ru"),
        language=language,
    )  # fmt: skip
