"""`consulta settings`: every setting, what it is for, and what it is now."""

import json
import os
from dataclasses import asdict, dataclass

import click


@dataclass(frozen=True, slots=True)
class Setting:
    """A variable of the environment. *secret*: its value is never shown; NAME_FILE names a file."""

    name: str
    meaning: str
    default: str
    secret: bool = False


SETTINGS = (
    Setting("CONSULTA_DATA", "The folder with database, files and key.", "var/data"),
    Setting(
        "CONSULTA_BASE_URL", "The address under which people reach it.", "http://localhost:8000"
    ),
    Setting("CONSULTA_ALLOWED_HOSTS", "Host names it answers to, with commas.", "of the address"),
    Setting(
        "CONSULTA_SECRET_KEY", "Signs sessions; 50 random characters.", "DATA/secret_key", True
    ),
    Setting(
        "CONSULTA_PROCEDURES",
        "A folder with procedure files of your own; read again after a restart.",
        "none: those of the package",
    ),
    Setting(
        "CONSULTA_JURISDICTION",
        "In identifiers of Akoma Ntoso documents: un, or the two letters of a country.",
        "un",
    ),
    Setting("DATABASE_URL", "The database.", "sqlite:///DATA/consulta.sqlite3", True),
    Setting(
        "CONSULTA_EMAIL_URL",
        "Where mail goes out: smtp://… or file:///folder.",
        "file://DATA/outbox",
        True,
    ),
    Setting("CONSULTA_FROM", "The sender of its mails.", "consultations@MAIL_DOMAIN"),
    Setting("CONSULTA_MAIL_DOMAIN", "The domain of its mail addresses.", "host of the address"),
    Setting("CONSULTA_DKIM_SELECTOR", "The name of its mail key in DNS (DKIM).", "consulta"),
    Setting("CONSULTA_DKIM_KEY", "That key, RSA in PEM.", "DATA/dkim_key.pem", True),
    Setting("CONSULTA_MAIL_HOST", "Where letters are taken by SMTP.", "127.0.0.1"),
    Setting("CONSULTA_MAIL_PORT", "The port for SMTP; 0: none.", "2525"),
    Setting("CONSULTA_LMTP", "Where letters are taken by LMTP: unix:/path or host:port.", "none"),
    Setting(
        "CONSULTA_MAIL_FRONT",
        "Mail servers in front, with commas: no limit for a host holds for them.",
        "127.0.0.1,::1",
    ),
    Setting("CONSULTA_MAIL_PER_SENDER", "Letters a minute from one sender; 0: no limit.", "60"),
    Setting("CONSULTA_MAIL_CERTIFICATE", "PEM file with which STARTTLS is offered.", "none"),
    Setting("CONSULTA_MAIL_CERTIFICATE_KEY", "Its key, if it is in another file.", "the same"),
    Setting(
        "CONSULTA_MAIL_CHECK",
        "Who wrote a letter is asked of the DNS (dns), of CONSULTA_MAIL_RELAYS alone (relay), or"
        " not (off).",
        "dns",
    ),
    Setting(
        "CONSULTA_MAIL_RELAYS",
        "Names of our own mail servers, with commas, whose Authentication-Results and ARC seals"
        " are believed.",
        "none",
    ),
    Setting(
        "CONSULTA_IMAP_URL",
        "A mailbox elsewhere: imaps://user:password@host/INBOX?move=FOLDER.",
        "none",
        True,
    ),
    Setting(
        "CONSULTA_IMAP_TOKEN_FILE",
        "A file with an OAuth 2.0 token for it, read anew each time.",
        "none: the password",
    ),
    Setting("CONSULTA_IMAP_EVERY", "Seconds between two looks into that mailbox.", "60"),
    Setting(
        "CONSULTA_MAIL_WEBHOOK",
        "The provider that hands letters over: mailgun, mandrill, postmark or sparkpost.",
        "none",
    ),
    Setting("CONSULTA_MAIL_WEBHOOK_SECRET", "user:password that it names.", "none", True),
    Setting("CONSULTA_MAIL_WEBHOOK_KEY", "The key with which it signs.", "none", True),
    Setting(
        "CONSULTA_LARGEST_DOCUMENT",
        "How large one file of a meeting's document may be, in MB, at most 50.",
        "50",
    ),
    Setting(
        "CONSULTA_CLAMD", "The virus scanner clamd, as host:port or the path of its socket.", "none"
    ),
    Setting(
        "CONSULTA_ACCESS_LOG_DAYS",
        "For how many days it is kept who read files that not everyone may have.",
        "180",
    ),
    Setting(
        "CONSULTA_REGISTRATION_DAYS",
        "For how many days after a meeting it is kept who registered for it; then only figures are.",
        "365",
    ),
    Setting("CONSULTA_DEMO", "true: a demo, where staff need no second factor.", "false"),
    Setting("CONSULTA_DEBUG", "true: errors are shown in pages; never in service.", "false"),
)


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def settings(form: str) -> None:
    """List every setting with its meaning, its default and its present value."""
    rows = [{**asdict(setting), "value": shown(setting)} for setting in SETTINGS]
    if form == "json":
        click.echo(json.dumps(rows, indent=2))
        return
    for setting in SETTINGS:
        click.echo(f"{setting.name}={shown(setting) or ''}")
        click.echo(f"    {setting.meaning} Default: {setting.default}")


def shown(setting: Setting) -> str | None:
    """What the setting is now, None where it is not set; a secret only says that it is set."""
    if f"{setting.name}_FILE" in os.environ:
        return f"(from {os.environ[f'{setting.name}_FILE']})"
    value = os.environ.get(setting.name)
    return "(set)" if value and setting.secret else value
