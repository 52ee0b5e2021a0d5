"""Merging: what two people made of one paragraph meanwhile, brought together sentence by sentence.

A sentence that one of them changed says what that one wrote. One that both changed says what this
person typed, and what stands is shown beside it. Nobody's new sentence is lost, nor a change to one
that the other took out.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from consulta.core.fingerprint import canonical
from consulta.web.desk.reporting.sentences import Row

#: The sentences that a person saw when beginning to type: the id and the mark of each, in order.
Base = tuple[tuple[int, str], ...]
_MARK = 16  # hexadecimal digits: two wordings of one sentence are told apart


@dataclass(frozen=True, slots=True)
class Merged:
    """The rows of both, and the base that the next merge starts from; a clash keeps its old one."""

    rows: list[Row]
    base: Base


def mark(row: Row) -> str:
    """What a row says and cites, as a short hash; spaces do not count."""
    said = [" ".join(row.text.split()), sorted(row.listed), sorted(map(list, row.passages))]
    return hashlib.sha256(canonical({"row": said})).hexdigest()[:_MARK]


def base(rows: Iterable[Row]) -> Base:
    """The base that *rows*, as they are saved, make."""
    return tuple((row.pk, mark(row)) for row in rows if row.pk is not None)


def told(known: Base) -> str:
    """*known* as a form carries it."""
    return ",".join(f"{pk}:{marked}" for pk, marked in known)


def read(sent: str) -> Base:
    """The base that a form carried; what is no part of one is left out."""
    pairs = (part.split(":") for part in sent[:4000].split(",") if part.count(":") == 1)
    return tuple(
        (int(pk), marked) for pk, marked in pairs if pk.isascii() and pk.isdecimal() and marked
    )


def is_untouched(rows: Sequence[Row], known: Base) -> bool:
    """Say whether a person changed nothing: no word, citation, order, and no tick."""
    whole = all(row.pk is not None and not row.agrees for row in rows)
    return whole and base(rows) == known


def is_saved(rows: Sequence[Row], standing: Sequence[Row]) -> bool:
    """Say whether all that a person typed stands so already: a form may speak up after it was saved."""
    same = [mark(row) for row in rows] == [mark(row) for row in standing]
    return same and not any(row.agrees for row in rows)


def is_clash(row: Row, known: Mapping[int, str], now: Mapping[int, Row]) -> bool:
    """Say whether both changed a sentence, or one changed what the other took out."""
    if row.pk is None:
        return False
    was, mine = known.get(row.pk, ""), mark(row)
    if row.pk not in now:
        return row.pk in known and mine != was
    return mine != mark(now[row.pk]) and was not in (mine, mark(now[row.pk]))


def merge(mine: Sequence[Row], known: Base, theirs: Sequence[Row]) -> Merged:
    """Bring *mine*, typed from *known*, together with *theirs*, which stand now."""
    was, now = dict(known), {row.pk: row for row in theirs if row.pk is not None}
    kept = [_newest(row, was, now) for row in mine if not _taken_out(row, was, now)]
    held = {row.pk for row in mine}
    come = [row for pk, row in now.items() if pk not in held and was.get(pk) != mark(row)]
    rows = _in_order(kept, come, [pk for pk, _marked in known], list(now))
    clashing = {row.pk for row in rows if is_clash(row, was, now)}
    fresh = [(pk, was.get(pk, "-") if pk in clashing else mark(row)) for pk, row in now.items()]
    gone = [(pk, marked) for pk, marked in known if pk in clashing and pk not in now]
    return Merged(rows, (*fresh, *gone))


def _newest(row: Row, was: Mapping[int, str], now: Mapping[int, Row]) -> Row:
    """The row as it stands where this person did not touch it, else as typed."""
    standing = now.get(row.pk or 0)
    if standing is None or was.get(row.pk or 0) != mark(row) or mark(standing) == mark(row):
        return row
    return standing


def _taken_out(row: Row, was: Mapping[int, str], now: Mapping[int, Row]) -> bool:
    """The other took it out, and this person did not touch it."""
    return row.pk is not None and row.pk not in now and was.get(row.pk) == mark(row)


def _in_order(
    kept: Sequence[Row], come: Sequence[Row], before: Sequence[int], after: Sequence[int]
) -> list[Row]:
    """The rows in this person's order where it was changed, else in the order that stands now.

    What only the other order knows stands behind the row that it follows there.
    """
    rows = {row.pk if row.pk is not None else -place: row for place, row in enumerate(kept, 1)}
    mine = list(rows)
    rows |= {row.pk: row for row in come if row.pk is not None}
    theirs = [pk for pk in after if pk in rows]
    common = [pk for pk in mine if pk in before and pk in theirs]
    moved = common != [pk for pk in before if pk in common]
    lead, follow = (mine, theirs) if moved else (theirs, mine)
    return [rows[key] for key in _woven(lead, follow)]


def _woven(lead: Sequence[int], follow: Sequence[int]) -> list[int]:
    found = list(lead)
    for place, key in enumerate(follow):
        if key not in found:
            found.insert(found.index(follow[place - 1]) + 1 if place else 0, key)
    return found
