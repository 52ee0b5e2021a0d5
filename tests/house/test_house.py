"""The house stands as it was drawn: relations point down, rooms are small, decisions are short."""

import ast
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "consulta"
LAYERS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][
    0
]["layers"]
FORBIDDEN = {"utils.py", "helpers.py", "services.py", "managers.py", "signals.py"}


def own_models():
    return [m for m in apps.get_models() if m.__module__.startswith("consulta.")]


def layer(label: str) -> int:
    return next(place for place, names in enumerate(LAYERS) if label in names.split(" | "))


def test_every_relation_points_down():
    relations = [
        (model._meta.app_label, field.related_model._meta.app_label)
        for model in own_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.related_model in own_models()
    ]

    upward = [(here, there) for here, there in relations if layer(here) > layer(there)]

    assert len(relations) > 50
    assert upward == []


def test_no_file_has_a_forbidden_name():
    assert [p for p in SOURCE.rglob("*.py") if p.name in FORBIDDEN] == []


@pytest.mark.parametrize("limit", [400])
def test_no_room_has_two_jobs(limit):
    long = {
        str(path.relative_to(SOURCE)): lines
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > limit
    }

    assert long == {}


def test_no_function_is_longer_than_thirty_lines():
    long = [
        f"{path.relative_to(SOURCE)}:{node.lineno} {node.name}"
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno + 1 > 30 + _decorated(node)
    ]

    assert long == []


def _decorated(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the docstring do not count against a function."""
    first = node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        return (first.end_lineno or first.lineno) - first.lineno + 1
    return 0


def test_every_decision_fits_on_a_page():
    long = [
        p.name for p in (ROOT / "docs" / "adr").glob("*.md") if len(p.read_text().splitlines()) > 40
    ]

    assert long == []
