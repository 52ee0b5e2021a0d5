"""What must be in order before an instance is served: folder, key, tables, static files, triggers."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import click
import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from consulta.cli import folders, fresh_tables
from consulta.cli.supervisor import end_with


class NotReadyError(click.ClickException):
    """The instance cannot be served as it is; says how to mend it."""

    exit_code = 1


def set_up(*, data: Path | None = None, port: int | None = None) -> Path:
    """Point the settings at the folder *data*, make it and its key if need be, and load Django."""
    if data is not None:
        os.environ["CONSULTA_DATA"] = str(data.absolute())
    if port is not None:
        os.environ.setdefault("CONSULTA_BASE_URL", f"http://localhost:{port}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "consulta.config.settings")
    folder = folders.chosen(data)
    folders.make(folder)
    if not {"CONSULTA_SECRET_KEY", "CONSULTA_SECRET_KEY_FILE"} & set(os.environ):
        ensure_secret_key(folder / "secret_key")
    django.setup()
    return folder


def ensure_secret_key(path: Path) -> None:
    """A key of 50 characters in *path*, readable by its owner alone; one that is there stays."""
    if path.exists():
        return
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(48)[:50])
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, path)  # whoever is first wins; two starts at once agree on one key
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def prepare(*, migrate: bool = True) -> None:
    """Bring tables and static files to this release; raises NotReadyError where it must not serve."""
    gathering = get_context("fork").Process(target=_gather, args=(os.getpid(),))
    gathering.start()  # beside the tables: a first start takes half as long
    prepare_tables(migrate=migrate)
    gathering.join()
    if gathering.exitcode:
        raise NotReadyError(f"static files could not be gathered in {settings.STATIC_ROOT}.")


def prepare_tables(*, migrate: bool) -> None:
    """Bring the tables to this release, and see that the record is protected."""
    waiting = _waiting_migrations()
    if waiting:
        if not migrate:
            raise NotReadyError(
                f"{waiting} migrations are waiting: run `consulta migrate`,"
                " or serve without --no-migrate."
            )
        _migrate()
    _check_triggers()
    _ensure_ledger_key()
    connection.close()


def _migrate() -> None:
    """Bring the tables to this release; those of a new instance are made at once."""
    if fresh_tables.wanted():
        fresh_tables.make()
    else:
        call_command("migrate", interactive=False, verbosity=0)


def _waiting_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _check_triggers() -> None:
    """Refuse to serve a record that could be changed without a trace."""
    triggers: Any = import_module("consulta.ledger.triggers")  # after Django is set up
    if absent := triggers.missing():
        raise NotReadyError(
            f"the record is not protected: {len(absent)} triggers are missing"
            f" ({', '.join(absent)}). `consulta doctor` says how to put them back."
        )


def _ensure_ledger_key() -> None:
    """A key to sign the record with; a record that was signed before keeps its own or is refused."""
    keys: Any = import_module("consulta.ledger.keys")  # after Django is set up
    models: Any = import_module("consulta.ledger.models")
    try:
        keys.load()
    except keys.LedgerKeyMissingError as error:
        if models.Checkpoint.objects.exists():
            raise NotReadyError(str(error)) from error
        keys.create()


def _gather(parent: int) -> None:
    """In a process of its own, which must not hold the port when *parent* was killed."""
    end_with(parent)
    _collect_static()


def _collect_static() -> None:
    """Gather static files where they are served from, when they are not those gathered last."""
    root = Path(settings.STATIC_ROOT)
    stamp, now = root / ".gathered", _static_fingerprint()
    if stamp.exists() and stamp.read_text() == now and (root / "staticfiles.json").exists():
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(now)


def _static_fingerprint() -> str:
    """Changes with the release and with every static file."""
    digest = hashlib.sha256(settings.RELEASE.encode())
    for line in sorted(_static_files()):
        digest.update(line.encode())
    return digest.hexdigest()


def _static_files() -> Iterator[str]:
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = os.stat(storage.path(path))
            yield f"{path} {status.st_size} {status.st_mtime_ns}\n"
