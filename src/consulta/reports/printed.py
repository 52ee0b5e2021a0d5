"""Printed: what the files of an edition could not print as it was sent, for the desk."""

from dataclasses import dataclass

from consulta.reports.models import Edition
from consulta.reports.renderers.replaced import DONE, PLACES


@dataclass(frozen=True, slots=True)
class Replaced:
    """A sign or a word, what was *done* to it, how often, in which formats and responses.

    *under*: headings under which it stands in the document's own words, empty for the first page.
    """

    sign: str
    name: str
    done: str
    times: int
    formats: tuple[str, ...]
    where: tuple[str, ...]
    under: tuple[str, ...] = ()


def replaced(edition: Edition) -> list[Replaced]:
    """What was replaced in the files of *edition*, all volumes of a format together."""
    counts: dict[tuple[str, str, str], dict[str, int]] = {}
    places: dict[tuple[str, str, str], list[str]] = {}
    headings: dict[tuple[str, str, str], dict[str, None]] = {}
    for file in edition.files.all():
        for each in file.replaced:
            key = (each["done"], each["sign"], each["name"])
            times = counts.setdefault(key, {})
            times[file.format] = times.get(file.format, 0) + each["times"]
            known = places.setdefault(key, [])
            known += [number for number in each["where"] if number not in known]
            headings.setdefault(key, {}).update(dict.fromkeys(each.get("under", ())))
    return [
        Replaced(
            sign=sign,
            name=name,
            done=done,
            times=max(counts[done, sign, name].values()),
            formats=tuple(sorted(counts[done, sign, name])),
            where=tuple(places[done, sign, name][:PLACES]),
            under=tuple(headings[done, sign, name])[:PLACES],
        )
        for done, sign, name in sorted(counts, key=lambda key: (DONE.index(key[0]), key[1]))
    ]
