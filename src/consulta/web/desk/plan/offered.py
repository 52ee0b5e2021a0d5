"""The options of a question as they are typed: one a line, in each language in the same order."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from consulta.core.options import LEAST, LONGEST, MOST, folded
from consulta.web.ui.templatetags.ui import language_name


def lines(words: Mapping[str, str]) -> dict[str, list[str]]:
    """The options by language, empty lines and languages left out."""
    found = {code: [each.strip() for each in text.splitlines()] for code, text in words.items()}
    return {code: kept for code, said in found.items() if (kept := [each for each in said if each])}


def faults(words: Mapping[str, str], original: str) -> dict[str, str]:
    """What is wrong with the options, by language, in a sentence that says how to mend it."""
    written = lines(words)
    if not written:
        return {}
    leading = original if original in written else next(iter(written))
    count = len(written[leading])
    found = {code: _fault(said) for code, said in written.items()}
    for code, said in written.items():
        if len(said) != count and not found[code]:
            found[code] = _uneven(len(said), count, leading)
    return {code: wrong for code, wrong in found.items() if wrong}


def _fault(said: Sequence[str]) -> str:
    """What is wrong with the options in one language; empty where nothing is."""
    if not LEAST <= len(said) <= MOST:
        return _("Write %(least)s to %(most)s options, one a line, or none.") % {
            "least": LEAST,
            "most": MOST,
        }
    if len({folded(each) for each in said}) < len(said):
        return _("Two options say the same: write each of them once.")
    if any(len(each) > LONGEST for each in said):
        return _("An option has more than %(most)s characters: shorten it.") % {"most": LONGEST}
    return ""


def _uneven(here: int, there: int, language: str) -> str:
    return _(
        "There are %(here)s options here and %(there)s in %(language)s: write as many, one a line, in"
        " the same order."
    ) % {"here": here, "there": there, "language": language_name(language)}
