"""Anyone can look an act up in the ledger, and check its proof without asking us."""

import json

import pytest
from click.testing import CliRunner
from django.urls import reverse

from consulta.cli.verify import verify
from consulta.ledger import checkpoints, keys, ledger, sequencer
from consulta.web.ui.finished import HEADER

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(consultation, officer):
    return ledger.record("consultation_opened", consultation, by=officer)


def words(answer) -> str:
    return answer.content.decode()


def sign(settings, tmp_path) -> None:
    settings.DATA = tmp_path
    keys.create()
    sequencer.sequence()
    checkpoints.sign()


def test_an_act_waits_for_its_place_and_is_then_proved(client, opened, settings, tmp_path):
    address = reverse("public:ledger_entry", args=[opened.uid])
    waiting = client.get(address)
    assert "It waits for its place" in words(waiting)
    assert HEADER not in waiting.headers
    sign(settings, tmp_path)
    proved = client.get(address)
    assert opened.leaf_hash in words(proved)
    assert proved.headers[HEADER] == "pages"


def test_what_the_api_gives_out_is_verified_offline(client, opened, settings, tmp_path):
    address = f"/api/v1/ledger/{opened.uid}"
    before = client.get(address).json()
    assert (before["act"], before["index"], before["proof"]) == ("consultation_opened", None, None)
    sign(settings, tmp_path)
    told = client.get(address).json()
    true, false = tmp_path / "true.json", tmp_path / "false.json"
    true.write_text(json.dumps(told))
    told["proof"]["entry"] = told["proof"]["entry"].replace("opened", "closed")
    false.write_text(json.dumps(told))
    codes = [CliRunner().invoke(verify, [str(file)]).exit_code for file in (true, false)]
    assert codes == [0, 1]
    kept = client.get("/api/v1/ledger").json()
    assert (kept["size"], kept["checkpoint"]["size"]) == (1, 1)


def test_acts_that_show_on_no_page_are_not_given_out(client, officer, consultation):
    drafted = ledger.record("consultation_drafted", consultation, by=officer)
    assert client.get(reverse("public:ledger_entry", args=[drafted.uid])).status_code == 404
    assert client.get(f"/api/v1/ledger/{drafted.uid}").status_code == 404
    assert str(drafted.uid) not in words(client.get(reverse("public:ledger")))


def test_the_newest_public_acts_are_listed(client, opened):
    listed = words(client.get(reverse("public:ledger")))
    assert reverse("public:ledger_entry", args=[opened.uid]) in listed
    assert client.get(reverse("public:ledger") + "?before=²").status_code == 200
