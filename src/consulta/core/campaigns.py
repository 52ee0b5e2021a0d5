"""Finding campaigns: which texts of one consultation are the same letter, alike word for word or nearly.

Texts that are the same word for word are found by a hash. Of the distinct ones, those that are worth
comparing are found by MinHash; whatever is proposed was compared exactly. Each member resembles the
shared text itself, so that no chain of small changes joins two letters. The same texts in the same
order always give the same groups.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from typing import Any

from rensa import RMinHash

from consulta.core import similarity

_SEED = 1336
_BATCH = 1000
#: Different texts that each bucket compares with, so that one crowd does not hide another.
_LEADERS = 4
#: Texts tried as the shared one without finding a campaign before a crowd is left alone.
_TRIES = 100
_BEGINNING = -1  # the key of a text that stands for a campaign, not for a response


@dataclass(frozen=True, slots=True)
class Method:
    """How campaigns are found; printed with every report that folds them.

    *threshold*: the least part of shingles (runs of three words) that a member shares with the shared
    text (Jaccard). *least_size*: responses in a campaign. *least_length*: letters of a text that is
    compared at all; a Chinese character counts three. *few*: below so many responses, none of which
    is another word for word, each shares at least *few_alike*: stock phrases alone are no letter.
    """

    threshold: float = 0.5
    least_size: int = 2
    least_length: int = 150
    few: int = 5
    few_alike: float = 0.67
    permutations: int = 128
    bands: int = 32

    def told(self) -> dict[str, Any]:
        """The method as plain values, with the library that finds candidates and its version."""
        library = f"rensa {version('rensa')}, RMinHash {RMinHash.ALGORITHM_VERSION}"
        return asdict(self) | {"shingle": similarity.RUN, "library": library}


#: What holds until an officer chooses otherwise.
STANDARD = Method()


@dataclass(frozen=True, slots=True)
class Likeness:
    """A text by its key, and how alike it is to the shared text; *exact*: the same word for word."""

    key: int
    similarity: float
    exact: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A campaign: the key of the response whose text is the shared one, and every member."""

    shared: int
    members: tuple[Likeness, ...]


@dataclass(frozen=True, slots=True)
class Grouped:
    """New campaigns, and what resembles those that were known, by their keys; *compared*: how many
    texts were long enough."""

    found: tuple[Found, ...]
    known: Mapping[int, tuple[Likeness, ...]]
    compared: int


@dataclass(slots=True)
class _Distinct:
    """A text that may have come many times. *keys*: in the order of arrival."""

    hashes: "array[int]"
    keys: "array[int]"
    known: int = _BEGINNING


@dataclass(slots=True)
class _Texts:
    """Everything that is compared: each distinct text once."""

    method: Method
    rows: list[_Distinct] = field(default_factory=list)
    by_digest: dict[bytes, int] = field(default_factory=dict)
    compared: int = 0

    def add(self, text: str, key: int) -> None:
        """Take in a response's text, unless it is too short to tell anything."""
        words = similarity.words(text)
        if similarity.length(words) < self.method.least_length:
            return
        self.compared += 1
        self._row(words).keys.append(key)

    def stand(self, text: str, campaign: int) -> None:
        """Take in the shared text of a campaign that is known."""
        row = self._row(similarity.words(text))
        row.known = campaign if row.known == _BEGINNING else row.known

    def _row(self, words: list[str]) -> _Distinct:
        digest = similarity.digest(words)
        if digest not in self.by_digest:
            self.by_digest[digest] = len(self.rows)
            self.rows.append(_Distinct(similarity.shingles(words), array("q")))
        return self.rows[self.by_digest[digest]]


