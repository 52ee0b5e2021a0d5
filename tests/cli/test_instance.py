"""The commands that make and look after an instance, each run as a person runs it."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from consulta.cli import settings as settings_command

SOURCE = Path(settings_command.__file__).parents[1]


@pytest.fixture
def consulta(tmp_path):
    """Run the command line in a process of its own, in an environment of its own."""

    def run(*words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        kept = {"PATH", "HOME", "LANG"}
        return subprocess.run(
            [sys.executable, "-c", "from consulta.cli import main; main()", *words],
            env={key: value for key, value in os.environ.items() if key in kept}
            | {"PYTHONPATH": str(SOURCE.parent), "CONSULTA_DATA": str(tmp_path / "data")},
            input=typed,
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
            timeout=300,
        )

    return run


FOUNDED = (
    "init", "--name", "Ville de Test", "--short-name", "Ville", "--languages", "fr",
    "--timezone", "Europe/Paris", "--admin-email", "admin@example.org",
)  # fmt: skip


def test_an_instance_is_founded_once_and_is_sound(consulta):
    assert consulta(*FOUNDED).returncode == 0
    again = consulta(*FOUNDED)
    assert (again.returncode, again.stderr.count("\n")) == (1, 1)
    assert "Ville" in again.stderr
    looked = consulta("doctor", "--format", "json")
    assert looked.returncode == 0, looked.stdout
    assert {finding["name"] for finding in json.loads(looked.stdout)} == {
        "folder", "room", "key", "tables", "triggers", "clock", "balance", "facets", "founded",
        "letters", "outbox", "languages", "dkim", "scans",
    }  # fmt: skip


def test_init_asks_for_what_was_not_given(consulta):
    asked = consulta("init", typed="Ville de Test\nVille\nfr\nEurope/Paris\nadmin@example.org\n")
    assert asked.returncode == 0, asked.stderr
    assert "admin@example.org" in asked.stdout


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--languages", "french", "two-letter codes"),
        ("--timezone", "Mars", "Europe/Zurich"),
        ("--admin-email", "nobody", "email address"),
    ],
)
def test_a_slip_is_told_in_one_sentence(consulta, option, value, said):
    refused = consulta(*FOUNDED, option, value)
    assert refused.returncode == 2
    assert said in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_the_doctor_says_how_to_mend_missing_triggers_and_mends_them(consulta, tmp_path):
    consulta(*FOUNDED)
    with sqlite3.connect(tmp_path / "data" / "consulta.sqlite3") as base:
        base.execute("DROP TRIGGER ledger_entry_no_delete")
    base.close()
    looked = consulta("doctor")
    assert looked.returncode == 1
    assert "consulta doctor --mend" in looked.stdout
    assert consulta("doctor", "--mend").returncode == 0


def test_the_balance_of_what_is_not_there_says_what_to_give(consulta):
    consulta(*FOUNDED)
    asked = consulta("balance", "77")
    assert asked.returncode == 2
    assert asked.stderr.startswith("There is no consultation 77 here")


def test_the_demo_throws_away_only_a_demo(consulta, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter").write_text("dear")
    refused = consulta("demo", "--data", "mine", "--reset", "--no-serve")
    assert refused.returncode == 2
    assert (tmp_path / "mine" / "letter").exists()


def test_the_demo_loads_tells_its_accounts_and_keeps_what_is_there(consulta):
    told = [consulta("demo", "--data", "demo", "--no-serve") for _ in range(2)]
    assert [run.returncode for run in told] == [0, 0], told[0].stderr
    assert told[0].stdout == told[1].stdout
    assert "officer@example.org" in told[0].stdout
    asked = consulta("balance", "1", "--data", "demo", "--format", "json")
    lines = json.loads(asked.stdout)
    assert lines["received"] == sum(
        lines[line] for line in ("published", "held", "declined", "withdrawn", "removed")
    )
    assert (lines["received"], lines["published"]) == (40, 28)


def test_every_setting_that_is_read_is_listed():
    read = set()
    for path in SOURCE.rglob("*.py"):
        read |= set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", path.read_text()))
    assert read <= {setting.name for setting in settings_command.SETTINGS}
    assert "CONSULTA_DATA" in read


def test_secrets_are_never_shown(monkeypatch):
    monkeypatch.setenv("CONSULTA_SECRET_KEY", "very secret")
    key = next(s for s in settings_command.SETTINGS if s.name == "CONSULTA_SECRET_KEY")
    assert settings_command.shown(key) == "(set)"
