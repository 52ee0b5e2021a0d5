"""The heaviest public pages with everything that they load stay under 200 kB, as they are sent."""

import re

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from consulta.config.finished import BROTLI_QUALITY
from consulta.core.submission import SubmittedAnswer

LIMIT = 200_000  # bytes
PART = re.compile(r'<(?:link[^>]+?href|script[^>]+?src|img[^>]+?src)="/static/([^"]+)"')
LONG = " ".join(f"Word {n} of a long answer, no two lines alike." for n in range(60))
PACKED = (".css", ".js", ".svg", ".html")


def packed(body: bytes) -> int:
    return len(brotli.compress(body, quality=BROTLI_QUALITY))


def weight_of_part(path: str) -> int:
    found = finders.find(path)
    assert isinstance(found, str), f"{path} is linked and is not there"
    with open(found, "rb") as file:
        body = file.read()
    return packed(body) if path.endswith(PACKED) else len(body)


@pytest.fixture
def pages(published, consultation) -> list[str]:
    """A list of 50 long responses, one of them, and the pages around."""
    answers = tuple(SubmittedAnswer(n, f"{LONG} {n}") for n in (1, 2))
    number = [published(f"{LONG} {n}", answers=answers).number for n in range(50)].pop()
    here = f"/consultations/{consultation.slug}/"
    paths = ["/", here, f"{here}responses/", f"{here}responses/?question=1", f"{here}register/"]
    return [*paths, f"{here}respond/", f"/responses/{number}/"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_public_page_with_all_that_it_loads_is_under_200_kilobytes(
    language: str, pages: list[str], client: Client
):
    weights = {}
    for path in pages:
        page = client.get(f"/{language}{path}")
        assert page.status_code == 200, path
        parts = set(PART.findall(page.content.decode()))
        assert any(part.endswith(".css") for part in parts), "a page without its style was weighed"
        weights[path] = packed(page.content) + sum(weight_of_part(part) for part in parts)
    assert {path: weight for path, weight in weights.items() if weight > LIMIT} == {}
