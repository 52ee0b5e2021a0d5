"""One response as the desk sees it: every version, private parts included, and what was decided."""

from django.db.models import Prefetch, QuerySet

from consulta.responses.models import Answer, Attachment, Redaction, Response, Version


def by_number(number: str) -> Response:
    """The response under *number* with its respondent. Raises Response.DoesNotExist."""
    return _responses().get(number=number)


def versions(response: Response) -> list[Version]:
    """Every version in order, with answers, marks, translations and files. Five queries."""
    marks = Redaction.objects.order_by("start")
    answers = Answer.objects.order_by("question").prefetch_related(
        Prefetch("redactions", queryset=marks), "translations"
    )
    files = Attachment.objects.order_by("position").defer("text")
    rows = Version.objects.filter(response=response).order_by("ordinal")
    return list(
        rows.prefetch_related(
            Prefetch("answers", queryset=answers), Prefetch("attachments", queryset=files)
        )
    )


def version(response: Response, ordinal: int) -> Version:
    """One version of *response*. Raises Version.DoesNotExist."""
    return Version.objects.select_related("response__consultation").get(
        response=response, ordinal=ordinal
    )


def answer(response: Response, pk: int) -> Answer:
    """One answer of *response*, of whatever version. Raises Answer.DoesNotExist."""
    return Answer.objects.select_related("version__response__consultation").get(
        pk=pk, version__response=response
    )


def mark(response: Response, pk: int) -> Redaction:
    """One marked passage of *response*. Raises Redaction.DoesNotExist."""
    rows = Redaction.objects.select_related("answer__version__response__consultation")
    return rows.get(pk=pk, answer__version__response=response)


def file(response: Response, pk: int) -> Attachment:
    """One file of *response*, of whatever version. Raises Attachment.DoesNotExist."""
    return Attachment.objects.select_related("version__response__consultation").get(
        pk=pk, version__response=response
    )


def _responses() -> QuerySet[Response]:
    return Response.objects.select_related(
        "consultation__group__body",
        "respondent__stakeholder_group",
        "respondent__mandate_confirmed_by",
        "published_version",
        "entered_by",
    )
