"""Mail servers that hand letters over, again after a lost answer, and remember what was acknowledged."""

import smtplib
import threading
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass, field

US = "consultation-1@localhost"


@dataclass
class Handed:
    """What all senders handed over: texts that were answered with 250, and how often each was sent."""

    acknowledged: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)


class Sender(threading.Thread):
    """Hands letter after letter over until told to stop; one that was not acknowledged it sends again."""

    def __init__(self, port: int, handed: Handed) -> None:
        super().__init__(daemon=True)
        self._port, self._handed = port, handed
        self._line: smtplib.SMTP | None = None
        self.stopping = threading.Event()

    def run(self) -> None:
        """Every letter is sent until it is acknowledged, as a mail server does."""
        while not self.stopping.is_set():
            text = f"We wrote this once: {uuid.uuid4()}."
            while not self.hand_over(text) and not self.stopping.is_set():
                time.sleep(0.02)
        self.hang_up()

    def hand_over(self, text: str) -> bool:
        """Hand one letter over; whether it was acknowledged."""
        who = f"{text[-37:-1]}@example.org"
        head = f"From: <{who}>\r\nTo: <{US}>\r\nMessage-ID: <{who}>\r\nSubject: Ours\r\n"
        try:
            self._line = self._line or smtplib.SMTP("127.0.0.1", self._port, timeout=20)
            self._handed.sent.append(text)
            self._line.sendmail(who, [US], f"{head}\r\n{text}\r\n".encode())
        except (OSError, smtplib.SMTPException):
            self.hang_up()
            return False
        self._handed.acknowledged.append(text)
        return True

    def hang_up(self) -> None:
        """Close the line, if there is one."""
        line, self._line = self._line, None
        if line is not None:
            with suppress(OSError, smtplib.SMTPException):
                line.close()
