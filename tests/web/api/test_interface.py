"""What other systems rely on is written down: every command, every address, every key."""

import re
from pathlib import Path

import pytest

from consulta.cli import COMMANDS
from consulta.web.api import shapes, urls
from consulta.web.api.description import PREFIX, api

WRITTEN = (Path(__file__).parents[3] / "docs" / "interface.md").read_text("utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_written_down(command):
    assert f"`consulta {command}" in WRITTEN


def test_no_command_is_written_down_that_is_not_there():
    assert set(re.findall(r"`consulta ([a-z-]+)", WRITTEN)) <= set(COMMANDS)


def test_every_address_of_the_api_is_written_down_and_no_other():
    assert urls.urlpatterns
    there = {*api.get_openapi_schema(path_prefix=PREFIX)["paths"], f"{PREFIX}openapi.json"}
    written = set(re.findall(rf"`({PREFIX}[a-z{{}}/.-]+)`", WRITTEN))

    assert written == there


@pytest.mark.parametrize(
    "shape",
    [shapes.Consultation, shapes.Response, shapes.RegisterLine, shapes.Balance, shapes.Respondent],
)
def test_every_key_is_written_down(shape):
    missing = [name for name in shape.model_fields if f"`{name}`" not in WRITTEN]

    assert missing == []
