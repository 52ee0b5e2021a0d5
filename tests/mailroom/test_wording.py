"""What became of a letter is said in words, never in the codes of its headers."""

import inspect
import json
import re

from consulta.flow.letters.opened import Opened
from consulta.mailroom import wording
from consulta.mailroom.models import IncomingMail
from consulta.mailroom.reading import automatic


def test_every_sign_of_a_program_has_words() -> None:
    signs = re.findall(r'"([\w-]+)": ', inspect.getsource(automatic.reasons))
    signs += re.findall(r'return "([\w-]+)"', inspect.getsource(Opened))

    assert {"auto-submitted", "null-sender", "own"} <= set(signs)
    assert set(signs) <= set(wording.SIGNS)


def test_why_a_letter_was_not_answered_is_a_sentence() -> None:
    told = {
        "to": "office@example.org",
        "outcome": "automatic",
        "why": "report, x-failed-recipients",
    }

    assert wording.outcomes(IncomingMail(result=json.dumps([told]))) == [
        "office@example.org: a program sent it (it is the report of a mail server); it was not answered."
    ]
