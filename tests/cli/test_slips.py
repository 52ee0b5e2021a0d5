"""Whoever mistypes a command gets one sentence on standard error, and exit code 2."""

import pytest
from click.testing import CliRunner

from consulta.cli import main

REPORT = ("report", "1", "--language", "en", "--to", "x.pdf")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nothing",), "No such command 'nothing'"),
        (("--nothing",), "No such option"),
        (("serve", "--prot", "80"), "`consulta serve --help`"),
        (("serve", "--port", "many"), "'many' is not a valid integer"),
        (REPORT, "Missing option '--kind'"),
        ((*REPORT, "--kind", "poem"), "'poem' is not one of"),
        (("balance",), "Give the number or the slug of a consultation, or --mail alone."),
        (("init",), "--admin-email"),
    ],
)
def test_a_slip_is_one_sentence(words, said):
    done = CliRunner().invoke(main, words, prog_name="consulta")
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert said in done.stderr


def test_no_command_at_all_shows_what_there_is():
    assert "Commands:" in CliRunner().invoke(main, []).output


def test_a_report_makes_no_folder(tmp_path, monkeypatch):
    """Neither the instance's nor the one it is to lie in."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "consulta.sqlite3").touch()
    target = str(tmp_path / "absent" / "x.pdf")
    monkeypatch.setenv("CONSULTA_DATA", str(tmp_path / "data"))
    done = CliRunner().invoke(main, [*REPORT[:-1], target, "--kind", "compilation"])
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("There is no folder")
    assert not (tmp_path / "absent").exists()
