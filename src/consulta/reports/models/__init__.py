"""Reports: the officer's text with its citations, and the frozen editions made from it."""

from consulta.reports.models.afterwards import CitationNotice, Restriction
from consulta.reports.models.contesting import Contest, ContestLink, ContestMark
from consulta.reports.models.covers import Cover
from consulta.reports.models.editing import Hand, Lock, UnsavedText
from consulta.reports.models.editions import Delivery, Edition, EditionFile, ReleaseNote
from consulta.reports.models.freezing import Freezing
from consulta.reports.models.frozen import FrozenCitation, FrozenSentence
from consulta.reports.models.group_reports import (
    GroupParagraph,
    GroupReport,
    GroupReportEdition,
    GroupReportHead,
    GroupReportLock,
    GroupReportReview,
    GroupReportUnsaved,
    GroupText,
)
from consulta.reports.models.placing import EditionHead, ReportDocument
from consulta.reports.models.reviewing import Remark, ReviewStep, ReviewWaiver
from consulta.reports.models.summaries import (
    Agreement,
    BriefSummary,
    GroupDiscussion,
    SummaryTranslation,
)
from consulta.reports.models.writing import Citation, Paragraph, Sentence

__all__ = [
    "Agreement",
    "BriefSummary",
    "Citation",
    "CitationNotice",
    "Contest",
    "ContestLink",
    "ContestMark",
    "Cover",
    "Delivery",
    "Edition",
    "EditionFile",
    "EditionHead",
    "Freezing",
    "FrozenCitation",
    "FrozenSentence",
    "GroupDiscussion",
    "GroupParagraph",
    "GroupReport",
    "GroupReportEdition",
    "GroupReportHead",
    "GroupReportLock",
    "GroupReportReview",
    "GroupReportUnsaved",
    "GroupText",
    "Hand",
    "Lock",
    "Paragraph",
    "ReleaseNote",
    "Remark",
    "ReportDocument",
    "Restriction",
    "ReviewStep",
    "ReviewWaiver",
    "Sentence",
    "SummaryTranslation",
    "UnsavedText",
]
