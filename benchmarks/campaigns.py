"""Campaigns found among many responses: seconds, peak memory, and how right it is against planted truth.

Run: ``python -m benchmarks.campaigns [--smoke] [--responses N] [--whole]``. Form letters in five
languages are planted, sent word for word, typed otherwise, with own sentences, with sentences
left out; beside them unique responses of which many share stock phrases with the letters and with
each other. *pairs*: of two responses that are put together, how often that is right (precision), and
of two that belong together, how often they are (recall). *swallowed*: unique responses in a campaign.
With ``--whole`` they are also put into an instance and searched there, as the worker does.
"""

import argparse
import random
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks import instance
from consulta.core.campaigns import Grouped, group

#: Syllables of the words of each language; Chinese ones stand without spaces.
SYLLABLES = {
    "en": "the in con ver ta ble ing per net work is land far cost pro vi der so re port cable",
    "fr": "le ré seau île coût câble four nis seur une pro po si tion que nous par rap port é",
    "ru": "сеть о стров це на ка бель про вай дер мы про сим от чёт по ря док у да лён ный",
    "ar": "ال شب كة جز يرة سع ر كا بل مز ود نح ن نط لب تق رير عا د لة بع يد",
    "zh": "我 们 请 求 理 事 会 保 持 岛 屿 网 络 连 接 价 格 低 廉 并 制 定 公 平 规 则 受 益 海 缆",
}
SENTENCES_SHARED = 40  # stock phrases of each language
PART_IN_CAMPAIGNS = 0.6


@dataclass(frozen=True, slots=True)
class Planted:
    """A response: its text, and the letter it is (0: none, it is unique)."""

    text: str
    letter: int


class Writer:
    """Writes sentences of one language that nobody else writes, unless by chance."""

    def __init__(self, language: str, chance: random.Random) -> None:
        self.language, self.chance = language, chance
        parts = SYLLABLES[language].split()
        self.words = ["".join(chance.choices(parts, k=chance.randint(1, 3))) for _ in range(3000)]
        self.stock = [self.sentence() for _ in range(SENTENCES_SHARED)]

    def sentence(self) -> str:
        """One sentence; common words come more often."""
        some = [
            self.words[int(len(self.words) * self.chance.random() ** 2)]
            for _ in range(self.chance.randint(7, 16))
        ]
        if self.language == "zh":
            return "".join(some) + "。"
        return (" ".join(some)).capitalize() + "."

    def sentences(self, count: int, *, stock: float) -> list[str]:
        """So many sentences; the part *stock* of them are phrases that many use."""
        return [
            self.chance.choice(self.stock) if self.chance.random() < stock else self.sentence()
            for _ in range(count)
        ]

    def joined(self, sentences: Iterable[str]) -> str:
        """A text of them."""
        return ("" if self.language == "zh" else " ").join(sentences)


def planted(count: int, seed: int = 1336) -> list[Planted]:
    """*count* responses, campaigns and unique ones mixed."""
    chance = random.Random(seed)
    writers = [Writer(language, chance) for language in SYLLABLES]
    letters = [
        (writer, writer.sentences(chance.randint(5, 12), stock=0.25))
        for writer in writers
        for _ in range(4)
    ]
    weights = [1 / (place + 1) for place in range(len(letters))]
    places = chance.choices(range(len(letters)), weights, k=int(count * PART_IN_CAMPAIGNS))
    found = [Planted(_sent(*letters[place], chance), place + 1) for place in places]
    while len(found) < count:
        writer = chance.choice(writers)
        some = writer.sentences(chance.randint(3, 14), stock=chance.choice((0, 0, 0.2, 0.5, 0.9)))
        found.append(Planted(writer.joined(some), 0))
    chance.shuffle(found)
    return found


