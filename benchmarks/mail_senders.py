"""Mail servers that hand letters over as fast as they are taken, each line a process's thread."""

import smtplib
import threading
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass, field

US = "consultation-1@localhost"
BODY = "We agree with the first proposal and would add to the second.\r\n" * 30  # 2 kB


@dataclass
class Sent:
    """What was acknowledged: when (monotonic seconds), in order; how often one had to come again."""

    at: list[float] = field(default_factory=list)
    again: int = 0


def letter(who: str) -> bytes:
    """A letter of *who*, unlike any other."""
    unlike = uuid.uuid4().hex
    head = f"From: <{who}>\r\nTo: <{US}>\r\nMessage-ID: <{unlike}@example.org>\r\nSubject: Ours\r\n"
    return f"{head}\r\nLetter {unlike}.\r\n{BODY}".encode()


def hand_over(port: int, *, letters: int, lines: int, senders: int = 0) -> Sent:
    """Hand so many letters over on so many lines at once; returns when all are acknowledged.

    *senders*: of so many; 0: each letter has a sender of its own.
    """
    sent, left = Sent(), [letters]
    turn = threading.Lock()

    def take() -> bool:
        with turn:
            left[0] -= 1
            return left[0] >= 0

    def send() -> None:
        with smtplib.SMTP("127.0.0.1", port, timeout=60) as talking:
            while take():
                name = f"flood-{left[0] % senders}" if senders else uuid.uuid4().hex
                who = f"{name}@example.org"
                raw = letter(who)
                while not accepted(talking, who, raw):
                    sent.again += 1
                    time.sleep(0.5)
                sent.at.append(time.monotonic())

    threads = [threading.Thread(target=send) for _ in range(lines)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sent


def accepted(talking: smtplib.SMTP, who: str, raw: bytes) -> bool:
    """Hand one letter over; False where it is asked to come again."""
    with suppress(smtplib.SMTPSenderRefused, smtplib.SMTPRecipientsRefused):
        talking.sendmail(who, [US], raw)
        return True
    return False
