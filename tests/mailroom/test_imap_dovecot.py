"""The same against Dovecot, where it is installed: what our small server of the tests says is true."""

import imaplib
import os
import pwd
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from consulta.mailroom import imap, letterbox
from tests.cli.test_serve import free_port

RAW = b"Return-Path: <ana@example.org>\r\nTo: consultation-11@localhost\r\n\r\nD\xe9j\xe0.\r\n"
CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 0
first_valid_gid = 0
mail_uid = {user}
mail_gid = {group}
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""
pytestmark = pytest.mark.dovecot


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that another user can reach: those of pytest lie below one that is root's alone."""
    with TemporaryDirectory(prefix="consulta-dovecot-") as made:
        Path(made).chmod(0o755)
        yield Path(made)


@pytest.fixture
def port(folder: Path) -> Iterator[int]:
    free, user = free_port(), pwd.getpwnam("dovecot")  # the package makes that user
    (folder / "mail").mkdir()
    os.chown(folder / "mail", user.pw_uid, user.pw_gid)
    config = folder / "dovecot.conf"
    config.write_text(CONFIG.format(folder=folder, port=free, user="dovecot", group="dovecot"))
    server = subprocess.Popen(["dovecot", "-F", "-c", str(config)])
    _wait_for(free, folder)
    yield free
    server.terminate()
    server.wait()


def _wait_for(port: int, folder: Path) -> None:
    """Until somebody can sign in and select a folder; else what the server wrote in its log."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with suppress(OSError, imaplib.IMAP4.error), imaplib.IMAP4("127.0.0.1", port) as box:
            box.login("us", "secret")
            if box.select("INBOX")[0] == "OK":
                return
        time.sleep(0.05)
    pytest.fail((folder / "log").read_text(errors="replace")[-2000:])


def put(port: int, at: str) -> None:
    with imaplib.IMAP4("127.0.0.1", port) as box:
        box.login("us", "secret")
        box.create("Done")
        box.append("INBOX", "", at, RAW)


def folders(port: int) -> dict[str, int]:
    with imaplib.IMAP4("127.0.0.1", port) as box:
        box.login("us", "secret")
        return {name: int(box.select(name)[1][0] or 0) for name in ("INBOX", "Done")}


def test_letters_are_fetched_kept_and_moved(port: int, tmp_path: Path) -> None:
    letterbox.write_addresses(["consultation-11"])
    box = imap.box(f"imap://us:secret@127.0.0.1:{port}/INBOX?tls=no&move=Done")
    for _ in range(3):
        put(port, '"07-Nov-2026 23:59:59 -0500"')

    assert [imap.look(box) for _ in range(2)] == [3, 0]

    assert folders(port) == {"INBOX": 0, "Done": 3}
    envelope, content = letterbox.read(letterbox.new(1)[0])
    assert (content, envelope.arrived_at.isoformat()) == (RAW, "2026-11-08T04:59:59+00:00")
    put(port, '"08-Nov-2026 00:00:00 +0000"')
    assert imap.look(box) == 1


def test_a_wrong_password_is_told(port: int) -> None:
    letterbox.write_addresses(["consultation-11"])

    with pytest.raises(imap.MailboxError, match="AUTHENTICATIONFAILED"):
        imap.look(imap.box(f"imap://us:wrong@127.0.0.1:{port}/INBOX?tls=no"))


def test_without_encryption_no_password_leaves(port: int) -> None:
    letterbox.write_addresses(["consultation-11"])

    with pytest.raises(imap.MailboxError):
        imap.look(imap.box(f"imap://us:secret@127.0.0.1:{port}/INBOX"))
