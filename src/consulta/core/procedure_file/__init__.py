"""The file of a procedure: TOML in, a checked Procedure out, or the place in the file to mend."""

from typing import Any

from consulta.core.procedure_file import grounds as published
from consulta.core.procedure_file import parts, references
from consulta.core.procedure_file.grounds import Grounds
from consulta.core.procedure_file.milestones import anchor, milestone
from consulta.core.procedure_file.references import Norms
from consulta.core.procedure_file.sections import ProcedureFileError, Section, parse
from consulta.core.rules import Procedure

__all__ = ["Grounds", "Norms", "ProcedureFileError", "Section", "parse", "read"]


def read(text: str, *, slug: str, grounds: Grounds, norms: Norms | None = None) -> Procedure:
    """Read a procedure from the *text* of its file; *grounds* fetches a shared list by name.

    *norms*: the norms that there are, each with its editions; None: the norm is not checked.

    Raises ProcedureFileError, which names the line to mend.
    """
    top = parse(text, slug=slug)
    languages = _languages(top)
    frame = parts.frame(top, languages)
    procedure = Procedure(
        slug=slug,
        **_head(top, languages, slug=slug),
        anchors=tuple(anchor(section, frame) for section in top.tables("anchors")),
        rules=tuple(milestone(section, frame) for section in top.tables("milestones")),
        stakeholder_groups=tuple(
            published.group(section, languages) for section in top.tables("stakeholder_groups", [])
        ),
        grounds=published.grounds(top, languages, grounds),
        terms=parts.terms(top),
        choices=frame.choices,
        phases=frame.phases,
        tiers=tuple(parts.tier(section, languages) for section in top.tables("tiers", [])),
        responses=parts.responding(top),
        extension=parts.extension(top),
        contest=parts.contest(top),
    )
    references.check(procedure, top, norms)
    top.done()
    return procedure


def _head(top: Section, languages: tuple[str, ...], *, slug: str) -> dict[str, Any]:
    """Read what stands at the top of a file."""
    return {
        "edition": top.count("edition", least=1),
        "title": top.texts("title", languages),
        "body": top.take("body", str),
        "languages": languages,
        "original_language": top.take("original_language", str),
        "zone": top.zone(),
        "hour": top.hour(),
        "instant_source": top.take("instant_source", str),
        "family": top.take("family", str, default=slug),
        "instrument": top.take("instrument", str, default=""),
        "instrument_edition": top.take("instrument_edition", str, default=""),
        "seat": parts.seat(top),
    }


def _languages(top: Section) -> tuple[str, ...]:
    languages = top.words("languages")
    if not languages or len(set(languages)) < len(languages):
        raise top.fail("languages", 'must name one language or more, each once, e.g. ["en"]')
    return languages
