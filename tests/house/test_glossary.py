"""The words of the glossary are the words of the code."""

import re
from pathlib import Path

from django.apps import apps

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"


def ours():
    return [m for m in apps.get_models() if m.__module__.startswith("consulta.")]


def test_every_model_stands_in_the_glossary():
    words = set(re.findall(r"\*\*(\w+)\*\*", GLOSSARY.read_text(encoding="utf-8")))

    assert {model.__name__ for model in ours()} - words == set()


def test_no_class_is_a_manager_service_handler_or_helper():
    source = Path(__file__).parents[2] / "src"
    found = [
        f"{path.name}: {name}"
        for path in source.rglob("*.py")
        for name in re.findall(r"^class (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
        if name.endswith(("Manager", "Service", "Handler", "Helper"))
    ]

    assert found == []
