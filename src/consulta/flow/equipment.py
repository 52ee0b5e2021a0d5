"""What an installation has beside its database: words in six languages, a record in the DNS, a reader."""

import shutil
import subprocess
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import to_locale

from consulta.adapters.files.recogniser import LANGUAGES as READ
from consulta.core.languages import LANGUAGES, django_code
from consulta.flow.findings import Finding, finding
from consulta.mailroom import signing
from consulta.mailroom.trust.dns import Dns, DnsUnreachableError

_NO_DOMAIN = frozenset({"localhost", ""})
SECONDS = 10


def catalogues() -> Finding:
    """Without compiled catalogues pages are English, and headings in letters are not told apart."""
    folder = Path(settings.LOCALE_PATHS[0])
    names = {code: to_locale(django_code(code)) for code in LANGUAGES if code != "en"}
    absent = [
        code
        for code, name in names.items()
        if not (folder / name / "LC_MESSAGES" / "django.mo").is_file()
    ]
    return finding(
        "languages",
        _("The words of the interface are there in all six languages."),
        sound=not absent,
        mend=_(
            "The catalogues of %(languages)s are not compiled: pages are English, and answers in"
            " letters are not told apart by their headings. Install the package, or run `make messages`."
        )
        % {"languages": ", ".join(absent)},
    )


def dkim(dns: Dns) -> Finding:
    """Whether others can check our signatures; sound where nothing can be asked or nothing is signed."""
    return finding(
        "dkim",
        _("The record by which others check the signatures on our mail is in the DNS."),
        sound=_published(dns),
        mend=_(
            "The DNS of %(domain)s does not hold it, or holds another key: publish what `consulta dkim`"
            " prints, or large providers may refuse mail of the lists."
        )
        % {"domain": settings.MAIL_DOMAIN},
        needed=False,
    )


def reader() -> Finding:
    """Whether scans are read by machine in every language."""
    absent = _unread()
    return finding(
        "scans",
        _("Scans are read by machine in all six languages."),
        sound=not absent,
        mend=_(
            "tesseract does not read %(languages)s: install tesseract-ocr and its languages (%(names)s)."
            " Scans are taken all the same, as pictures."
        )
        % {
            "languages": ", ".join(absent),
            "names": ", ".join(f"tesseract-ocr-{READ[code].replace('_', '-')}" for code in absent),
        },
        needed=False,
    )


def _published(dns: Dns) -> bool:
    if settings.MAIL_DOMAIN in _NO_DOMAIN or settings.MAIL_CHECK == "off" or not signing.has_key():
        return True
    try:
        name, text = signing.record()
        said = dns.records(name, "TXT")
    except (DnsUnreachableError, signing.KeyUnusableError):
        return True  # nothing can be said; a key that cannot be read is told where it is used
    key = text.partition("p=")[2]
    return any(key in "".join(record.decode("ascii", "replace").split()) for record in said)


def _unread() -> list[str]:
    recogniser = shutil.which("tesseract")
    if recogniser is None:
        return list(READ)
    try:
        done = subprocess.run(  # noqa: S603 - asks which languages it knows
            [recogniser, "--list-langs"], capture_output=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return list(READ)
    known = done.stdout.decode("utf-8", "replace").split()
    return [code for code, name in READ.items() if name not in known]
