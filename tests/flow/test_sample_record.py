"""The demo's record: open on the first day, with every kind of response, and kept at the next start."""

import pytest
from django.utils import timezone

from consulta.consultations import queries
from consulta.consultations.models import Consultation
from consulta.core.verdicts import Status
from consulta.flow import sample_accounts, sample_record, sample_texts
from consulta.groups import permissions
from consulta.groups import queries as groups
from consulta.groups.permissions import Act
from consulta.meetings.models import Meeting
from consulta.repository.models import Practice
from consulta.responses import balance, publication
from consulta.responses.models import Response
from tests.rounds import a_day


@pytest.fixture
def loaded(db):
    said: list[str] = []
    sample_record.load(a_day(0), progress=said.append)
    assert said
    return queries.by_slug("sample-islands-and-remote-areas")


def test_the_whole_sample_stands_where_its_files_say_and_a_second_start_keeps_it(loaded):
    now = timezone.now()
    told = {r["key"]: r["state"] for r in sample_texts.read("sample-responses.toml")["responses"]}
    stand = {
        response.idempotency_key.removeprefix("sample:"): str(response.state)
        for response in Response.objects.all()
    }
    assert stand == told
    assert balance.of(loaded) == balance.recounted(loaded)
    assert loaded.state(now) == Consultation.State.OPEN
    assert loaded.number == 1
    assert len(queries.questions(loaded)) == 5
    assert queries.missing_languages(loaded) == []
    verdicts = {row.name: row.verdict.status for row in queries.clock_view(loaded, now).rows}
    assert verdicts["opening"] == verdicts["responses_due"] == Status.KEPT
    assert loaded.is_sample
    assert groups.body().is_sample
    assert Practice.objects.filter(state="published").count() == 2
    shown = Response.objects.filter(state="accepted").first()
    publication.publish(shown, by=sample_accounts.user(sample_accounts.OFFICER))
    counts = [model.objects.count() for model in (Response, Meeting, Consultation, Practice)]
    sample_record.load(a_day(40), progress=str)
    assert [m.objects.count() for m in (Response, Meeting, Consultation, Practice)] == counts
    assert queries.by_slug(loaded.slug).opens_at == loaded.opens_at
    assert Response.objects.get(pk=shown.pk).state == "published"


def test_each_sample_account_has_its_role(db):
    sample_record.sample_round.load_body()
    group = sample_record.sample_round.group()
    sample_accounts.load(group)
    may = {
        account.email: permissions.may(sample_accounts.user(account.email), Act.OPEN, group)
        for account in sample_accounts.listed()
        if not account.sits_with_members
    }
    assert [email for email, able in may.items() if able] == [
        "administrator@example.org",
        "officer@example.org",
        "second-officer@example.org",
    ]
    assert not sample_accounts.user("officer@example.org").has_usable_password()
