"""The part of the erasure list that names the columns of reports."""

from collections.abc import Mapping

from consulta.flow.erasing_rooms import (
    AGREEMENT,
    CODE,
    CONTEST,
    EDITION,
    FACT,
    INSTITUTION,
    SECRET,
    Named,
)
from consulta.flow.erasing_rooms import (
    content as _content,
)
from consulta.flow.erasing_rooms import (
    left as _not,
)

REPORTS: Mapping[str, tuple[Named, ...]] = {
    "reports.Agreement": (
        _not("content_sha256", SECRET),
        _content("agreed_by", AGREEMENT),
        _not("how procedure put_by reservations views", INSTITUTION),
        _not("erased_because", FACT),
        _not("outcome language", CODE),
    ),
    "reports.BriefSummary": (),
    "reports.Citation": (_content("quote", EDITION), _not("quote_sha256", SECRET)),
    "reports.Contest": (
        _content("text quote answer", CONTEST),
        _not("number passage language terms state ground outcome answer_language", CODE),
        _not("reason", FACT),
        _not("idempotency_key", SECRET),
    ),
    "reports.ContestMark": (
        _content("reason", CONTEST),
        _not("kind state", CODE),
        _not("ground", FACT),
    ),
    "reports.ContestLink": (_not("purpose", CODE), _not("token_hash", SECRET)),
    "reports.Cover": (
        _not("template template_name logo logo_type logo_names", INSTITUTION),
        _not("template_sha256 logo_sha256", SECRET),
    ),
    "reports.Edition": (
        _content("content content_path", EDITION),
        _not("kind language", CODE),
        _not("content_sha256 words_sha256", SECRET),
        _not("errata rendering_error", INSTITUTION),
    ),
    "reports.EditionFile": (
        _content("path replaced", EDITION),
        _not("format name media_type", CODE),
        _not("sha256", SECRET),
    ),
    "reports.EditionHead": (
        _not("agenda_item summary action references", INSTITUTION),
        _not("kind language", CODE),
    ),
    "reports.FrozenCitation": (_content("quote", EDITION), _not("quote_sha256", SECRET)),
    "reports.FrozenSentence": (_content("text", EDITION),),
    "reports.Freezing": (
        _not("kind language refusal", CODE),
        _not("versions draft balance", FACT),
        _not("errata error", INSTITUTION),
    ),
    "reports.GroupDiscussion": (
        _not("agenda_item note", INSTITUTION),
        _not("status audience language", CODE),
    ),
    "reports.GroupParagraph": (_not("section key rows", CODE),),
    "reports.GroupReport": (
        _not("kind slug audience languages", CODE),
        _not("number agenda_item", INSTITUTION),
    ),
    "reports.GroupReportEdition": (
        _not("language", CODE),
        _not("content number errata files annexes rendering_error", INSTITUTION),
        _not("unreviewed_reason", INSTITUTION),
        _not("content_sha256 text_sha256", SECRET),
    ),
    "reports.GroupReportHead": (
        _not("language", CODE),
        _not("title summary action references note base", INSTITUTION),
    ),
    "reports.GroupReportLock": (_not("section language", CODE),),
    "reports.GroupReportReview": (
        _not("language kind", CODE),
        _not("text_sha256", SECRET),
        _not("remark", INSTITUTION),
    ),
    "reports.GroupReportUnsaved": (_not("words more", INSTITUTION),),
    "reports.GroupText": (
        _not("language said_in status", CODE),
        _not("text prompt base incoming", INSTITUTION),
    ),
    "reports.Hand": (_not("language", CODE),),
    "reports.Lock": (_not("language", CODE),),
    "reports.Paragraph": (_not("part language", CODE),),
    "reports.ReleaseNote": (_not("explanation", INSTITUTION),),
    "reports.Remark": (_content("about", EDITION), _not("text", INSTITUTION)),
    "reports.ReportDocument": (_not("kind", CODE),),
    "reports.Restriction": (_not("numbers ground reason", FACT),),
    "reports.ReviewStep": (
        _not("language kind", CODE),
        _not("text_sha256", SECRET),
        _not("remark", INSTITUTION),
    ),
    "reports.ReviewWaiver": (_not("explanation", INSTITUTION),),
    "reports.Sentence": (_content("text source_text", EDITION),),
    "reports.SummaryTranslation": (_not("status", CODE),),
    "reports.UnsavedText": (_content("rows base", EDITION),),
}
