"""What the live pages show of a sitting: its state, its captions in one language, where to go on."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from consulta.core.captions import Cue
from consulta.live.captions import queries, reading, speakers
from consulta.live.models import Sitting
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link
from consulta.web.ui.templatetags.ui import language_name

#: Cues that a page begins with.
FIRST = 12


@dataclass(frozen=True, slots=True)
class Words:
    """One caption, with the name of its speaker where another one spoke before."""

    key: str
    text: str
    speaker: str


@dataclass(frozen=True, slots=True)
class Captions:
    """The captions of one language as a page begins with them."""

    language: str
    cues: Sequence[Words]
    after: str  # where they go on, as a query
    events: str  # the address of that
    is_automatic: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A sitting as one reader follows it."""

    sitting: Sitting
    state: str  # planned, running, ended
    languages: Sequence[tuple[Link, str]]
    captions: Captions
    views: dict[str, str]
    files: dict[str, str]


def of(sitting: Sitting, wanted: str, *, page: str) -> Shown:
    """*sitting* with its captions in the language *wanted*, else in the page's, else in its first."""
    language = chosen(sitting, wanted)
    return Shown(
        sitting=sitting,
        state=state(sitting),
        languages=[(_tab(sitting, code, language, page), code) for code in sitting.languages],
        captions=captions(sitting, language, count=FIRST),
        views={
            name: _view(sitting, name, language) for name in ("live", "large", "plain", "screen")
        },
        files={
            form: f"/live/{sitting.slug}/captions/{language}.{form}"
            for form in ("vtt", "srt", "txt")
        },
    )


def state(sitting: Sitting) -> str:
    """Whether it is planned, running or ended."""
    if sitting.begun_at is None:
        return "planned"
    return "running" if sitting.ended_at is None else "ended"


def chosen(sitting: Sitting, wanted: str) -> str:
    """The language of captions that a reader gets."""
    offered: list[str] = sitting.languages
    return next((code for code in (wanted, current()) if code in offered), offered[0])


def captions(sitting: Sitting, language: str, *, count: int) -> Captions:
    """The latest captions, and the address of those that follow."""
    cues, last = reading.latest(sitting, language, count=count)
    after = urlencode({"lang": language, "after": last})
    return Captions(
        language=language,
        cues=words(cues, {str(key.position): key.name for key in speakers.of(sitting)}),
        after=after,
        events=f"/live/{sitting.slug}/events?{after}",
        is_automatic=language in queries.automatic_languages(sitting),
    )


def words(cues: Sequence[Cue], names: dict[str, str]) -> list[Words]:
    """Each cue; a speaker is named where another one spoke before."""
    befores = [None, *(cue.speaker for cue in cues)]
    return [
        Words(cue.key, cue.text, names.get(cue.speaker, "") if cue.speaker != before else "")
        for cue, before in zip(cues, befores, strict=False)
    ]


def _tab(sitting: Sitting, code: str, language: str, page: str) -> Link:
    name = language_name(code, own=True)
    return Link(label=name, href=_view(sitting, page, code), current=code == language)


def _view(sitting: Sitting, name: str, language: str) -> str:
    address = reverse(
        f"public:{'live' if name == 'live' else f'live_{name}'}", args=[sitting.meeting.slug]
    )
    return f"{address}?{urlencode({'captions': language, 'sitting': sitting.ordinal})}"
