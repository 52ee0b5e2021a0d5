"""What the making of a group's reports forbids, each by its own name."""

from consulta.reports.errors import ReportError
from consulta.reports.models.group_reports import GroupReportLock


class AlreadyBegunError(ReportError):
    """This report was begun already. *slug*: go on with that one."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


class SectionLockedError(ReportError):
    """Somebody else edits this section now. *lock*: who, and since when."""

    def __init__(self, lock: GroupReportLock) -> None:
        super().__init__(str(lock))
        self.lock = lock


class ChairsWordsMissingError(ReportError):
    """A paragraph that the chair writes is still empty: write it, or take it out."""


class ChangesWaitError(ReportError):
    """The record changed under a paragraph that a person had written: choose what stands."""


class NumberMissingError(ReportError):
    """A report that goes to another body's meeting needs its number there, typed by hand."""
