"""The same against Dovecot, where it is installed: what our small server of the tests says is true."""

import imaplib
import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

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
pytestmark = pytest.mark.skipif(
    shutil.which("dovecot") is None or os.geteuid() != 0, reason="Dovecot is not installed"
)


@pytest.fixture
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder, free = tmp_path_factory.mktemp("dovecot"), free_port()
    user = pwd.getpwnam("dovecot")
    for each in (folder, *list(folder.parents)[:2]):
        each.chmod(0o755)
    (folder / "mail").mkdir()
    os.chown(folder / "mail", user.pw_uid, user.pw_gid)
    config = folder / "dovecot.conf"
    config.write_text(CONFIG.format(folder=folder, port=free, user="dovecot", group="dovecot"))
    server = subprocess.Popen(["dovecot", "-F", "-c", str(config)])
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with suppress(OSError), imaplib.IMAP4("127.0.0.1", free):
            break
        time.sleep(0.05)
    yield free
    server.terminate()
    server.wait()


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
