"""What the doctor says of catalogues, of the record in the DNS, and of the reader of scans."""

from pathlib import Path

import pytest

from consulta.flow import equipment
from consulta.mailroom import signing
from consulta.mailroom.trust.dns import DnsUnreachableError


class Names:
    """A DNS that holds *texts* under every name, or does not answer."""

    def __init__(self, *texts: bytes, silent: bool = False) -> None:
        self.texts, self.silent, self.asked = list(texts), silent, []

    def records(self, name, kind):
        self.asked.append((name, kind))
        if self.silent:
            raise DnsUnreachableError(name)
        return self.texts


def test_missing_catalogues_are_named(settings, tmp_path):
    assert equipment.catalogues().sound
    settings.LOCALE_PATHS = [tmp_path]
    (tmp_path / "zh_Hans" / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "zh_Hans" / "LC_MESSAGES" / "django.mo").write_bytes(b"")

    told = equipment.catalogues()

    assert (told.sound, told.needed) == (False, True)
    assert "The catalogues of ar, es, fr, ru are not compiled" in told.mend


def test_the_record_in_the_dns_must_hold_our_key(settings):
    settings.MAIL_DOMAIN, settings.DKIM_KEY = "consult.example", ""
    name, text = signing.record()
    right = Names(f"{text[:100]} {text[100:]}".encode())

    assert equipment.dkim(right).sound
    assert right.asked == [(name, "TXT")]
    told = equipment.dkim(Names(b"v=DKIM1; p=AAAA"))
    assert (told.sound, told.needed, "consulta dkim" in told.mend) == (False, False, True)
    assert not equipment.dkim(Names()).sound


def test_where_nothing_can_be_asked_nothing_is_said(settings):
    nobody = Names()
    assert equipment.dkim(nobody).sound  # the domain is localhost
    settings.MAIL_DOMAIN = "consult.example"
    signing.record()
    assert equipment.dkim(Names(silent=True)).sound
    settings.MAIL_CHECK = "off"
    assert equipment.dkim(nobody).sound
    assert nobody.asked == []


@pytest.mark.parametrize(
    ("known", "absent"),
    [("ara\neng\nspa\nfra\nrus\nchi_sim", ""), ("eng\nfra", "ar, es, ru, zh"), (None, "ar, en")],
)
def test_the_languages_of_the_reader_are_counted(monkeypatch, tmp_path, known, absent):
    program = tmp_path / "tesseract"
    if known is not None:
        program.write_text(f"#!/bin/sh\nprintf '%s' '{known}'\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{Path('/bin')}" if known else str(tmp_path))

    told = equipment.reader()

    assert told.sound == (not absent)
    assert absent in told.mend
