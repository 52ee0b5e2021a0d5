"""The health of an installation: each check says what it looked at and how to mend it."""

import os
import stat
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _

from consulta.consultations.models import Consultation
from consulta.flow import equipment
from consulta.flow.findings import Finding, finding
from consulta.groups import queries as group_queries
from consulta.ledger import triggers
from consulta.ledger.models import Entry
from consulta.mailroom import books, faults
from consulta.mailroom.trust.dns import SystemDns
from consulta.responses import balance, facets

#: No clock that is right shows an earlier instant: the year in which this release was made.
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
#: After so long mail that could not be handed over is a matter for whoever runs the instance.
LATE_MAIL = timedelta(hours=1)
LEAST_ROOM = 200 * 1024 * 1024  # bytes


Check = Callable[[], Finding]


def examine() -> list[Finding]:
    """Look at everything; the database is asked only where it can be."""
    findings = [check() for check in (_folder, _room, _key, equipment.catalogues, _tables)]
    if findings[-1].sound:
        findings += [
            check() for check in (_triggers, _clock, _balance, _facets, _founded, _letters, _outbox)
        ]
    return [*findings, equipment.dkim(SystemDns()), equipment.reader()]


def mend() -> list[str]:
    """Put back the triggers that protect the record, and the counts of its register.

    Returns a sentence for each thing that was mended. Raises DatabaseError before the tables exist.
    """
    done = _mend_triggers()
    for consultation in _counted():
        done += _mend_counts(consultation)
    return done


def _mend_triggers() -> list[str]:
    absent = triggers.missing()
    triggers.install()
    names = ", ".join(absent)
    return [_("Triggers were put back: %(names)s.") % {"names": names}] if absent else []


@transaction.atomic
def _mend_counts(consultation: Consultation) -> list[str]:
    done, named = [], {"slug": consultation.slug}
    if not _balance_agrees(consultation):
        balance.mend(consultation)
        done.append(_("The balance of %(slug)s was counted anew from its register.") % named)
    if not facets.agree(consultation):
        facets.mend(consultation)
        done.append(_("The counts in the lists of %(slug)s were made anew.") % named)
    return done


def _folder() -> Finding:
    folder = Path(settings.DATA)
    return finding(
        "folder",
        _("The data folder %(folder)s can be written.") % {"folder": folder},
        sound=os.access(folder, os.R_OK | os.W_OK | os.X_OK),
        mend=_("Give the user that runs Consulta the right to write in %(folder)s.")
        % {"folder": folder},
    )


def _room() -> Finding:
    status = os.statvfs(settings.DATA)
    free = status.f_bavail * status.f_frsize
    return finding(
        "room",
        _("There is room on the disk: %(free)d MB.") % {"free": free // 1024 // 1024},
        sound=free >= LEAST_ROOM,
        mend=_("Free some space on this disk: what arrives could not be kept."),
    )


def _key() -> Finding:
    path = Path(settings.DATA) / "secret_key"
    own = not path.exists() or not stat.S_IMODE(path.stat().st_mode) & 0o077
    return finding(
        "key",
        _("The secret key is long, and readable by its owner alone."),
        sound=own and len(settings.SECRET_KEY) >= 50,
        mend=_("Set CONSULTA_SECRET_KEY to 50 random characters, or run: chmod 600 %(path)s")
        % {"path": path},
    )


def _tables() -> Finding:
    try:
        executor = MigrationExecutor(connection)
        waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        reached = True
    except DatabaseError:
        waiting, reached = 0, False
    return finding(
        "tables",
        _("The database answers, and its tables are those of this release."),
        sound=reached and not waiting,
        mend=_("Start `consulta serve` or `consulta init`: they bring the tables to this release.")
        if reached
        else _("The database does not answer: check DATABASE_URL."),
    )


def _triggers() -> Finding:
    absent = triggers.missing()
    return finding(
        "triggers",
        _("The record is protected: nobody can change or delete an entry."),
        sound=not absent,
        mend=_(
            "Triggers are missing (%(names)s): run `consulta doctor --mend`, then `consulta verify`."
        )
        % {"names": ", ".join(absent)},
    )


def _clock() -> Finding:
    last = Entry.objects.order_by("-at").values_list("at", flat=True).first()
    now = timezone.now()
    return finding(
        "clock",
        _("The machine's clock is not behind the record."),
        sound=now >= EPOCH and (last is None or last <= now),
        mend=_("Set the machine's clock: deadlines are read from it."),
    )


def _balance() -> Finding:
    wrong = [consultation.slug for consultation in _counted() if not _balance_agrees(consultation)]
    return finding(
        "balance",
        _("The balance of every consultation agrees with its register."),
        sound=not wrong,
        mend=_(
            "The balance of %(slugs)s is wrong: run `consulta doctor --mend`, then `consulta verify`."
        )
        % {"slugs": ", ".join(wrong)},
    )


def _facets() -> Finding:
    wrong = [consultation.slug for consultation in _counted() if not facets.agree(consultation)]
    return finding(
        "facets",
        _("The choices of every list agree with the published responses."),
        sound=not wrong,
        mend=_(
            "The counts in the lists of %(slugs)s are wrong: run `consulta doctor --mend`,"
            " then `consulta verify`."
        )
        % {"slugs": ", ".join(wrong)},
    )


def _counted() -> Iterable[Consultation]:
    return Consultation.objects.filter(is_record=False)


def _balance_agrees(consultation: Consultation) -> bool:
    return balance.of(consultation) == balance.recounted(consultation)


def _founded() -> Finding:
    return finding(
        "founded",
        _("The instance has its body."),
        sound=group_queries.body() is not None,
        mend=_("Run `consulta init`, or `consulta demo` to try it."),
    )


def _letters() -> Finding:
    """The mailbox elsewhere was read, and the provider's webhook is set up, where there are any."""
    told = faults.sentences()
    return finding(
        "letters",
        _("Letters come in by every way that is set up."),
        sound=not told,
        mend=" ".join(told),
    )


def _outbox() -> Finding:
    stuck = books.stuck()
    late = stuck is not None and timezone.now() - stuck.since > LATE_MAIL
    return finding(
        "outbox",
        _("No mail has waited for more than an hour to be handed over."),
        sound=not late,
        mend=_("The mail server does not take mail (%(error)s): check CONSULTA_EMAIL_URL.")
        % {"error": stuck.error if stuck else ""},
    )
