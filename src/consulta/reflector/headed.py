"""What a post says, answer by answer, each under what was asked: for its page, its copies and the feed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from consulta.consultations import options
from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation, Question
from consulta.core.multilingual import Text
from consulta.reflector import queries, words
from consulta.reflector.models import Post


@dataclass(frozen=True, slots=True)
class Part:
    """One answer. *label*: "Question 2", empty where nothing was asked; *asked* and *chosen*: each in a
    language of its own; *text*: in that of the post, as everyone may read it."""

    label: str
    asked: Text | None
    chosen: Sequence[Text]
    text: str

    @property
    def whole(self) -> str:
        """All of it as plain text, what was asked above what is said."""
        asked = f"{self.label}: {self.asked.text}" if self.asked else self.label
        return "\n".join(
            filter(None, (asked, *(f"- {each.text}" for each in self.chosen), self.text))
        )


class Headed:
    """Heads the answers of posts in one language; what each consultation asks is looked up once."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._asked: dict[int, Mapping[int, Question]] = {}

    def parts(self, post: Post) -> list[Part]:
        """What *post* says; nothing where it is not shown, one part without a head for discussion."""
        if post.response is None or post.space is None or not words.is_shown(post):
            text = words.public(post)
            return [Part("", None, (), text)] if text else []
        asked = self._questions(post.space.consultation)
        said = words.answers(post)
        if not asked or [number for number, *_rest in said] == [None]:
            return [Part("", None, (), text) for _number, text, _chosen in said]
        return [self._part(asked, *each) for each in said]

    def whole(self, post: Post) -> str:
        """What *post* says as plain text."""
        return "\n\n".join(part.whole for part in self.parts(post))

    def _part(
        self,
        asked: Mapping[int, Question],
        number: int | None,
        text: str,
        chosen: Sequence[str] | None,
    ) -> Part:
        question = asked.get(number or 0)
        if question is None:
            label = _("Question %(number)s") % {"number": number} if number else ""
            return Part(label or _("To the whole consultation"), None, (), text)
        return Part(
            _("Question %(number)s") % {"number": number},
            consultations.question_text(question, self._language),
            options.chosen(question, chosen, self._language),
            text,
        )

    def _questions(self, consultation: Consultation) -> Mapping[int, Question]:
        if consultation.pk not in self._asked:
            rows = queries.questions(consultation)
            self._asked[consultation.pk] = {question.position: question for question in rows}
        return self._asked[consultation.pk]
