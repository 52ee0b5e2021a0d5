"""A refused page is one line in the log; a fault still tells how it came about."""

import logging

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.log import log_response

from consulta.config.refused import Forbidden


@pytest.fixture
def logged(caplog):
    """What the log says of an answer with a status."""
    only, before = Forbidden(), caplog.handler.formatter
    caplog.handler.addFilter(only)
    caplog.handler.setFormatter(logging.Formatter("{levelname} {message}", style="{"))

    def _logged(status: int) -> str:
        caplog.clear()
        try:
            raise PermissionDenied
        except PermissionDenied as error:
            answer = HttpResponse(status=status)
            log_response("Refused: %s", "/desk/", response=answer, exception=error)
        return caplog.text.strip()

    yield _logged
    caplog.handler.removeFilter(only)
    caplog.handler.setFormatter(before)


def test_a_refused_page_is_one_line(logged):
    assert logged(403) == "INFO Refused: /desk/"


def test_a_fault_is_told_with_its_way_through_the_program(logged):
    assert logged(500).startswith("ERROR Refused: /desk/\nTraceback")


def test_the_log_uses_it():
    assert "forbidden" in settings.LOGGING["handlers"]["console"]["filters"]
