"""The figures of a question as blocks of a paper: each with its table, in the language that is active."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext, ngettext

from consulta.consultations import options
from consulta.consultations.models import Question
from consulta.core.multilingual import choose
from consulta.core.paper import Bar, Block, Chart, Paragraph, Span, Table, Words
from consulta.core.regions import NOT_SHOWN, OTHER, Regions
from consulta.reports import words
from consulta.reports.figures import NONE_CHOSEN, Figures, largest_first

Names = Mapping[str, Words]


def answered(
    figures: Figures | None, question: Question | None, names: Names, listed: Regions, language: str
) -> list[Block]:
    """Who answered: by stakeholder group, region, country and language, and what they chose.

    *names*: of the stakeholder groups by slug; *listed*: the regions; *question*: None for the whole.
    """
    if figures is None or not figures.total:
        return [_said(gettext("Nobody answered this question."))]
    blocks: list[Block] = [_said(_total(figures.total))]
    blocks.append(by_group(figures.by_group, names))
    blocks += chosen(figures, question, names, language) if question else []
    blocks.append(_by_region(figures.by_region, listed, language))
    blocks += [_by_country(figures.by_country), _by_language(figures.by_language)]
    return blocks


def by_group(counts: Mapping[str, int], names: Names, *, caption: str = "") -> Chart:
    """Bars of respondents by stakeholder group."""
    return chart(
        caption or gettext("Respondents who answered, by stakeholder group"),
        gettext("Stakeholder group"),
        [
            (group_name(slug, names), counts[slug])
            for slug in largest_first(counts, last=(NOT_SHOWN,))
        ],
    )


def chosen(figures: Figures, question: Question, names: Names, language: str) -> list[Block]:
    """Which option respondents of each group chose; never added up across the groups."""
    offered = options.offered(question)
    if not offered:
        return []
    groups = largest_first(figures.by_group, last=(NOT_SHOWN,))
    lines = [(each.slug, _option(options.text(each, language))) for each in offered]
    lines.append((NONE_CHOSEN, Words(gettext("None chosen, words alone"))))
    counts = [
        tuple(figures.by_option.get(slug, Counter())[group] for group in groups)
        for slug, _words in lines
    ]
    heads = [group_name(group, names) for group in groups]
    table = Table(
        Words(gettext("Respondents who answered, by option chosen and stakeholder group")),
        (Words(gettext("Option")), *heads),
        tuple(
            (named, *(Words(words.number(count)) for count in line))
            for (_slug, named), line in zip(lines, counts, strict=True)
        ),
        figures=tuple(counts),
        drawn=_in_words([named for _slug, named in lines], heads, counts),
    )
    return [table, _said(_warning(question))]


def chart(caption: str, label: str, counts: Sequence[tuple[Words, int]]) -> Chart:
    """Bars with their table, and words for those who do not see them."""
    bars = tuple(Bar(named, count) for named, count in counts)
    return Chart(
        caption=Words(caption),
        alt="; ".join(_counted(bar.words.text, bar.value) for bar in bars),
        head=(Words(label), Words(gettext("Respondents"))),
        bars=bars,
    )


def group_name(slug: str, names: Names) -> Words:
    """A stakeholder group in words, or that none is shown."""
    return names.get(slug) or Words(slug or gettext("Not shown"))


def region_name(slug: str, listed: Regions, language: str) -> Words:
    """A region in words, or that none is shown, or that the list has none for the country."""
    if slug in listed.names:
        text = choose(listed.names[slug], language)
        return Words(text.text, text.language)
    if slug == OTHER:
        return Words(gettext("In no region of the list"))
    return Words(gettext("Not shown"))


def _by_region(counts: Mapping[str, int], listed: Regions, language: str) -> Chart:
    return chart(
        gettext("Respondents who answered, by region"),
        gettext("Region"),
        [
            (region_name(slug, listed, language), counts[slug])
            for slug in largest_first(counts, last=(OTHER, NOT_SHOWN))
        ],
    )


def _by_country(counts: Mapping[str, int]) -> Paragraph:
    listed = _listed(counts, words.country)
    said = gettext("Respondents who answered, by country: %(listed)s.")
    return _said(said % {"listed": listed})


def _by_language(counts: Mapping[str, int]) -> Paragraph:
    said = gettext("Respondents who answered, by language: %(listed)s.")
    return _said(said % {"listed": _listed(counts, words.language)})


def _listed(counts: Mapping[str, int], name: Callable[[str], str]) -> str:
    """Every name with its count, the largest first, then in the order of the names."""
    named = sorted(
        ((key == NOT_SHOWN, -count, name(key)) for key, count in counts.items()),
    )
    return words.listed([_counted(text, -count) for _last, count, text in named])


def _counted(text: str, count: int) -> str:
    return gettext("%(name)s (%(count)s)") % {"name": text, "count": words.number(count)}


def _total(count: int) -> str:
    said = ngettext(
        "%(count)s respondent answered this question.",
        "%(count)s respondents answered this question.",
        count,
    )
    return said % {"count": words.number(count)}


def _warning(question: Question) -> str:
    if question.several:
        return gettext(
            "Several options could be chosen, so one respondent may stand in several lines. The numbers"
            " are not added up across the groups: responses are views, never votes."
        )
    return gettext(
        "One option could be chosen. The numbers are not added up across the groups: responses are"
        " views, never votes."
    )


def _in_words(
    lines: Sequence[Words], heads: Sequence[Words], counts: Sequence[Sequence[int]]
) -> str:
    """The table in words, group by group."""
    said = []
    for place, head in enumerate(heads):
        shares = [
            _counted(named.text, line[place]) for named, line in zip(lines, counts, strict=True)
        ]
        told = {"name": head.text, "listed": words.listed(shares)}
        said.append(gettext("%(name)s: %(listed)s.") % told)
    return " ".join(said)


def _option(text: object) -> Words:
    return Words(str(text), getattr(text, "language", ""))


def _said(text: str) -> Paragraph:
    return Paragraph((Span(text),))
