"""Beginning a report of a group, and drafting it again when the record has changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.core.group_report import Drafted, Outline
from consulta.core.redrafting import merge
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.reports.group_reports import drafting
from consulta.reports.group_reports.errors import AlreadyBegunError
from consulta.reports.group_reports.facts import Asked
from consulta.reports.models.group_reports import (
    GroupParagraph,
    GroupReport,
    GroupReportHead,
    GroupText,
)

#: Between two drafted paragraphs there is room for so many that persons add.
STEP = 1000
_HEAD = ("title", "summary", "action", "references")


@dataclass(slots=True)
class Changes:
    """What a drafting did: texts taken over, added, gone; *waiting*: a person must choose."""

    taken: int = 0
    added: int = 0
    gone: int = 0
    waiting: int = 0


@transaction.atomic
def begin(asked: Asked, languages: Sequence[str], *, by: User) -> GroupReport:
    """Begin the report that is *asked* for and draft it in *languages*, the first one leading.

    Raises AlreadyBegunError for the same report of the same audience.
    """
    permissions.require(by, Act.EDIT_REPORT, asked.group)
    now = timezone.now()
    audiences = GroupReport.Audience
    report = GroupReport(
        group=asked.group,
        kind=asked.kind,
        meeting=asked.meeting,
        first_on=asked.first_on,
        last_on=asked.last_on,
        audience=audiences.PUBLIC if asked.is_public else audiences.MEMBERS,
        languages=list(languages),
        slug=_slug(asked),
        begun_at=now,
        begun_by=by,
        drafted_at=now,
    )
    if GroupReport.objects.filter(slug=report.slug).exists():
        raise AlreadyBegunError(report.slug)
    report.full_clean()
    report.save()
    _draft(report, now)
    ledger.record("group_report_begun", report, by=by)
    return report


@transaction.atomic
def redraft(report: GroupReport, *, by: User) -> Changes:
    """Draft *report* again from the record: what nobody wrote otherwise takes the new words.

    What a person wrote stays; where the record says something new there, both wait to be chosen from.
    """
    permissions.require(by, Act.EDIT_REPORT, report.group)
    GroupReport.objects.select_for_update().get(pk=report.pk)
    found = _draft(report, timezone.now())
    ledger.record("group_report_redrafted", report, by=by)
    return found


def asked_of(report: GroupReport) -> Asked:
    """Return what *report* is drafted from."""
    return Asked(
        kind=drafting.Kind(report.kind),
        group=report.group,
        first_on=report.first_on,
        last_on=report.last_on,
        meeting=report.meeting,
        is_public=report.audience == GroupReport.Audience.PUBLIC,
    )


def _slug(asked: Asked) -> str:
    which = asked.meeting.slug if asked.meeting else f"{asked.first_on:%Y}-{asked.last_on:%Y}"
    if asked.meeting is None and asked.first_on.year == asked.last_on.year:
        which = f"{asked.first_on:%Y}"
    ending = "" if asked.is_public else "-members"
    return f"{asked.group.slug}-{asked.kind}-{which}"[:90] + ending


def _draft(report: GroupReport, now: datetime) -> Changes:
    changes = Changes()
    before = _followers(report)
    for language, outline in drafting.drafts(asked_of(report), report.languages).items():
        _head(report, language, outline)
        keys: set[str] = set()
        for place, (section, one) in enumerate(_flat(outline), 1):
            keys.add(one.key)
            paragraph = _paragraph(report, section, one, place * STEP)
            _text(paragraph, language, one, changes)
        _gone(report, language, keys, changes)
    _put_back(report, before)
    report.drafted_at = now
    report.save(update_fields=["drafted_at"])
    return changes


def _flat(outline: Outline) -> list[tuple[str, Drafted]]:
    return [(section.key, one) for section in outline.sections for one in section.paragraphs]


def _paragraph(report: GroupReport, section: str, one: Drafted, position: int) -> GroupParagraph:
    told = {"section": section, "position": position, "depth": one.depth}
    told |= {"is_chairs": one.is_chairs, "rows": list(one.rows)}
    made, _new = GroupParagraph.objects.update_or_create(
        report=report, key=one.key[:120], defaults=told
    )
    return made


def _text(paragraph: GroupParagraph, language: str, one: Drafted, changes: Changes) -> None:
    """Put the drafted words into *paragraph*, three ways."""
    standing = GroupText.objects.filter(paragraph=paragraph, language=language).first()
    if standing is None:
        changes.added += 1
        GroupText.objects.create(
            paragraph=paragraph,
            language=language,
            text=one.text,
            base=one.text,
            said_in=one.language,
            status=one.status,
            prompt=one.prompt,
        )
        return
    merged = merge(standing.base, standing.text, one.text)
    if merged.text != standing.text:
        changes.taken += 1
        standing.revision += 1
        standing.said_in, standing.status = one.language, one.status
        standing.written_by = standing.written_at = None
    changes.waiting += merged.incoming is not None
    standing.text, standing.base, standing.incoming = merged.text, merged.base, merged.incoming
    standing.save()


def _gone(report: GroupReport, language: str, keys: set[str], changes: Changes) -> None:
    """What the record says no longer goes, unless a person had written there: then it waits."""
    rows = GroupText.objects.filter(paragraph__report=report, language=language)
    for text in rows.exclude(paragraph__key="").exclude(paragraph__key__in=keys):
        merged = merge(text.base, text.text, "")
        if merged.incoming is None and not merged.text:
            changes.gone += 1
            text.delete()
        elif merged.incoming is not None:
            changes.waiting += 1
            text.incoming = merged.incoming
            text.save(update_fields=["incoming"])
    bare = GroupParagraph.objects.filter(report=report, texts__isnull=True)
    bare.delete()


def _followers(report: GroupReport) -> list[tuple[int, int]]:
    """Which paragraph each one that a person added stands after: pairs of ids, 0 for the beginning."""
    found, last = [], 0
    for pk, key in GroupParagraph.objects.filter(report=report).values_list("pk", "key"):
        if key:
            last = pk
        else:
            found.append((pk, last))
    return found


def _put_back(report: GroupReport, before: list[tuple[int, int]]) -> None:
    positions = dict(GroupParagraph.objects.filter(report=report).values_list("pk", "position"))
    for place, (pk, after) in enumerate(before, 1):
        position = positions.get(after, 0) + place
        GroupParagraph.objects.filter(pk=pk).update(position=position)


def _head(report: GroupReport, language: str, outline: Outline) -> None:
    """The head's lines take the new words where nobody wrote otherwise."""
    drafted = {
        "title": outline.title,
        "summary": outline.summary,
        "action": outline.action,
        "references": "\n".join(outline.references),
    }
    standing = GroupReportHead.objects.filter(report=report, language=language).first()
    if standing is None:
        GroupReportHead.objects.create(
            report=report, language=language, note=outline.note, base=drafted, **drafted
        )
        return
    for name in _HEAD:
        if getattr(standing, name) == standing.base.get(name, ""):
            setattr(standing, name, drafted[name])
            standing.base[name] = drafted[name]
    standing.note = outline.note
    standing.revision += 1
    standing.save()
