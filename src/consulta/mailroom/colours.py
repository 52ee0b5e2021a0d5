"""Colours of an HTML letter: which one a value names, and whether words can be told from their ground."""

import re

#: Red, green, blue, each from 0 to 255.
Colour = tuple[float, float, float]

BLACK: Colour = (0, 0, 0)
WHITE: Colour = (255, 255, 255)
#: Below this ratio (WCAG 2.2, contrast ratio) nobody tells words from what they stand on.
TELLABLE = 1.2
_NAMES = {
    "aliceblue": "f0f8ff", "antiquewhite": "faebd7", "azure": "f0ffff", "beige": "f5f5dc",
    "black": "000000", "blue": "0000ff", "cornsilk": "fff8dc", "darkblue": "00008b",
    "darkgray": "a9a9a9", "darkgreen": "006400", "darkgrey": "a9a9a9", "darkred": "8b0000",
    "darkslategray": "2f4f4f", "darkslategrey": "2f4f4f", "dimgray": "696969", "dimgrey": "696969",
    "floralwhite": "fffaf0", "gainsboro": "dcdcdc", "ghostwhite": "f8f8ff", "gray": "808080",
    "green": "008000", "grey": "808080", "honeydew": "f0fff0", "indigo": "4b0082",
    "ivory": "fffff0", "lavender": "e6e6fa", "lavenderblush": "fff0f5", "lightcyan": "e0ffff",
    "lightgray": "d3d3d3", "lightgrey": "d3d3d3", "lightyellow": "ffffe0", "linen": "faf0e6",
    "maroon": "800000", "midnightblue": "191970", "mintcream": "f5fffa", "navy": "000080",
    "oldlace": "fdf5e6", "purple": "800080", "red": "ff0000", "seashell": "fff5ee",
    "silver": "c0c0c0", "snow": "fffafa", "teal": "008080", "white": "ffffff",
    "whitesmoke": "f5f5f5", "window": "ffffff", "windowtext": "000000", "yellow": "ffff00",
}  # fmt: skip
_HEX = re.compile(r"#?([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)
_RGB = re.compile(r"rgba?\(([^()]{1,80})\)", re.IGNORECASE)


def named(value: str) -> tuple[Colour, float] | None:
    """The colour that *value* says, and how much of it covers what lies beneath (0 to 1).

    None for what is none of those that mail programs write (hexadecimal, rgb(), common names).
    """
    value = value.strip().lower()
    if value == "transparent":
        return BLACK, 0.0
    if found := _RGB.fullmatch(value):
        return _of_numbers(re.split(r"[\s,/]+", found[1].strip()))
    found = _HEX.fullmatch(_NAMES.get(value, value))
    return _of_digits(found[1]) if found else None


def over(colour: Colour, share: float, beneath: Colour) -> Colour:
    """What is seen of *colour* where it covers *share* of *beneath*."""
    red, green, blue = (share * c + (1 - share) * b for c, b in zip(colour, beneath, strict=True))
    return red, green, blue


def can_be_told(ink: Colour, ground: Colour) -> bool:
    """Whether words in *ink* can be seen on *ground*."""
    dark, light = sorted((_luminance(ink), _luminance(ground)))
    return (light + 0.05) / (dark + 0.05) >= TELLABLE


def _of_digits(digits: str) -> tuple[Colour, float]:
    if len(digits) < 6:
        digits = "".join(2 * digit for digit in digits)
    red, green, blue, *share = (int(digits[n : n + 2], 16) for n in range(0, len(digits), 2))
    return (red, green, blue), share[0] / 255 if share else 1.0


def _of_numbers(said: list[str]) -> tuple[Colour, float] | None:
    try:
        red, green, blue, *share = (
            float(n[:-1]) * (2.55 if place < 3 else 0.01) if n.endswith("%") else float(n)
            for place, n in enumerate(said)
        )
    except ValueError:
        return None
    return (red, green, blue), min(1.0, max(0.0, share[0])) if share else 1.0


def _luminance(colour: Colour) -> float:
    """Relative luminance (WCAG 2.2)."""
    red, green, blue = (_linear(min(255.0, max(0.0, part)) / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
