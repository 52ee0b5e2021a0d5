"""Seconds and peak memory of laying out 200 and 2,000 responses as PDF, DOCX and HTML.

Run: ``python benchmarks/documents.py [--smoke]``. Each layout runs in a fresh process; its peak is
the largest resident size of that process or of any of its children (a PDF volume, a DOCX).
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from consulta.core.paper import ResponseBlock  # noqa: E402 (found by the line above)
from consulta.reports.renderers.render import render  # noqa: E402
from tests.reports.renderers import specimens  # noqa: E402

FORMATS = ("pdf", "docx", "html")


def _response(index: int) -> ResponseBlock:
    """Return a response of about two pages, in one of the six languages."""
    language = specimens.LANGUAGES[index % 6]
    return specimens.response(index, language, "\n\n".join([specimens.TEXT[language]] * 12))


def measure(kind: str, count: int) -> dict[str, float]:
    """Lay out *count* responses once; return seconds, peak MB, files and MB written."""
    paper = specimens.paper(*(_response(index) for index in range(1, count + 1)))
    start = time.perf_counter()
    files = render(paper, kind)  # type: ignore[arg-type]
    seconds = time.perf_counter() - start
    peaks = [
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    written = sum(len(file.data) for file in files) / 1e6
    return {"seconds": seconds, "peak": max(peaks) / 1024, "files": len(files), "written": written}


def fresh(kind: str, count: int) -> dict[str, float]:
    """Measure in a new process, so that one layout's memory is not counted for the next."""
    command = [sys.executable, __file__, "--one", kind, str(count)]
    done = subprocess.run(command, check=True, capture_output=True, env=dict(os.environ))
    return dict(json.loads(done.stdout))


def report(counts: tuple[int, ...], runs: int) -> None:
    """Print the median of every layout, and how each grows with the number of responses."""
    print(
        f"{'format':8}{'responses':>10}{'seconds':>10}{'per resp.':>11}{'peak MB':>9}{'files':>7}{'MB':>7}"
    )
    for kind in FORMATS:
        medians = []
        for count in counts:
            rows = [fresh(kind, count) for _ in range(runs)]
            row = {key: statistics.median(r[key] for r in rows) for key in rows[0]}
            medians.append(row)
            print(
                f"{kind:8}{count:>10}{row['seconds']:>10.2f}{1000 * row['seconds'] / count:>8.1f} ms"
                f"{row['peak']:>9.0f}{row['files']:>7.0f}{row['written']:>7.1f}"
            )
        few, many = medians
        print(
            f"{'':8}x{counts[1] / counts[0]:.0f} responses: x{many['seconds'] / few['seconds']:.1f} seconds,"
            f" x{many['peak'] / few['peak']:.1f} memory"
        )


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--smoke", action="store_true", help="few responses, one run: does it work?"
    )
    parser.add_argument("--one", nargs=2, metavar=("FORMAT", "COUNT"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(measure(chosen.one[0], int(chosen.one[1]))))
        return
    report((5, 20), 1) if chosen.smoke else report((200, 2000), 3)


if __name__ == "__main__":
    main()
