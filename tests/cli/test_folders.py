"""A name that is mistyped founds nothing, and a folder that is served is not thrown away."""

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from consulta.cli import folders, main
from consulta.cli.demo import MARK


@pytest.fixture(autouse=True)
def _no_instance(monkeypatch):
    for name in ("CONSULTA_DATA", *folders.ELSEWHERE):
        monkeypatch.setenv(name, "")  # so that it is put back, whatever a command sets
        monkeypatch.delenv(name)


@pytest.mark.parametrize(
    "words",
    [
        ("serve", "--port", "18931"),
        ("web", "--port", "18931"),
        ("worker",),
        ("mail",),
        ("migrate",),
        ("doctor",),
        ("balance", "1"),
        ("report", "1", "--kind", "compilation", "--language", "en", "--to", "x.pdf"),
    ],
)
@pytest.mark.parametrize("name", ["typo", "file"])
def test_a_folder_without_an_instance_is_refused_and_nothing_is_made(tmp_path, words, name):
    (tmp_path / "file").write_text("no folder")
    done = CliRunner().invoke(main, [*words, "--data", str(tmp_path / name)])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == (
        f"There is no instance in {tmp_path / name}: name its folder with --data,"
        " or found one with `consulta init`.\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_the_doctor_makes_nothing_in_an_empty_folder(tmp_path):
    done = CliRunner().invoke(main, ["doctor", "--data", str(tmp_path)])
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert not list(tmp_path.iterdir())


def test_a_file_cannot_become_a_folder(tmp_path):
    (tmp_path / "file").write_text("no folder")
    words = ("init", "--name=Ville", "--short-name=V", "--languages=fr", "--timezone=UTC")
    told = ("--admin-email=a@example.org", "--data", str(tmp_path / "file"))
    done = CliRunner().invoke(main, [*words, *told])
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert "file exists" in done.stderr


@pytest.fixture
def served(tmp_path):
    """The folder of a demo that another process holds."""
    data = tmp_path / "demo"
    data.mkdir()
    (data / MARK).touch()
    code = (
        "import pathlib, sys; from consulta.cli import folders;"
        "folders.hold(pathlib.Path(sys.argv[1])); print(flush=True); input()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(data)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": "src"},
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    yield data
    holder.communicate(b"\n")


@pytest.mark.parametrize("more", [("--no-serve",), ("--port", "18932")])
def test_a_demo_that_runs_is_not_thrown_away(served, more):
    done = CliRunner().invoke(main, ["demo", "--reset", "--data", str(served), *more])
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert "is running: stop it first" in done.stderr
    assert (served / MARK).exists()
