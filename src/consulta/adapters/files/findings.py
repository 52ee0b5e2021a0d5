"""What can be found in a file, as codes; the words for them belong to whoever shows them."""

from dataclasses import dataclass, field
from enum import StrEnum

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
RTF = "application/rtf"
HTML = "text/html"
TXT = "text/plain"
PNG = "image/png"
JPEG = "image/jpeg"
#: What a clean copy is, where it is of another type than the file that came.
COPIED_AS = {RTF: TXT}


#: The exit code of a process that was asked whether a file is locked, and found that it is.
LOCKED = 73


class Verdict(StrEnum):
    """What became of a file: a clean copy was made, it is unsafe, or nobody could read it."""

    CLEAN = "clean"
    UNSAFE = "unsafe"
    UNREADABLE = "unreadable"


class Finding(StrEnum):
    """One thing found in a file. docs/files.md says what each means."""

    # why there is no clean copy
    MISSING = "missing"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TYPE_NOT_ALLOWED = "type_not_allowed"
    BOMB = "bomb"
    UNSAFE_NAMES = "unsafe_names"
    DANGEROUS_MARKUP = "dangerous_markup"
    VIRUS = "virus"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    CHECK_STOPPED = "check_stopped"
    SCANNER_UNREACHABLE = "scanner_unreachable"
    # what the clean copy lacks
    ACTIVE_CONTENT_REMOVED = "active_content_removed"
    MACROS_REMOVED = "macros_removed"
    EMBEDDED_FILES_REMOVED = "embedded_files_removed"
    EXTERNAL_LINKS_REMOVED = "external_links_removed"
    HIDDEN_DATA_REMOVED = "hidden_data_removed"
    HIDDEN_TEXT_REMOVED = "hidden_text_removed"
    COMMENTS_REMOVED = "comments_removed"
    CHANGES_ACCEPTED = "changes_accepted"
    RESTRICTIONS_REMOVED = "restrictions_removed"
    CONTROL_CHARACTERS_REMOVED = "control_characters_removed"
    FORMATTING_REMOVED = "formatting_removed"
    # what to know about its text
    NO_TEXT = "no_text"
    TEXT_CUT = "text_cut"
    TEXT_RECOGNISED = "text_recognised"
    ENCODING_GUESSED = "encoding_guessed"


_UNREADABLE = {
    Finding.MISSING,
    Finding.EMPTY,
    Finding.ENCRYPTED,
    Finding.BROKEN,
    Finding.CHECK_STOPPED,
}


class RefusedError(Exception):
    """No clean copy can be made of this file, for one reason."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding)
        self.finding = finding

    @property
    def verdict(self) -> Verdict:
        """Unreadable when nothing bad is known of it, else unsafe."""
        return Verdict.UNREADABLE if self.finding in _UNREADABLE else Verdict.UNSAFE


@dataclass(slots=True)
class Cleaning:
    """What one cleaning has found so far, and the text that a reader of the clean copy sees.

    *embedded*: bytes of files found inside, kept only to be scanned for viruses. *pages*: the text page
    by page, where the file has pages; those without words may be scans.
    """

    found: set[Finding] = field(default_factory=set)
    text: str = ""
    embedded: list[bytes] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