def _sent(writer: Writer, letter: Sequence[str], chance: random.Random) -> str:
    """The letter as one respondent sends it."""
    some, fate = list(letter), chance.random()
    if fate < 0.5:
        return writer.joined(some)
    if fate < 0.6:
        return writer.joined(some).upper().replace(". ", ".\n\n")
    if fate < 0.7:
        some.pop(chance.randrange(len(some)))
    for _ in range(chance.randint(1, max(1, len(letter) // 2))):
        some.insert(chance.randint(0, len(some)), writer.sentence())
    return writer.joined(some)


def judged(texts: Sequence[Planted], found: Grouped) -> dict[str, float]:
    """How right *found* is: pairs, and unique responses in a campaign."""
    together: Counter[tuple[int, int]] = Counter()
    sizes: Counter[int] = Counter()
    for place, one in enumerate(found.found):
        for member in one.members:
            together[place, texts[member.key].letter] += 1
            sizes[place] += 1
    truth = Counter(one.letter for one in texts if one.letter)
    right = sum(_pairs(n) for (_place, letter), n in together.items() if letter)
    unique = sum(1 for one in texts if not one.letter)
    swallowed = sum(n for (_place, letter), n in together.items() if not letter)
    return {
        "precision": right / max(1, sum(map(_pairs, sizes.values()))),
        "recall": right / max(1, sum(map(_pairs, truth.values()))),
        "unique": unique,
        "swallowed": swallowed,
    }


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def run(count: int) -> dict[str, float]:
    """Group *count* responses and print what it took and how right it is."""
    texts = planted(count)
    before, begun, worked = _peak(), time.perf_counter(), time.process_time()
    found = group((place, one.text) for place, one in enumerate(texts))
    took, worked = time.perf_counter() - begun, time.process_time() - worked
    letters = len({one.letter for one in texts} - {0})
    size = sum(len(one.text.encode()) for one in texts) / 1e6
    told = judged(texts, found)
    print(f"{count} responses, {size:.0f} MB, {letters} letters planted")
    print(f"grouped         {took:8.1f} s, {worked:.1f} s of it at work, {found.compared} compared")
    print(f"peak memory     {_peak():8.0f} MB, {before:.0f} MB of it the texts themselves")
    print(f"campaigns       {len(found.found):8}")
    print(f"pair precision  {told['precision']:8.4f}")
    print(f"pair recall     {told['recall']:8.4f}")
    share = 100 * told["swallowed"] / max(1, told["unique"])
    print(
        f"swallowed       {told['swallowed']:8.0f} of {told['unique']:.0f} unique ({share:.2f} %)"
    )
    return told


def whole(count: int) -> None:
    """Put *count* responses into an instance and search it twice, as the worker does."""
    with tempfile.TemporaryDirectory() as place:
        instance.build(Path(place) / "data", responses=count)
        searched()


def searched() -> None:
    """Give the responses of the instance the planted texts, and search."""
    models = import_module("consulta.responses.models")
    searching = import_module("consulta.analysis.campaigns.searching")
    timezone = import_module("django.utils.timezone")
    answers = models.Answer.objects.filter(version__screening="published")
    first: dict[int, Any] = {}
    for answer in answers.order_by("version__response__serial", "question").only("version_id"):
        first.setdefault(answer.version_id, answer)
    answers.exclude(pk__in=[row.pk for row in first.values()]).delete()
    rows = list(first.values())
    for row, text in zip(rows, _texts(len(rows)), strict=True):
        row.text = text
    models.Answer.objects.bulk_update(rows, ["text"], batch_size=500)
    consultation = models.Response.objects.order_by("pk")[0].consultation
    for name in ("first", "again"):
        begun = time.perf_counter()
        row = searching.search(consultation, now=timezone.now())
        took = time.perf_counter() - begun
        print(f"search, {name:7} {took:8.1f} s, {row.compared} of {row.published} compared")
    print(f"peak memory     {_peak():8.0f} MB")


def _texts(count: int) -> Iterator[str]:
    return (one.text for one in planted(count))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Read the options and run."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--responses", type=int, default=100_000)
    options.add_argument("--whole", action="store_true", help="also within an instance")
    options.add_argument("--smoke", action="store_true", help="a short run that fails when wrong")
    chosen = options.parse_args()
    count = 2_000 if chosen.smoke else chosen.responses
    told = run(count)
    if chosen.smoke and (told["precision"] < 0.99 or told["recall"] < 0.95):
        raise SystemExit("campaigns are found wrongly")
    if chosen.whole:
        whole(count)


if __name__ == "__main__":
    main()
