"""What each public page takes to draw: processor, queries, and how the database finds the rows.

Asked within one process, so that what else the machine does counts least; times are the least of many.
"""

import json
import time
from base64 import urlsafe_b64encode
from dataclasses import asdict, dataclass

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import (
    CaptureQueriesContext,
    override_settings,
    setup_test_environment,
)

from benchmarks.bare import BODY
from benchmarks.instance import SLUG
from consulta.responses.models import Response

TIMES = 12
#: What a plan says where the database walks a whole table or sorts what it found.
SLOW = ("SCAN ", "TEMP B-TREE FOR ORDER", "Seq Scan", "Sort Key")


@dataclass(frozen=True, slots=True)
class Asked:
    """One page: its address, its queries, bytes, and the steps of plans that grow with the register."""

    name: str
    path: str
    cpu: float  # milliseconds of processor, the least of TIMES
    queries: int
    size: int
    steps: list[str]


def pages() -> dict[str, str]:
    """The public pages that show responses, by name; lists also in the middle of the register."""
    here = f"/en/consultations/{SLUG}/"
    rows = Response.objects.filter(state="published").order_by("published_at", "number")
    middle = rows[rows.count() // 2]
    at = json.dumps([middle.published_at.isoformat() if middle.published_at else "", middle.number])
    cursor = urlsafe_b64encode(at.encode()).decode().rstrip("=")
    return {
        "list of 50 responses": f"{here}responses/",
        "the same, in the middle": f"{here}responses/?after={cursor}",
        "the same, filtered": f"{here}responses/?group=civil-society&language=fr",
        "answers to one question": f"{here}responses/?question=4",
        "the same, in the middle of it": f"{here}responses/?question=4&after={cursor}",
        "answers that nobody gave": f"{here}responses/?question=5",
        "one response": f"/en/responses/{middle.number}/",
        "consultation": here,
        "register": f"{here}register/",
        "register, in the middle": f"{here}register/?after={middle.serial}",
        "start": "/en/",
        "consultations": "/en/consultations/",
        "search for a word": "/en/search/?q=distance",
    }


def ask() -> list[dict[str, object]]:
    """Draw each page once and look at what it asked."""
    setup_test_environment()
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.STATIC_ROOT = settings.DATA  # whitenoise warns where its folder is missing
    reader, named = Client(), pages()
    reader.get("/en/")
    asked = [_asked(reader, name, path) for name, path in named.items()]
    return [asdict(_bare()), *map(asdict, asked)]


def _bare() -> Asked:
    """A Django view that does nothing, without middleware, measured in the same way."""
    with override_settings(MIDDLEWARE=[], ROOT_URLCONF="benchmarks.bare"):
        reader = Client()
        return Asked("bare view", "/bare", _cpu(reader, "/bare"), 0, len(BODY), [])


def _cpu(reader: Client, path: str) -> float:
    """Milliseconds of processor for one rendering, the least of some."""
    spent = []
    for _ in range(TIMES):
        before = time.process_time()
        reader.get(path)
        spent.append(time.process_time() - before)
    return min(spent) * 1000


def _asked(reader: Client, name: str, path: str) -> Asked:
    with CaptureQueriesContext(connection) as captured:
        page = reader.get(path)
    if page.status_code != 200:
        raise RuntimeError(f"{path}: {page.status_code}")
    asked = [query["sql"] for query in captured]  # forgotten at the next request
    steps = [step for sql in asked for step in _steps(sql)]
    return Asked(name, path, _cpu(reader, path), len(asked), len(page.content), steps)


def _steps(sql: str) -> list[str]:
    """The steps of the plan of *sql* that walk or sort."""
    if not sql.startswith("SELECT"):
        return []
    with connection.cursor() as cursor:
        how = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        cursor.execute(f"{how} {sql.replace('%', '%%')}")
        plan = [str(row[-1]).strip() for row in cursor.fetchall()]
    return [step for step in plan if any(slow in step for slow in SLOW)]
