"""`consulta verify` answers with its exit code."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection

from consulta.cli.verify import verify
from consulta.core.fingerprint import fingerprint
from consulta.ledger import ledger, sequencer


def receipt(path: Path, *, text: str) -> str:
    content, salt = {"answers": [{"question": 1, "text": "true"}]}, b"s" * 16
    mark = fingerprint(content, salt)
    content["answers"][0]["text"] = text
    paper = {"number": "0001-000017", "content": {"private": content}}
    paper |= {"salts": {"private": salt.hex()}, "fingerprint_private": mark}
    path.write_text(json.dumps(paper))
    return str(path)


def test_a_receipt_holds_or_not(tmp_path: Path) -> None:
    true = receipt(tmp_path / "true.json", text="true")
    false = receipt(tmp_path / "false.json", text="false")
    none = tmp_path / "none.json"
    none.write_text("[]")
    codes = [CliRunner().invoke(verify, [str(file)]).exit_code for file in (true, false, none)]
    assert codes == [0, 1, 2]


@pytest.mark.django_db
def test_the_record_holds_until_it_is_changed(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    ledger.record("consultation_opened", None, by="system")
    sequencer.sequence()
    assert CliRunner().invoke(verify).exit_code == 0
    on = " ON ledger_entry" if connection.vendor == "postgresql" else ""
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER ledger_entry_no_update{on}")
        cursor.execute("UPDATE ledger_entry SET act = 'report_released'")
    result = CliRunner().invoke(verify, ["--format", "json"])
    assert (result.exit_code, json.loads(result.stdout)["holds"]) == (1, False)
    assert {fault["where"] for fault in json.loads(result.stdout)["faults"]} == {
        "trigger ledger_entry_no_update",
        "entry 0",
    }
