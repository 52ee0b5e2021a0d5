"""Each way in which a row can disagree with the ledger, in one sentence."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SENTENCES = {
    "response_unknown": gettext_lazy("The ledger has no entry of its arrival."),
    "response_gone": gettext_lazy("The ledger has its arrival, but the response is gone."),
    "response_not_whole": gettext_lazy("Its respondent or its consultation is gone."),
    "version_gone": gettext_lazy("A version that arrived is gone, or its fingerprint was changed."),
    "private_unknown": gettext_lazy(
        "The ledger has no arrival with the fingerprint of version %(version)s."
    ),
    "private": gettext_lazy(
        "Words, files or respondent of version %(version)s are not those that arrived."
    ),
    "public_unknown": gettext_lazy(
        "The ledger has no publication with the public fingerprint of version %(version)s."
    ),
    "published_version": gettext_lazy(
        "The version that is shown is not the one that the ledger has as published."
    ),
    "public": gettext_lazy("What readers see is not what was published."),
    "columns": gettext_lazy(
        "Name, country, group or language in lists is not that of the published version."
    ),
    "state": gettext_lazy("State in the register: %(state)s; by the ledger: %(ledger)s."),
    "received_at": gettext_lazy("The date of its arrival does not agree with the ledger."),
    "published_at": gettext_lazy("The date of its publication does not agree with the ledger."),
    "withdrawn_at": gettext_lazy("The date of its withdrawal does not agree with the ledger."),
    "removed_at": gettext_lazy("The date of its removal does not agree with the ledger."),
    "edition_gone": gettext_lazy("The ledger has it as frozen, but the edition is gone."),
    "edition_unknown": gettext_lazy("The ledger has no frozen edition with its fingerprint."),
    "edition": gettext_lazy("The content of the edition is not what was frozen."),
    "edition_files": gettext_lazy("The files of the edition are gone."),
    "edition_file": gettext_lazy("The file %(file)s is gone, or is not the one that was made."),
}


def sentence(code: str, values: dict[str, Any]) -> str:
    """What is wrong, in the language of the command."""
    return str(SENTENCES[code]) % values if values else str(SENTENCES[code])


def more(count: int) -> str:
    """How many faults are not listed."""
    return _("Not listed: %(count)s more.") % {"count": count}
