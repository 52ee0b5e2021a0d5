"""Coders: how far people who coded the same answers agree, beyond what chance alone would give.

Percent agreement and Cohen's kappa (1960) for two coders; Krippendorff's alpha (nominal, two values)
for any number of them, also where not everyone coded everything.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pair:
    """How two coders used one code on the answers that both of them coded: so many answers each."""

    both: int
    first_only: int
    second_only: int
    neither: int

    @property
    def answers(self) -> int:
        """How many answers both coded."""
        return self.both + self.first_only + self.second_only + self.neither

    @property
    def agreement(self) -> float | None:
        """The share of answers on which they agree, 0 to 1; None without any."""
        return (self.both + self.neither) / self.answers if self.answers else None

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa; None where both used the code always, or both never: chance then explains all."""
        if not self.answers:
            return None
        first = (self.both + self.first_only) / self.answers
        second = (self.both + self.second_only) / self.answers
        chance = first * second + (1 - first) * (1 - second)
        if chance >= 1:
            return None
        return ((self.both + self.neither) / self.answers - chance) / (1 - chance)


def pair(answers: Iterable[tuple[bool, bool]]) -> Pair:
    """Count *answers*: whether the first and whether the second coder gave the code."""
    seen = list(answers)
    return Pair(
        both=seen.count((True, True)),
        first_only=seen.count((True, False)),
        second_only=seen.count((False, True)),
        neither=seen.count((False, False)),
    )


def alpha(answers: Iterable[Sequence[bool]]) -> float | None:
    """Krippendorff's alpha of one code: for each answer, what each of its coders said.

    Answers with one coder say nothing about agreement and are left out. None where all said the same
    of all answers: without any difference there is nothing to explain.
    """
    yes = no = 0
    apart = 0.0
    for said in answers:
        if len(said) < 2:
            continue
        given = sum(said)
        yes, no = yes + given, no + len(said) - given
        apart += given * (len(said) - given) / (len(said) - 1)
    if not yes or not no:
        return None
    return 1 - (yes + no - 1) * apart / (yes * no)
