"""What stands in an instance's database and folders, read from outside."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

from tests.kill.respondents import Kept, Promises
from tests.kill.site import PATIENCE

_RECEIPT = """
SELECT r.id, r.number, v.private_fingerprint, a.text, f.path
FROM responses_returnlink l
JOIN responses_response r ON r.id = l.response_id
JOIN responses_version v ON v.response_id = r.id
JOIN responses_answer a ON a.version_id = v.id
JOIN responses_attachment f ON f.version_id = v.id
WHERE l.token_hash = ?
"""
_DRAFT = """
SELECT d.content, f.path FROM responses_draft d JOIN responses_draftfile f ON f.draft_id = d.id
WHERE d.token_hash = ?
"""
_ENTRY = "SELECT body FROM ledger_entry WHERE act = 'response_received' AND subject = ?"
_MAILS = "SELECT count(*) FROM mailroom_outgoingmail WHERE about = ? AND state <> 'failed'"


@contextmanager
def opened(data: Path) -> Iterator[sqlite3.Connection]:
    """The instance's database."""
    with closing(sqlite3.connect(data / "consulta.sqlite3", timeout=PATIENCE)) as base:
        yield base


def lost(data: Path, promises: Promises) -> list[str]:
    """What was promised and is not there, in words; empty when every promise was kept."""
    with opened(data) as base:
        said = [_receipt(base, data, kept) for kept in promises.receipts]
        said += [_draft(base, data, kept) for kept in promises.drafts]
        said += [_number(base, number) for number in promises.numbers]
    return [words for words in said if words]


def _receipt(base: sqlite3.Connection, data: Path, kept: Kept) -> str:
    row = base.execute(_RECEIPT, [_hash(kept.token)]).fetchone()
    if row is None:
        return f"no response behind the receipt of {kept.text!r}"
    pk, number, fingerprint, text, path = row
    subject = f"responses.response:{pk}"
    bodies = [bytes(body).decode() for (body,) in base.execute(_ENTRY, [subject])]
    if text != kept.text or not _is_on_disk(data / path, kept.file):
        return f"{number} has lost its text or its file"
    if len(bodies) != 1 or fingerprint not in bodies[0]:
        return f"{number} has no entry in the ledger"
    if base.execute(_MAILS, [subject]).fetchone()[0] != 1:
        return f"{number} has no mail, or several"
    return ""


def _draft(base: sqlite3.Connection, data: Path, kept: Kept) -> str:
    row = base.execute(_DRAFT, [_hash(kept.token)]).fetchone()
    if row is None or kept.text not in row[0] or not _is_on_disk(data / row[1], kept.file):
        return f"the draft of {kept.text!r} is lost"
    return ""


def _number(base: sqlite3.Connection, number: str) -> str:
    found = base.execute("SELECT count(*) FROM responses_response WHERE number = ?", [number])
    return "" if found.fetchone()[0] == 1 else f"{number} was shown and is gone"


def has_every_serial_once(data: Path) -> bool:
    """Whether the serials run from 1 without a gap."""
    with opened(data) as base:
        serials = [n for (n,) in base.execute("SELECT serial FROM responses_response ORDER BY 1")]
    return serials == list(range(1, len(serials) + 1))


def undelivered(data: Path) -> set[int]:
    """The mails that are in no mailbox after the worker had its time.

    A mail that was in a killed deliverer's hand waits ten minutes; here that time is over.
    """
    with opened(data) as base, base:
        base.execute("UPDATE mailroom_outgoingmail SET next_attempt_at = created_at"
                     " WHERE state = 'queued'")  # fmt: skip
    deadline = time.monotonic() + PATIENCE
    while (waiting := _not_sent(data)) and time.monotonic() < deadline:
        time.sleep(0.2)
    return waiting


def _not_sent(data: Path) -> set[int]:
    with opened(data) as base:
        rows = base.execute("SELECT id, state FROM mailroom_outgoingmail").fetchall()
    delivered = {int(f.stem.rpartition("-")[2]) for f in (data / "outbox").glob("*.eml")}
    return {pk for pk, state in rows if state != "sent" or pk not in delivered}


def _is_on_disk(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
