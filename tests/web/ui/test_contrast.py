"""Text can be read: every pair of colours that meets on a page keeps WCAG's contrast, by day and by night."""

import re

import pytest
from django.conf import settings

TOKENS = (settings.PACKAGE / "web/ui/static/ui/css/tokens.css").read_text()
DAY, NIGHT = TOKENS.split("@media (prefers-color-scheme: dark)")

TEXT = [
    *[
        (ink, ground)
        for ink in ("ink", "ink-soft", "accent-ink")
        for ground in ("paper", "sheet", "wash")
    ],
    ("accent-ink", "accent-wash"),
    ("ink", "accent-wash"),
    ("on-accent", "accent"),
    *[
        (f"{tone}", ground)
        for tone in ("good", "warn", "bad")
        for ground in (f"{tone}-wash", "paper", "sheet")
    ],
    *[("ink", f"{tone}-wash") for tone in ("good", "warn", "bad")],
]
EDGES = [("line-strong", "paper"), ("line-strong", "sheet"), ("focus", "paper"), ("focus", "wash")]


def colours(block: str) -> dict[str, str]:
    found = re.findall(r"--([a-z-]+):\s*#([0-9a-f]{3,6});", block)
    return {
        name: value if len(value) == 6 else "".join(c * 2 for c in value) for name, value in found
    }


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself_is_right() -> None:
    assert contrast("000000", "ffffff") == pytest.approx(21)
    assert contrast("777777", "ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["day", "night"])
def test_text_has_a_contrast_of_at_least_4_5(scheme: str) -> None:
    named = colours(DAY) | (colours(NIGHT) if scheme == "night" else {})
    weak = {pair: contrast(named[pair[0]], named[pair[1]]) for pair in TEXT}
    assert {pair: value for pair, value in weak.items() if value < 4.5} == {}


@pytest.mark.parametrize("scheme", ["day", "night"])
def test_edges_of_controls_and_the_focus_have_a_contrast_of_at_least_3(scheme: str) -> None:
    named = colours(DAY) | (colours(NIGHT) if scheme == "night" else {})
    weak = {pair: contrast(named[pair[0]], named[pair[1]]) for pair in EDGES}
    assert {pair: value for pair, value in weak.items() if value < 3} == {}
