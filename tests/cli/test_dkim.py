"""The DNS record is printed as a zone file takes it, and stays the same."""

import json

import pytest
from click.testing import CliRunner

from consulta.cli.dkim import dkim
from consulta.mailroom import signing


@pytest.fixture
def run(tmp_path, monkeypatch):
    """The command, on a folder that is an instance."""
    monkeypatch.setattr("consulta.cli.dkim.folders.require", lambda data: None)
    monkeypatch.setattr("consulta.cli.dkim.set_up", lambda data: None)
    return lambda *words: CliRunner().invoke(dkim, words)


def test_the_record_is_printed_in_strings_that_dns_takes(run):
    printed = run().output
    name, text = signing.record()

    assert f"{name}. IN TXT" in printed
    pieces = printed.split("TXT ")[-1].strip().strip('"').split('" "')
    assert "".join(pieces) == text
    assert max(map(len, pieces)) <= 255


def test_programs_read_it_as_json(run):
    name, text = signing.record()

    assert json.loads(run("--format", "json").output) == {"name": name, "type": "TXT", "text": text}


def test_a_key_that_is_none_is_refused_in_one_sentence(run, settings):
    settings.DKIM_KEY = "nonsense"

    refused = run()
    assert refused.exit_code == 2
    assert "CONSULTA_DKIM_KEY" in refused.output
