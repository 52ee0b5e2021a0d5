"""The core is a library: it works, as its page says, in a Python without Django."""

import subprocess
import sys
from pathlib import Path

import pytest

from consulta.core import shelf

PAGE = Path(__file__).parents[2] / "docs" / "library.md"
CORE = shelf.HERE.parent
WITHOUT_DJANGO = """
import sys

class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("django", "ninja", "click", "environ"):
            raise ImportError(f"{name} is not there")

sys.meta_path.insert(0, Blocker())
"""
EXAMPLES = """
import doctest
found = doctest.testfile(sys.argv[1], module_relative=False)
print(found.attempted, found.failed)
"""
EVERY_MODULE = """
import importlib
for name in sys.argv[1:]:
    importlib.import_module(name)
print(len(sys.argv[1:]), "django" in sys.modules)
"""


def run(code, *arguments):
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_DJANGO + code, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_the_examples_of_the_page_work_without_django():
    done = run(EXAMPLES, str(PAGE))
    assert done.returncode == 0, done.stderr
    attempted, failed = map(int, done.stdout.split()[-2:])
    assert (failed, attempted > 30) == (0, True), done.stdout


def test_every_module_of_the_core_is_imported_without_django():
    names = [
        "consulta.core." + ".".join(path.relative_to(CORE).with_suffix("").parts)
        for path in sorted(CORE.rglob("*.py"))
        if path.name != "__init__.py"
    ]
    done = run(EVERY_MODULE, *names)
    assert done.stdout.split() == [str(len(names)), "False"], done.stderr


def test_holidays_are_loaded_only_for_a_seat_that_needs_them():
    code = """
from datetime import date
from consulta.core import procedure, timetable
procedure.load("open-call")
print("holidays" in sys.modules)
"""
    assert run(code).stdout.split() == ["False"]


@pytest.mark.parametrize("name", ["timetable", "procedure", "instruments", "calendar", "phases"])
def test_the_page_names_the_module(name):
    assert f"`{name}`" in PAGE.read_text(encoding="utf-8")
