"""One act on the ticked lines, one by one: how many were done, and which were refused and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consulta.accounts.models import User
from consulta.consultations import applied
from consulta.core.multilingual import choose
from consulta.core.rules import Act as OnGround
from consulta.flow.inbox import acts
from consulta.flow.inbox.listing import Line
from consulta.groups.permissions import NotAllowedError
from consulta.responses.moderation import Because
from consulta.web.desk import mails, refusals
from consulta.web.desk.forms import words
from consulta.web.desk.reflector import refused
from consulta.web.ui import languages

#: The acts that are confirmed on a page of their own, with a ground and a reason.
GROUNDED = {"hold": OnGround.HOLD, "decline": OnGround.DECLINE}


@dataclass(frozen=True, slots=True)
class Refused:
    """A line on which the act was not done, and the sentence that says why."""

    line: Line
    why: str


class Grounds(forms.Form):
    """On which ground, in the words of the published lists of the procedures concerned, and why."""

    ground = forms.ChoiceField(label=gettext_lazy("Ground"), required=False)
    reason = words(
        gettext_lazy("Short reason"), rows=3, help_text=gettext_lazy("Each author reads it.")
    )

    def __init__(self, data: Any, *, offered: dict[str, str]) -> None:
        super().__init__(data)
        if offered:
            first = ("", gettext_lazy("Choose a ground"))  # none by default: it is published
            self.fields["ground"].choices = [first, *offered.items()]  # type: ignore[attr-defined]
            self.fields["ground"].required = True
        else:
            del self.fields["ground"]

    def because(self) -> Because:
        """What was chosen and written."""
        return Because(self.cleaned_data.get("ground", ""), self.cleaned_data["reason"])


def grounds(act: str, procedures: Iterable[str]) -> dict[str, str]:
    """The grounds for *act* in the page's language, by their codes, of each of the *procedures*."""
    language = languages.current()
    return {
        ground.slug: choose(ground.text, language).text
        for name in sorted(set(procedures))
        for ground in applied.present(name).grounds_for(GROUNDED[act])
    }


def all_of(
    act: str, lines: Sequence[Line], because: Because, *, by: User
) -> tuple[int, list[Refused]]:
    """Do *act* to each line by itself; how many were done, and those that were refused."""
    said = [Refused(line, _refusal(act, line, because, by=by)) for line in lines]
    refused_ones = [one for one in said if one.why]
    return len(said) - len(refused_ones), refused_ones


def _refusal(act: str, line: Line, because: Because, *, by: User) -> str:
    """Do the act to one line; empty, or the sentence that says why it was refused."""
    try:
        acts.do(act, line, because, by=by)
    except acts.NotFittingError:
        return _("This act is not one for it.")
    except acts.NothingToSendError:
        return _("It was sent meanwhile, or its message was wiped and cannot be sent again.")
    except NotAllowedError:
        return _("You have no right to do this here.")
    except refusals.REFUSED as error:
        return refusals.sentence(error)
    except tuple(refused.SENTENCES) as error:
        kind = next(known for known in refused.SENTENCES if isinstance(error, known))
        return refused.SENTENCES[kind]()
    except mails.REFUSED as error:
        return mails.refusal(error)
    return ""
