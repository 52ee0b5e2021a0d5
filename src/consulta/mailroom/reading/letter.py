"""A letter, opened: what it says, as values."""

import re
from dataclasses import dataclass

from consulta.core.plaintext import says_something
from consulta.mailroom.reading.beside import Beside

#: What mail programs write where a subject is missing, and what answers begin with.
_EMPTY_SUBJECT = re.compile(
    r"^\s*(?:(?:re|fwd?|aw|tr|rv|отв|ответ|回复|答复|转发|رد)\s*[:：]\s*)*"
    r"(?:\(?(?:no subject|sans objet|pas d'objet|sin asunto|без темы|无主题|無主旨|بدون موضوع"
    r"|بلا موضوع)\)?)?\s*$",
    re.IGNORECASE,
)


class UnreadableLetterError(ValueError):
    """The letter cannot be taken apart; the raw one is kept."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that came with a letter; its name is as the sender wrote it."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, opened. *guessed*: its character set was not named, or named wrong.

    *automatic*: why it was sent by a program (RFC 3834), as the names of headers; empty for a
    person's letter. *bulk*: it went to many, and a person may have written it all the same.
    *spam*: a filter on its way called it so. *cut*: not all of it could be read; *sealed*: it is
    encrypted. *answers*: the Message-IDs that it answers. *senders*: how many addresses its From
    names. *key* tells a letter sent twice: Message-ID, sender and a hash of the body. *hidden*: its HTML
    held words that no reader sees, which were left out; *beside*: logos, invitations and signatures,
    which are no files of its sender's, with their names.
    """

    sender: str
    sender_name: str
    subject: str
    text: str
    enclosures: tuple[Enclosure, ...]
    message_id: str
    language: str
    automatic: tuple[str, ...]
    guessed: bool
    key: str
    bulk: bool = False
    spam: bool = False
    cut: bool = False
    sealed: bool = False
    answers: tuple[str, ...] = ()
    senders: int = 1
    hidden: bool = False
    beside: tuple[tuple[Beside, str], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing and brings nothing: no words, no file, not even in its subject."""
        bare = _EMPTY_SUBJECT.sub("", self.subject).strip(" .:-–—")
        return not (says_something(self.text) or self.enclosures or bare)
