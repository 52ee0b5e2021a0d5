"""Contents: where the content of a frozen edition lies, and how it is read a block at a time.

A short one stands in its row. Of a long compilation the row holds the head, and a file the blocks, a
line each; the row names the file's SHA-256, so that the fingerprint of the row covers them too.
"""

import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from consulta.core.paper import Block, Paper, PaperKind, block_from_json, from_json, to_json
from consulta.mailroom import spool
from consulta.mailroom.spool import SpooledFile
from consulta.reports.models import Edition
from consulta.reports.renderers import jobs, volumes

FOLDER = "editions/contents"
#: Under this key the row's content names the file beside it.
ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Laid:
    """A paper as it will stand in its row, in how many volumes it comes, and the file beside it."""

    paper: Paper
    volumes: int = 1
    file: SpooledFile | None = None


def lay(drawn: Paper) -> Laid:
    """Put the blocks of a long compilation on the disk; every other paper stays as it is.

    To be called before the transaction that numbers the edition. Raises SpoolFullError.
    """
    count = sum(1 for _part in volumes.cut(drawn.blocks))
    if count <= 1 or drawn.kind != PaperKind.COMPILATION:
        return Laid(drawn, count)
    lines = (jobs.line(block) + b"\n" for block in drawn.blocks)
    return Laid(replace(drawn, blocks=()), count, spool.keep(lines, folder=FOLDER))


def fill(edition: Edition, marked: Paper, laid: Laid) -> None:
    """Give *edition* its content: *marked* is the laid paper with the edition's own head."""
    edition.content = to_json(marked)
    edition.volumes = laid.volumes
    if laid.file is not None:
        edition.content |= {ASIDE: {"sha256": laid.file.sha256, "size": laid.file.size}}
        edition.content_path = laid.file.path


def head(edition: Edition) -> Paper:
    """The paper of *edition* without its blocks."""
    return from_json(edition.content | {"blocks": []})


def lines(edition: Edition) -> Iterator[bytes]:
    """The blocks of *edition*, each as a line of JSON; never more than one at a time."""
    for block in edition.content["blocks"]:
        yield json.dumps(block).encode()
    if edition.content_path:
        with spool.locate(edition.content_path).open("rb") as file:
            yield from (line.rstrip(b"\n") for line in file)


def blocks(edition: Edition) -> Iterator[Block]:
    """The blocks of *edition*, one at a time."""
    return (block_from_json(json.loads(line)) for line in lines(edition))


def whole(edition: Edition) -> dict[str, Any]:
    """The whole content of *edition* as JSON; of a long one this is much."""
    content: dict[str, Any] = edition.content
    if not edition.content_path:
        return content
    return content | {"blocks": [json.loads(line) for line in lines(edition)]}


def is_whole(edition: Edition) -> bool:
    """Whether the file beside the row of *edition*, where there is one, is as it was frozen."""
    if not edition.content_path:
        return True
    path = spool.locate(edition.content_path)
    if not path.is_file():
        return False
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return bool(digest == edition.content[ASIDE]["sha256"])


def named(paths: Collection[str]) -> set[str]:
    """Those of *paths* that an edition names."""
    rows = Edition.objects.filter(content_path__in=paths)
    return set(rows.values_list("content_path", flat=True))
