"""What pages ask about a frame: its codes in their order, how they hang together, what became of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from consulta.accounts.models import User
from consulta.analysis.models import Code, CodeChange, CodingFrame
from consulta.consultations import permissions
from consulta.consultations.models import Consultation
from consulta.groups.permissions import Act


@dataclass(frozen=True, slots=True)
class Level:
    """A code and how deep it stands beneath others; 0 is the top."""

    code: Code
    depth: int


@dataclass(frozen=True, slots=True)
class Frame:
    """A coding frame with every code that ever was in it; *tree*: all but the merged, in their order."""

    row: CodingFrame
    codes: Sequence[Code]

    @property
    def language(self) -> str:
        """The working language, in which codes are named and defined."""
        return self.row.language

    @property
    def tree(self) -> list[Level]:
        """Every code that was not merged, each after the one above it."""
        return _levels(self.codes, None, 0)

    @property
    def merged(self) -> list[Code]:
        """Codes that stand under another now."""
        return [code for code in self.codes if code.state == Code.State.MERGED]

    def for_question(self, position: int | None) -> list[Level]:
        """What may be given to an answer to the question at *position* (None: to the whole)."""
        return [
            level
            for level in self.tree
            if level.code.state == Code.State.ACTIVE
            and (level.code.question is None or level.code.question.position == position)
        ]

    def by_ordinal(self, ordinal: int) -> Code | None:
        """The code with that number, merged or not."""
        return next((code for code in self.codes if code.ordinal == ordinal), None)

    def within(self, code: Code) -> set[int]:
        """The ids of *code* and of everything beneath it."""
        return {one.pk for one in self.codes if code.pk in line(self.codes, one)}


def frame(consultation: Consultation) -> Frame:
    """The frame of *consultation*; without one yet, an empty one that is not saved. Two queries."""
    row = CodingFrame.objects.filter(consultation=consultation).first()
    if row is None:
        blank = CodingFrame(consultation=consultation, language=consultation.original_language)
        return Frame(blank, ())
    return of(row)


def of(row: CodingFrame) -> Frame:
    """A frame that is saved, with its codes. One query."""
    rows = Code.objects.filter(frame=row).select_related("question", "merged_into")
    return Frame(row, list(rows.order_by("position", "ordinal")))


def code(consultation: Consultation, ordinal: int) -> Code:
    """One code of the frame. Raises Code.DoesNotExist."""
    rows = Code.objects.filter(frame__consultation=consultation)
    return rows.select_related(
        "frame__consultation__group", "question", "parent", "merged_into"
    ).get(ordinal=ordinal)


def changes(code: Code) -> list[CodeChange]:
    """What became of *code*, the latest first; what was merged into it too. One query."""
    rows = CodeChange.objects.filter(Q(code=code) | Q(into=code))
    return list(rows.select_related("code", "into", "changed_by").order_by("-pk"))


def frames_elsewhere(consultation: Consultation, *, seen_by: User) -> list[CodingFrame]:
    """Frames with codes of other consultations whose desk *seen_by* may see, the latest first."""
    rows = CodingFrame.objects.filter(codes__state=Code.State.ACTIVE)
    rows = rows.exclude(consultation=consultation).distinct().select_related("consultation__group")
    found = rows.prefetch_related("consultation__texts").order_by("-consultation__number")
    return [one for one in found if permissions.may(seen_by, Act.SEE_DESK, one.consultation)]


def line(codes: Iterable[Code], code: Code) -> set[int]:
    """The ids of *code* and of every code above it."""
    above = {one.pk: one.parent_id for one in codes}
    found: set[int] = set()
    here: int | None = code.pk
    while here is not None and here not in found:
        found.add(here)
        here = above.get(here)
    return found


def _levels(codes: Sequence[Code], parent: int | None, depth: int) -> list[Level]:
    found = []
    for one in codes:
        if one.parent_id == parent and one.state != Code.State.MERGED:
            found += [Level(one, depth), *_levels(codes, one.pk, depth + 1)]
    return found
