"""A job for another process: a file with the paper's head on the first line and a block on each other.

Written and read line by line, so that whoever hands jobs out never holds a whole report.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from consulta.core.paper import Block, Paper, from_json, to_json


def head(paper: Paper) -> dict[str, Any]:
    """Return *paper* without its blocks, as JSON."""
    return to_json(replace(paper, blocks=()))


def line(block: Block) -> bytes:
    """Return *block* as one line of JSON."""
    return json.dumps(to_json(block)).encode()


def write(target: Path, paper: Mapping[str, Any], lines: Iterable[bytes], *, place: str) -> None:
    """Write the job: *paper* is its :func:`head`, *lines* its blocks, *place* its "Volume 2 of 5"."""
    with target.open("wb") as file:
        file.write(json.dumps({"paper": dict(paper), "place": place}).encode() + b"\n")
    append(target, lines)


def append(target: Path, lines: Iterable[bytes]) -> None:
    """Write more blocks to a job."""
    with target.open("ab") as file:
        for each in lines:
            file.write(each + b"\n")


def read(source: Path) -> tuple[Paper, str]:
    """Return the paper that was written, whole, and its place."""
    with source.open("rb") as file:
        job = json.loads(file.readline())
        blocks = [json.loads(each) for each in file]
    return from_json(job["paper"] | {"blocks": blocks}), job["place"]
