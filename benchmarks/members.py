"""The members' pages: their first page, a meeting of 300 documents, and its documents in one file.

Run: ``python -m benchmarks.members [--smoke] [--data DIR]``. Each is asked for within one process, signed
in: queries, milliseconds of processor (the median), kilobytes, and the most memory the process took.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks import gathering, instance

MANY, FEW = 300, 3
TIMES = 20
PAGES = {
    "members' first page": "/en/members/",
    "search": "/en/members/search/?q=network",
    "meeting": f"/en/members/meetings/{gathering.SLUG}/",
    "choosing what to download": f"/en/members/meetings/{gathering.SLUG}/download/",
    "documents in one file": f"/en/members/meetings/{gathering.SLUG}/documents.zip",
}


def ask(times: int) -> list[dict[str, object]]:
    """Ask for every page *times* times as the administrator of the instance that Django is loaded on."""
    settings: Any = import_module("django.conf").settings
    test: Any = import_module("django.test")
    utils: Any = import_module("django.test.utils")
    settings.DEMO, settings.STATIC_ROOT = True, settings.DATA
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    utils.setup_test_environment()
    users: Any = import_module("django.contrib.auth").get_user_model()
    founded: Any = import_module("benchmarks.founded")
    reader = test.Client()
    backend = settings.AUTHENTICATION_BACKENDS[0]
    reader.force_login(users.objects.get(email=founded.ADMINISTRATOR), backend=backend)
    return [_asked(reader, name, path, times) for name, path in PAGES.items()]


def _asked(reader: Any, name: str, path: str, times: int) -> dict[str, object]:
    utils: Any = import_module("django.test.utils")
    connection: Any = import_module("django.db").connection
    _size(reader, path)  # code and templates are loaded before the clock runs
    with utils.CaptureQueriesContext(connection) as queries:
        size = _size(reader, path)
    asked = len(queries)  # forgotten at the next request
    spent = []
    for _ in range(times):
        began = time.process_time()
        _size(reader, path)
        spent.append((time.process_time() - began) * 1000)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "name": name,
        "queries": asked,
        "ms": statistics.median(spent),
        "kB": size / 1000,
        "MB": memory,
    }


def _size(reader: Any, path: str) -> int:
    answer = reader.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path}: {answer.status_code}")
    if not answer.streaming:
        return len(answer.content)
    return sum(len(piece) for piece in answer.streaming_content)


def _own(*words: str) -> str:
    whole = [sys.executable, "-m", *words]
    return subprocess.run(
        whole, check=True, stdout=subprocess.PIPE, text=True, cwd=instance.ROOT
    ).stdout


def run(chosen: argparse.Namespace) -> bool:
    """Build two instances, measure both; whether the pages ask no more of many than of few."""
    many = 12 if chosen.smoke else MANY
    found = []
    for documents in (FEW, many):
        with tempfile.TemporaryDirectory() as folder:
            data = Path(chosen.data or folder) / str(documents)
            if not (data / "consulta.sqlite3").exists():
                _own("benchmarks.instance", "--data", str(data), "--responses", "20")
                _own("benchmarks.gathering", "--data", str(data), "--documents", str(documents))
            times = 2 if chosen.smoke else chosen.times
            found.append(json.loads(_own("benchmarks.members", "--ask", str(data), str(times))))
    print(f"{'':28}{'documents':>10}{'queries':>9}{'ms':>9}{'kB':>10}{'MB at most':>12}")
    for pair in zip(*found, strict=True):
        for documents, one in zip((FEW, many), pair, strict=True):
            print(f"{one['name']:28}{documents:10}{one['queries']:9}{one['ms']:9.1f}"
                  f"{one['kB']:10.1f}{one['MB']:12.0f}", flush=True)  # fmt: skip
    return all(
        after["queries"] <= before["queries"] + 1 for before, after in zip(*found, strict=True)
    )


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="a small meeting, few runs")
    parser.add_argument("--data", type=Path, help="a folder in which both instances stay")
    parser.add_argument("--times", type=int, default=TIMES, help="how often each is asked for")
    parser.add_argument("--ask", nargs=2, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.ask:
        instance.load(Path(chosen.ask[0]))
        print(json.dumps(ask(int(chosen.ask[1]))))
    else:
        sys.exit(0 if run(chosen) else 1)


if __name__ == "__main__":
    main()
