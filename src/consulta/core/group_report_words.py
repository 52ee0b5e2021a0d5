"""The words of a group report in one language: sentences with names filled in, dates, norms, lists.

The sentences come as data (:mod:`consulta.reports.group_reports.phrases`); nothing is said here.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from consulta.core.group_report import MeetingFact, NormFact
from consulta.core.multilingual import Text, Texts, choose, text_in

_REVISED = re.compile(r"Rev\. (?:(?P<place>[^,]+), )?(?P<year>\d{4})")
_ENDS = (".", "。", "!", "?", "！", "？", "؟", "…", ":", "：", ";", "；", "؛")
_WORTH = ("original", "official")


@dataclass(frozen=True, slots=True)
class Phrases:
    """What a language says, by section and name, as the file of the language has it."""

    language: str
    told: Mapping[str, Any]

    def say(self, name: str, section: str = "says", /, **named: object) -> str:
        """Return the sentence called *name* with its names filled in. Raises KeyError."""
        return str(self.told[section][name]).format(**named)

    @property
    def letters(self) -> str:
        """Return the letters of what is listed."""
        return str(self.told["letters"])

    # ---- lists, sentences

    def joined(self, items: Sequence[str]) -> str:
        """Join *items* as the language joins them."""
        if len(items) < 2:
            return "".join(items)
        return str(self.told["joint"]).join(items[:-1]) + str(self.told["last_joint"]) + items[-1]

    def ended(self, text: str) -> str:
        """Return *text* with the full stop that it may lack."""
        text = text.strip()
        return text if not text or text.endswith(_ENDS) else text + str(self.told["stop"])

    def chosen(self, texts: Texts) -> Text:
        """Return the words of *texts* in this language, else the original, else any."""
        originals = [code for code in texts if text_in(texts, code).status in _WORTH]
        return choose(texts, self.language, original=next(iter(originals), ""))

    # ---- dates

    def day(self, on: date) -> str:
        """Write a day: 1 February 2019."""
        return self._dated("day", on, on)

    def days(self, first: date | None, last: date | None) -> str:
        """Write the days from *first* to *last*: 19–20 September 2019."""
        if first is None:
            return self.say("no_dates")
        last = last or first
        if first == last:
            return self.day(first)
        if first.year != last.year:
            return self._dated("two_years", first, last)
        return self._dated("same_month" if first.month == last.month else "same_year", first, last)

    def month(self, on: date) -> str:
        """Write a month: February 2019."""
        return self._dated("month", on, on)

    def years(self, first: date, last: date) -> str:
        """Write the years: 2019–2022, or one alone."""
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"

    def _dated(self, pattern: str, first: date, last: date) -> str:
        dates = self.told["dates"]
        months = dates.get("alone", dates["months"]) if pattern == "month" else dates["months"]
        ordinal = dates.get("first_day") if pattern == "day" else None
        return str(dates[pattern]).format(
            day=ordinal if ordinal and first.day == 1 else first.day,
            month=months[first.month - 1],
            year=first.year,
            last_day=last.day,
            last_month=months[last.month - 1],
            last_year=last.year,
        )

    # ---- names

    def meeting(self, fact: MeetingFact, group: str) -> str:
        """Name a meeting: by its title in this language, else by its number, else as it is called."""
        titled = text_in(fact.titles, self.language).text
        if titled:
            return titled
        if fact.number is not None:
            return self.say("meeting", number=fact.number, group=group)
        return choose(fact.titles, self.language).text or fact.slug

    def inside(self, name: str) -> str:
        """Return *name* as it stands within a sentence: an acronym keeps its capitals."""
        if self.told["lowered"] and len(name) > 1 and name[1].islower():
            return name[0].lower() + name[1:]
        return name

    def norm(self, fact: NormFact) -> str:
        """Cite an edition of a norm: Council Resolution 1336 (Rev. 2019)."""
        said = self._numbered(fact)
        edition = self._edition(fact.edition)
        return self.say("edition", "norms", norm=said, edition=edition) if edition else said

    def titled(self, fact: NormFact) -> str:
        """Cite an edition of a norm with its title, where it has one in this language."""
        title = text_in(fact.titles, self.language).text
        said, number = self.norm(fact), fact.number.rpartition(" ")[2]
        if not title or not number or number in title:
            return said
        return self.say("titled", "norms", norm=said, title=title)

    def _numbered(self, fact: NormFact) -> str:
        kind, _space, number = fact.number.partition(" ")
        issuer = self.told["norms"]["issuers"].get(fact.issuer, fact.issuer)
        if kind.lower() not in ("resolution", "decision") or not number:
            return fact.number or self.chosen(fact.titles).text or fact.issuer
        name = self.say(kind.lower(), "norms", number=number)
        return self.say("issued", "norms", norm=name, issuer=issuer) if issuer else name

    def _edition(self, label: str) -> str:
        found = _REVISED.fullmatch(label)
        if found is None:
            is_year = label.isdecimal() and len(label) == 4
            return self.say("year", "norms", year=label) if is_year else label
        place = found["place"] or ""
        if not place:
            return self.say("revised", "norms", year=found["year"])
        place = self.told["norms"]["places"].get(place, place)
        return self.say("revised_at", "norms", place=place, year=found["year"])
