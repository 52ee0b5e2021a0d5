"""What tests of the brief summary start from: the open meeting is being held, a text is fixed."""

from datetime import timedelta

from django.utils import timezone

from consulta.groups.models import Group
from consulta.meetings.models import Meeting
from consulta.reports import agreement, assembly, summarising
from consulta.reports.agreement import Said
from consulta.reports.models import Agreement, Edition, Paragraph
from consulta.reports.writing import Typed

WRITTEN, DISCUSSION = Paragraph.Part.WRITTEN, Paragraph.Part.DISCUSSION


def meet(consultation, body, *, in_days=0):
    """Close the consultation and hold its open meeting today, or in so many days; the group's is next."""
    group = Group.objects.create(body=body, slug="sample-group", short_name="SWG")
    today = timezone.localdate()
    consultation.group = group
    consultation.open_meeting = Meeting.objects.create(
        group=group,
        kind="open",
        number=3,
        slug="op-swg-3",
        starts_on=today + timedelta(days=in_days),
    )
    consultation.group_meeting = Meeting.objects.create(
        group=group,
        kind="group",
        number=3,
        slug="swg-3",
        starts_on=today + timedelta(days=in_days),
        ends_on=today + timedelta(days=in_days + 5),
    )
    consultation.closes_at = timezone.now() - timedelta(days=30)
    consultation.opens_at = timezone.now() - timedelta(days=60)
    consultation.timezone = "UTC"
    consultation.save()
    return consultation


def write(consultation, text, *, part=DISCUSSION, language="en", by, numbers=()):
    """One paragraph with one sentence in the draft."""
    paragraph = summarising.add_paragraph(consultation, part, language=language, by=by)
    summarising.save(paragraph, [Typed(None, text, numbers)], revision=1, by=by)
    return paragraph


def edit(paragraph, text, *, by):
    """Let the one sentence of *paragraph* say something else."""
    paragraph.refresh_from_db()
    sentence = paragraph.sentences.get()
    typed = [Typed(sentence.pk, text)]
    summarising.save(paragraph, typed, revision=paragraph.revision, by=by)


def fixed(consultation, *, language="en", by, with_files=False):
    """The draft as an edition whose files are made."""
    return made(agreement.fix(consultation, language=language, by=by), with_files=with_files)


def made(edition, *, with_files=False):
    """An edition whose files are made; they take seconds, so only where they are wanted."""
    if with_files:
        assembly.render_edition(edition)
    else:
        Edition.objects.filter(pk=edition.pk).update(rendered_at=timezone.now())
    return Edition.objects.get(pk=edition.pk)


def said(**changes):
    """What those present said: they agreed, in the meeting, now."""
    values = {
        "outcome": Agreement.Outcome.AGREED,
        "how": Agreement.How.MEETING,
        "put_by": "The chair of the open meeting",
        "at": timezone.now(),
        "language": "en",
        "agreed_by": "All 14 stakeholders present",
    }
    return Said(**(values | changes))


def agreed(consultation, *, by, with_files=False, **changes):
    """A text of one sentence, agreed; its record is made."""
    paragraph = write(consultation, "Most speakers asked for cheaper cables.", by=by)
    edition = fixed(consultation, by=by, with_files=with_files)
    one = agreement.record(edition, said(**changes), by=by)
    made(one.record, with_files=with_files)
    return paragraph, one
