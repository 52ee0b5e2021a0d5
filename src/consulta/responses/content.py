"""Content: the public and the private part of a version, as the values that fingerprints are made of."""

from collections.abc import Iterable
from typing import Any

from consulta.core import redaction
from consulta.responses import naming
from consulta.responses.models import Answer, AnswerTranslation, Attachment, Redaction, Version


def private(
    version: Version,
    *,
    answers: Iterable[Answer] | None = None,
    files: Iterable[Attachment] | None = None,
) -> dict[str, Any]:
    """Everything as it arrived: what the receipt's fingerprint covers (INTERFACE).

    *answers*, *files*: the version's own, where the caller has them at hand.
    """
    respondent = version.response.respondent
    answers = version.answers.all() if answers is None else answers
    files = version.attachments.all() if files is None else files
    return _content(
        version,
        answers=[_answer(a, a.text) for a in _in_order(answers)],
        attachments=[_file(a.name, a.sha256, a.size) for a in files],
        respondent=version.respondent_then
        or {
            "country": respondent.country,
            "email": respondent.email,
            "kind": respondent.kind,
            "name": respondent.name,
            "organisation": respondent.organisation_name,
            "stakeholder_group": _slug(respondent.stakeholder_group),
        },
    )


def public(version: Version) -> dict[str, Any]:
    """What readers see: redacted text, clean files, the respondent's public fields (INTERFACE).

    The name is the one that was put on the page, whatever rule would make of it now.
    """
    shown = naming.public(version.response.respondent)
    return _content(
        version,
        answers=[_answer(a, public_text(a)) for a in _in_order(version.answers.all())],
        attachments=[
            _file(a.name, a.clean_sha256, a.clean_size or 0)
            for a in version.attachments.all()
            if a.safety in (Attachment.Safety.CLEAN, Attachment.Safety.RELEASED)
        ],
        respondent={
            "country": shown.country or None,
            "kind": version.response.respondent.kind,
            "name": version.response.public_name or None,
            "stakeholder_group": _slug(shown.group),
        },
    )


def public_text(answer: Answer) -> str:
    """The answer without what was left out, and without what the rules marked and nobody let stand."""
    return redaction.apply(answer.text, [(mark.start, mark.end) for mark in left_out(answer)])


def left_out(answer: Answer) -> list[Redaction]:
    """The passages of *answer* that readers do not see."""
    return [mark for mark in answer.redactions.all() if mark.state in Redaction.HIDING]


def public_translations(answer: Answer) -> list[AnswerTranslation]:
    """The translations that readers may see, by language: none made before a passage was left out."""
    marks = left_out(answer)
    if any(mark.decided_at is None for mark in marks):
        return []  # it may repeat what nobody decided on yet
    last = max((mark.decided_at for mark in marks if mark.decided_at), default=None)
    shown = [t for t in answer.translations.all() if last is None or t.attached_at >= last]
    return sorted(shown, key=lambda translation: translation.language)


def _in_order(answers: Iterable[Answer]) -> list[Answer]:
    """By question, the answer to the whole first: a fingerprint may not hang on the database's order."""
    return sorted(answers, key=lambda answer: answer.question or 0)


def _answer(answer: Answer, text: str) -> dict[str, Any]:
    """One answer; `choices` stands in it only where its question offers options."""
    said: dict[str, Any] = {"question": answer.question, "text": text}
    return said if answer.choices is None else said | {"choices": answer.choices}


def _content(version: Version, **parts: Any) -> dict[str, Any]:
    return {
        "consultation": version.response.consultation.slug,
        "language": version.language,
        **parts,
    }


def _file(name: str, sha256: str, size: int) -> dict[str, Any]:
    return {"name": name, "sha256": sha256, "size": size}


def _slug(group: Any) -> str | None:
    return group.slug if group is not None else None
