"""Which report a paper is."""

from enum import StrEnum


class PaperKind(StrEnum):
    """Which report it is; a group report is that of a group on a meeting or on some years."""

    COMPILATION = "compilation"
    CONSOLIDATED = "consolidated"
    SUMMARY = "summary"
    AGREEMENT = "agreement"
    GROUP_REPORT = "group-report"