def group(
    texts: Iterable[tuple[int, str]],
    *,
    known: Mapping[int, str] | None = None,
    method: Method = STANDARD,
) -> Grouped:
    """Group *texts* (key, text; in the order of arrival).

    *known*: the shared texts of campaigns that stand; what resembles one is no new campaign.
    """
    taken = _Texts(method)
    for campaign, text in sorted((known or {}).items()):
        taken.stand(text, campaign)
    for key, text in texts:
        taken.add(text, key)
    taken.by_digest.clear()
    found: list[Found] = []
    resembling: dict[int, list[Likeness]] = defaultdict(list)
    for crowd in _crowds(taken.rows, method):
        left = _recognised(taken.rows, crowd, resembling, method)
        found += _campaigns(taken.rows, left, method)
    found.sort(key=lambda one: one.members[0].key)
    ordered = {key: tuple(sorted(rows, key=_by_key)) for key, rows in resembling.items()}
    return Grouped(tuple(found), ordered, taken.compared)


def comparing(shared: str) -> Callable[[str], Likeness]:
    """What says how alike a text is to the *shared* one, whatever its length; the key is 0."""
    standing = similarity.words(shared)
    base = similarity.shingles(standing)

    def alike(text: str) -> Likeness:
        words = similarity.words(text)
        exact = words == standing
        part = similarity.jaccard(base, similarity.shingles(words))
        return Likeness(0, 1.0 if exact else part, exact)

    return alike


def _crowds(rows: Sequence[_Distinct], method: Method) -> list[list[int]]:
    """Texts that hang together by some exact likeness; alone is one that came often enough."""
    parents = list(range(len(rows)))
    digests = _digests(rows, method)
    size = method.permutations // method.bands
    for band in range(method.bands):
        _link(rows, _buckets(digests, band * size, size, method.permutations), parents, method)
    crowds: dict[int, list[int]] = defaultdict(list)
    for index in range(len(rows)):
        crowds[_root(parents, index)].append(index)
    return [crowd for crowd in crowds.values() if _worth(rows, crowd, method)]


def _worth(rows: Sequence[_Distinct], crowd: Sequence[int], method: Method) -> bool:
    return _weight(rows, crowd) >= method.least_size or any(
        rows[i].known != _BEGINNING for i in crowd
    )


def _digests(rows: Sequence[_Distinct], method: Method) -> "array[int]":
    """The MinHash of every text, one after the other."""
    digests = array("I")
    for start in range(0, len(rows), _BATCH):
        some = [row.hashes or array("I", [0]) for row in rows[start : start + _BATCH]]
        matrix = RMinHash.digest_matrix_from_token_hash_sets(some, method.permutations, _SEED)
        for digest in matrix.to_rows():
            digests.extend(digest)
    return digests


