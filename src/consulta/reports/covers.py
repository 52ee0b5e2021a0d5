"""Covers: a body's or group's own cover page and logo, checked when an officer brings them.

Both are opened in processes of their own. A cover page is tried on a sample document before it is
taken, so that no report fails on it later. An edition holds the bytes it was frozen with.
"""

import base64
import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from consulta.accounts.models import User
from consulta.adapters.files import logos, sandbox, scan
from consulta.adapters.files.findings import DOCX, Finding, RefusedError, Verdict
from consulta.core import cover as places
from consulta.core.multilingual import choose
from consulta.core.paper import Logo, Paper, PaperKind
from consulta.groups import permissions
from consulta.groups import queries as groups
from consulta.groups.models import Group
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.reports import words
from consulta.reports.models import Cover, Edition
from consulta.reports.renderers.render import LayoutFailedError, render

LARGEST = 1024 * 1024  # bytes of a cover page: every edition holds it


class CoverRefusedError(ValueError):
    """The file cannot be a cover page or a logo. *finding* says why."""

    def __init__(self, finding: str) -> None:
        super().__init__(finding)
        self.finding = finding


@dataclass(frozen=True, slots=True)
class Brought:
    """A file as an officer brought it."""

    name: str
    data: bytes


def of(group: Group | None) -> Cover | None:
    """Return the cover of *group*, else that of all groups."""
    rows = {cover.group_id: cover for cover in Cover.objects.filter(group__isnull=True)}
    if group is not None:
        rows |= {cover.group_id: cover for cover in Cover.objects.filter(group=group)}
    return rows.get(group.pk if group else None) or rows.get(None)


def set_page(group: Group | None, page: Brought, *, by: User) -> Cover:
    """Take *page*, a Word document with named places, as the cover of the group's documents.

    Raises NotAllowedError, CoverRefusedError, core.cover.CoverError.
    """
    permissions.require(by, Act.EDIT_REPORT, group)
    if len(page.data) > LARGEST:
        raise CoverRefusedError(Finding.TOO_LARGE)
    clean, text = _examined(page)
    places.check(text.splitlines())
    _try(clean)
    sha256 = hashlib.sha256(clean).hexdigest()
    told = {"template": clean, "template_name": page.name, "template_sha256": sha256}
    return _save(group, told, commitment=("template", sha256), by=by)


def set_logo(group: Group | None, logo: Brought, *, names: dict[str, str], by: User) -> Cover:
    """Take *logo*, PNG or SVG; *names*: by language, what it says to those who do not see it.

    Raises NotAllowedError, CoverRefusedError.
    """
    permissions.require(by, Act.EDIT_REPORT, group)
    with tempfile.TemporaryDirectory(prefix="consulta-logo-") as folder:
        source = Path(folder, "logo")
        source.write_bytes(logo.data)
        _scan(source)
        try:
            clean = logos.cleaned(source)
        except RefusedError as error:
            raise CoverRefusedError(error.finding) from error
    sha256 = hashlib.sha256(clean).hexdigest()
    told = {"logo": clean, "logo_type": "image/png", "logo_sha256": sha256, "logo_names": names}
    return _save(group, told, commitment=("logo", sha256), by=by)


def take_away(group: Group | None, *, by: User) -> None:
    """Documents frozen from now on have neither cover page nor logo of their own."""
    permissions.require(by, Act.EDIT_REPORT, group)
    if Cover.objects.filter(group=group).exists():
        empty: dict[str, object] = {"template": None, "template_name": "", "template_sha256": ""}
        empty |= {"logo": None, "logo_type": "", "logo_sha256": "", "logo_names": {}}
        _save(group, empty, commitment=None, by=by)


def on(drawn: Paper, edition: Edition) -> Paper:
    """*drawn* with cover page and logo of its group, as they are now; its language is active."""
    found = of(edition.consultation.group)
    if found is None:
        return drawn
    name = choose(found.logo_names, edition.language).text
    return replace(
        drawn,
        logo=Logo(_base64(found.logo), name) if found.logo else Logo(),
        cover=_base64(found.template) if found.template else "",
        places=tuple(_values(drawn, edition).items()) if found.template else (),
    )


def _values(drawn: Paper, edition: Edition) -> dict[str, str]:
    said = {row.label: row.value.text for row in drawn.header}
    rows = {
        "meeting": gettext("For the meeting"),
        "place": gettext("Place and dates"),
        "date": gettext("Date"),
        "group": gettext("Group"),
        "source": gettext("Source"),
        "consultation": gettext("Consultation"),
        "agenda_item": gettext("Agenda item"),
        "summary": gettext("Summary"),
        "action": gettext("Action required"),
        "references": gettext("References"),
    }
    values = {place: said.get(label, "") for place, label in rows.items()}
    values["language"] = words.language(edition.language)
    values["edition"] = words.number(edition.ordinal)
    return {place: text for place, text in values.items() if text}


@transaction.atomic
def _save(
    group: Group | None,
    told: Mapping[str, object],
    *,
    commitment: tuple[str, str] | None,
    by: User,
) -> Cover:
    standing = Cover.objects.select_for_update().filter(group=group).first()
    made = standing or Cover(group=group)
    for column, value in told.items():
        setattr(made, column, value)
    made.changed_at, made.changed_by = timezone.now(), by
    made.full_clean()
    made.save()
    ledger.record("cover_set", made, by=by, commitments=dict([commitment] if commitment else []))
    return made


def _examined(page: Brought) -> tuple[bytes, str]:
    """A clean copy of a Word document, and its words."""
    with tempfile.TemporaryDirectory(prefix="consulta-cover-") as folder:
        source = Path(folder, "cover.docx")
        source.write_bytes(page.data)
        _scan(source)
        with sandbox.examining(source, name=page.name) as seen:
            if seen.verdict != Verdict.CLEAN or seen.clean_path is None:
                raise CoverRefusedError(next(iter(seen.findings), Finding.BROKEN))
            if seen.media_type != DOCX:
                raise CoverRefusedError(Finding.TYPE_NOT_ALLOWED)
            return seen.clean_path.read_bytes(), seen.text


def _scan(path: Path) -> None:
    if scan.scanner(getattr(settings, "CLAMD", "")).is_infected(path):
        raise CoverRefusedError(Finding.VIRUS)


def _try(clean: bytes) -> None:
    """Lay a sample document out with the page, in a process of its own."""
    body = groups.body()
    sample = Paper(
        kind=PaperKind.CONSOLIDATED,
        language="en",
        title="Sample",
        stem="sample",
        dated="2026-01-01",
        running=body.short_name if body else "Sample",
        labels=words.labels(),
        cover=_base64(clean),
    )
    try:
        render(sample, "docx")
    except LayoutFailedError as error:
        raise CoverRefusedError(Finding.BROKEN) from error


def _base64(data: bytes | memoryview | None) -> str:
    return base64.b64encode(bytes(data or b"")).decode()
