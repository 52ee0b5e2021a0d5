"""`consulta verify`: does the record hold, or does a receipt?"""

import json
import os
import sys
from dataclasses import asdict
from functools import partial
from importlib import import_module
from itertools import chain, islice
from pathlib import Path
from typing import Any, NoReturn

import click
import django
from django.db import connection
from django.utils.translation import gettext as _

from consulta.cli import faults
from consulta.core import receipt as receipts
from consulta.core.signature import is_signed
from consulta.ledger import keys

SHOWN = 100  # faults that are listed; all are counted


@click.command()
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--key", "trusted", multiple=True, help="A public key to trust, in hexadecimal.")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="The data folder.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def verify(file: Path | None, trusted: tuple[str, ...], data: Path | None, form: str) -> None:
    """Check ledger and rows of the whole record, or the receipt in FILE without asking the record.

    Exit code 0 when all holds, 1 when something does not, 2 when FILE is no receipt.
    """
    if data is not None:
        os.environ["CONSULTA_DATA"] = str(data.absolute())
    django.setup()
    result = _receipt(file, trusted) if file else _record()
    if form == "json":
        click.echo(json.dumps(result, indent=2, ensure_ascii=False))
    else:
        _tell(result)
    sys.exit(0 if result["holds"] else 1)


def _record() -> dict[str, Any]:
    if not _is_there():
        _give_up(_("There is no record here: name its folder with --data."))
    verification: Any = import_module("consulta.ledger.verification")  # after Django is set up
    accounting: Any = import_module("consulta.flow.accounting")
    walk, seen = asdict(verification.walk()), accounting.Account()
    found = chain(walk.pop("faults"), map(_told_fault, accounting.faults(seen)))
    listed = list(islice(found, SHOWN))
    count = len(listed) + sum(1 for _fault in found)
    return {"holds": not count, **walk, **asdict(seen), "fault_count": count, "faults": listed}


def _told_fault(fault: Any) -> dict[str, str]:
    what = faults.sentence(fault.code, fault.values)
    return {"where": fault.where, "what": what, "code": fault.code}


def _is_there() -> bool:
    """Whether there is a record; asks without making an empty database."""
    name = str(connection.settings_dict["NAME"])
    is_file = connection.vendor == "sqlite" and "memory" not in name
    if is_file and not Path(name).exists():
        return False
    return "ledger_entry" in connection.introspection.table_names()


def _receipt(file: Path, trusted: tuple[str, ...]) -> dict[str, Any]:
    known = [*trusted, *keys.public_keys()]
    try:
        receipt = json.loads(file.read_text(encoding="utf-8"))
        is_entry = "number" not in receipt and "proof" in receipt
        check = receipts.entry_faults if is_entry else receipts.faults
        found = check(receipt, signed=partial(_signed, known))
    except (receipts.NotAReceiptError, ValueError, AttributeError) as error:
        _give_up(_("%(file)s is not a receipt: %(error)s") % {"file": file, "error": error})
    proof = receipt.get("proof") or {}
    what = str(receipt["id"] if is_entry else receipt["number"])
    return {
        "holds": not found,
        "number": what,
        "proof": bool(proof),
        "key": proof.get("key"),
        "key_is_known": proof.get("key") in known if proof else None,
        "faults": [{"where": what, "what": code} for code in found],
    }


def _give_up(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(2)


def _signed(known: list[str], body: bytes, signature: str, key: str) -> bool:
    """Without a key to trust, the signature must at least fit the key that the proof names."""
    return is_signed(body, signature=signature, key=key, trusted=known or [key])


def _tell(result: dict[str, Any]) -> None:
    for fault in result["faults"]:
        click.echo(f"{fault['where']}: {fault['what']}", err=True)
    left_out = result.get("fault_count", 0) - len(result["faults"])
    if left_out > 0:
        click.echo(faults.more(left_out), err=True)
    click.echo(_told_receipt(result) if "number" in result else _told_record(result))


def _told_record(result: dict[str, Any]) -> str:
    compared = (
        _(
            "Compared with the ledger: %(responses)s responses, %(versions)s versions,"
            " %(editions)s editions."
        )
        % result
    )
    if not result["holds"]:
        verdict = _("The record does not hold: %(count)s faults.") % {
            "count": result["fault_count"]
        }
    else:
        verdict = (
            _(
                "The record holds: %(entries)s entries, %(waiting)s waiting, %(checkpoints)s signed"
                " checkpoints, root %(root)s."
            )
            % result
        )
    return f"{compared}\n{verdict}"


def _told_receipt(result: dict[str, Any]) -> str:
    values = {"number": result["number"], "key": result["key"]}
    if not result["holds"]:
        return _("The receipt %(number)s does not hold.") % values
    if not result["proof"]:
        return _("The receipt %(number)s holds. It carries no proof of the record yet.") % values
    if not result["key_is_known"]:
        return (
            _(
                "The receipt %(number)s holds, if %(key)s is the key that the institution publishes;"
                " give that key with --key."
            )
            % values
        )
    return _("The receipt %(number)s holds, and the record holds it.") % values