def _buckets(
    digests: "array[int]", start: int, size: int, permutations: int
) -> Iterable[list[int]]:
    """Texts whose MinHash is the same in one band."""
    found: dict[bytes, list[int]] = defaultdict(list)
    for index in range(len(digests) // permutations):
        place = index * permutations + start
        found[digests[place : place + size].tobytes()].append(index)
    return (bucket for bucket in found.values() if len(bucket) > 1)


def _link(
    rows: Sequence[_Distinct],
    buckets: Iterable[list[int]],
    parents: list[int],
    method: Method,
) -> None:
    """Join the texts of a bucket that are alike, each compared exactly with a few of those before."""
    for bucket in buckets:
        leaders: list[int] = []
        for index in bucket:
            if not _joined(rows, index, leaders, parents, method) and len(leaders) < _LEADERS:
                leaders.append(index)


def _joined(
    rows: Sequence[_Distinct],
    index: int,
    leaders: Sequence[int],
    parents: list[int],
    method: Method,
) -> bool:
    for leader in leaders:
        one, other = _root(parents, leader), _root(parents, index)
        if one == other:
            return True
        if similarity.jaccard(rows[leader].hashes, rows[index].hashes) >= method.threshold:
            parents[max(one, other)] = min(one, other)
            return True
    return False


def _root(parents: list[int], index: int) -> int:
    while parents[index] != index:
        parents[index] = parents[parents[index]]
        index = parents[index]
    return index


def _recognised(
    rows: Sequence[_Distinct],
    crowd: Sequence[int],
    resembling: dict[int, list[Likeness]],
    method: Method,
) -> list[int]:
    """Give what resembles a campaign that is known to the one it resembles most; return the rest."""
    standing = [index for index in crowd if rows[index].known != _BEGINNING]
    left = []
    for index in crowd:
        alike = [(similarity.jaccard(rows[s].hashes, rows[index].hashes), -s) for s in standing]
        best, nearest = max(alike, default=(0.0, 0))
        if best < method.threshold:
            left.append(index)
        else:
            row, campaign = rows[index], rows[-nearest].known
            resembling[campaign] += _likenesses(row, best, exact=index == -nearest)
    return left


def _campaigns(rows: Sequence[_Distinct], crowd: Sequence[int], method: Method) -> list[Found]:
    """The campaigns of a crowd, beginning with the text that came most often."""
    found: list[Found] = []
    left = sorted(crowd, key=lambda index: (-len(rows[index].keys), index))
    tried = 0  # texts at the beginning of *left* that are the middle of nothing
    while tried < min(len(left), _TRIES):
        center, near = _settled(rows, left, left[tried], method)
        near = _sure(rows, center, near, method)
        if _weight(rows, near) < method.least_size:
            tried += 1
            continue
        found.append(_found(rows, center, near))
        left = [index for index in left if index not in near]
        tried = 0
    return found


def _settled(
    rows: Sequence[_Distinct], left: Sequence[int], start: int, method: Method
) -> tuple[int, dict[int, float]]:
    """The text in the middle of those around *start*, and what is near it.

    The middle is nearest to the shingles that most of them have: the letter as it was handed out,
    if anybody sent it so.
    """
    near = _near(rows, left, rows[start].hashes, method.threshold)
    if len(near) < 2:
        return start, near
    core = _core(rows, near)
    alike = {index: similarity.jaccard(core, rows[index].hashes) for index in near}
    center = max(near, key=lambda index: (alike[index], len(rows[index].keys), -index))
    around = _near(rows, left, rows[center].hashes, method.threshold)
    if _weight(rows, around) < _weight(rows, near):
        return start, near
    return center, around


def _sure(
    rows: Sequence[_Distinct], center: int, near: dict[int, float], method: Method
) -> dict[int, float]:
    """Of a few texts that nobody sent twice, those that are much alike: stock phrases are no letter."""
    if _weight(rows, near) >= method.few or any(len(rows[index].keys) > 1 for index in near):
        return near
    least = max(method.threshold, method.few_alike)
    return {index: alike for index, alike in near.items() if index == center or alike >= least}


def _near(
    rows: Sequence[_Distinct], left: Sequence[int], base: "array[int]", threshold: float
) -> dict[int, float]:
    """Which texts are alike enough to *base*, and how much."""
    found, wanted, size = {}, set(base), len(base)
    for index in left:
        hashes = rows[index].hashes
        if min(size, len(hashes)) < threshold * max(size, len(hashes)):
            continue  # of such different lengths that they cannot share enough
        shared = len(wanted.intersection(hashes))
        alike = shared / ((size + len(hashes) - shared) or 1)
        if alike >= threshold:
            found[index] = alike
    return found


def _core(rows: Sequence[_Distinct], near: Iterable[int]) -> "array[int]":
    """The shingles that more than half of the responses have."""
    counted: Counter[int] = Counter()
    for index in near:
        times = len(rows[index].keys)
        for code in rows[index].hashes:
            counted[code] += times
    half = _weight(rows, near) / 2
    return array("I", sorted(code for code, times in counted.items() if times > half))


def _weight(rows: Sequence[_Distinct], some: Iterable[int]) -> int:
    return sum(len(rows[index].keys) for index in some)


def _found(rows: Sequence[_Distinct], center: int, near: Mapping[int, float]) -> Found:
    members = [
        likeness
        for index, alike in near.items()
        for likeness in _likenesses(rows[index], alike, exact=index == center)
    ]
    return Found(rows[center].keys[0], tuple(sorted(members, key=_by_key)))


def _likenesses(row: _Distinct, alike: float, *, exact: bool) -> list[Likeness]:
    return [Likeness(key, 1.0 if exact else alike, exact) for key in row.keys]


def _by_key(likeness: Likeness) -> int:
    return likeness.key
