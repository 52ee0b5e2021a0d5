"""Our own mail in an answer to it: known by its fingerprint and its sentences, however it was quoted."""

import re

from consulta.mailroom.models import OutgoingMail
from consulta.responses import post
from consulta.responses.models import Answer, Response

#: Shorter lines could be anybody's; counted in letters and digits.
TELLING = 20


def marked(text: str, response: Response) -> str:
    """*text* with a `>` before every line from the first to the last of a mail of ours about *response*.

    Only where it repeats the fingerprint that our mails name: then our mail is in it.
    """
    prints = response.versions.values_list("private_fingerprint", flat=True)
    if not any(each and each in text for each in prints):
        return text
    ours, theirs = _ours(response), _key(" ".join(_answers(response)))
    lines = text.split("\n")
    found = [n for n, line in enumerate(lines) if _is_ours(_key(line), ours, theirs)]
    if not found:
        return text
    first, last = found[0], found[-1]
    below = (f"> {line}" for line in lines[first : last + 1])
    return "\n".join([*lines[:first], *below, *lines[last + 1 :]])


def _is_ours(key: str, ours: str, theirs: str) -> bool:
    return len(key) >= TELLING and key in ours and key not in theirs


def _ours(response: Response) -> str:
    """What our mails about *response* say, secrets left out, as one key."""
    rows = OutgoingMail.objects.filter(pk__in=[mail.pk for mail in post.about(response)])
    texts = rows.filter(recipient__iexact=response.respondent.email)
    return _key(" ".join(texts.values_list("masked_text", flat=True)))


def _answers(response: Response) -> list[str]:
    """What the respondent wrote: a copy repeats it, and so may the next version."""
    return list(Answer.objects.filter(version__response=response).values_list("text", flat=True))


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
