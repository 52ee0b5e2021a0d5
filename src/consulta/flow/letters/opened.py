"""A letter in hand."""

from dataclasses import dataclass, field

from consulta.consultations.models import Consultation
from consulta.core.submission import SubmittedFile
from consulta.flow.letters import enclosed
from consulta.flow.letters.enclosed import Forms
from consulta.mailroom import letterbox
from consulta.mailroom.letterbox import Envelope
from consulta.mailroom.models import IncomingMail
from consulta.mailroom.post import Letter
from consulta.mailroom.trust.checking import Trust

#: What became of the copy for one recipient: `outcome`, and a number or a reason where there is one.
Outcome = dict[str, str]


@dataclass(frozen=True, slots=True)
class Opened:
    """A letter in hand: its row, its envelope, what it says, its files once they are on disk.

    *raw*: the letter as it came; *trust*: what is known about its sender.
    """

    mail: IncomingMail
    envelope: Envelope
    letter: Letter
    raw: bytes = b""
    files: tuple[SubmittedFile, ...] = ()
    trust: Trust = field(default_factory=Trust)
    _read: dict[tuple[str, ...], Forms] = field(default_factory=dict, repr=False, compare=False)

    def forms(self, consultation: Consultation) -> Forms:
        """The questionnaires of *consultation* that came with it: read once, however often it is asked."""
        key = (consultation.slug, *(file.sha256 for file in self.files))
        if key not in self._read:
            self._read[key] = enclosed.read(self.files, consultation)
        return self._read[key]

    @property
    def automatic(self) -> str:
        """Why nobody wrote this letter: such letters are never answered, and confirm nothing."""
        if not self.envelope.sender:
            return "null-sender"
        if letterbox.takes(self.letter.sender):
            return "own"
        return ", ".join(self.letter.automatic)

    @property
    def address(self) -> str:
        """Who says to have written it; the envelope's sender where the letter names nobody."""
        return self.letter.sender or self.envelope.sender
