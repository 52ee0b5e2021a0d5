"""A table of responses is brought in: every row a response like any other, none twice, none lost."""

from pathlib import Path

import pytest
from django.utils import timezone

from consulta.adapters.sheets.problems import Problem, SheetError
from consulta.core.importing import Found, Trouble
from consulta.core.lifecycle import State
from consulta.flow import accounting
from consulta.flow import importing as arriving
from consulta.groups.permissions import NotAllowedError
from consulta.ledger.models import Entry
from consulta.mailroom.models import OutgoingMail
from consulta.responses import balance, importing, intake_many
from consulta.responses.importing import ImportRunsError, NoAnswerColumnError
from consulta.responses.models import Import, ModerationStep, Redaction, Response

TABLE = (
    "Ref;Organisation;Group;Country;E-mail;Question 1;What has helped?;Comments\n"
    "1;Sample Union;Civil society;Suisse;union@sample.example;Price;;In general, well.\n"
    "2;Sample Ministry;Governments;KE;;Distance;Cables;\n"
    "3;Sample Lab;Private sector;Atlantis;;Wind;;\n"
    "4;;;FR;;;;\n"
)


@pytest.fixture
def bring(running, officer, tmp_path):
    def _bring(text: str = TABLE, name: str = "table.csv", by=officer) -> Import:
        source = Path(tmp_path, "upload")
        source.write_text(text, encoding="utf-8")
        return importing.keep(running, source, name=name, by=by)

    return _bring


@pytest.fixture
def take(officer):
    def _take(table: Import, **chosen) -> Import:
        said = {"language": "en", "vouched": False, "by_mail": False} | chosen
        importing.choose(table, importing.mapping(table), **said)
        importing.start(table, by=officer)
        while arriving.rows_arrive(timezone.now()):
            pass
        table.refresh_from_db()
        return table

    return _take


def counts(table: Import) -> tuple[int, int, int, int]:
    return table.total, table.registered, table.repeated, table.refused


@pytest.mark.usefixtures("groups")
def test_columns_are_guessed_and_the_whole_table_is_looked_over_before_anything_is_written(bring):
    table = bring()
    assert importing.mapping(table) == {
        0: "reference", 1: "organisation", 2: "stakeholder_group", 3: "country", 4: "email",
        5: "answer:1", 6: "answer:2", 7: "answer:0",
    }  # fmt: skip
    seen = importing.look_over(table, now=timezone.now())
    assert (seen.total, seen.good, seen.bad, seen.repeated) == (4, 2, 2, 0)
    assert seen.troubles == {
        Trouble.COUNTRY_UNKNOWN: 1, Trouble.NAME_MISSING: 1, Trouble.NO_ANSWER: 1,
    }  # fmt: skip
    assert [row for row, _ in seen.refused] == [4, 5]
    assert [made.respondent.country for _, made in seen.first] == ["CH", "KE"]
    assert not Response.objects.exists()


@pytest.mark.usefixtures("groups")
def test_every_good_row_is_a_response_and_every_bad_one_says_why(bring, take, running, officer):
    table = take(bring())
    assert counts(table) == (4, 2, 0, 2)
    first, second = Response.objects.order_by("serial")
    assert [r.respondent.organisation_name for r in (first, second)] == [
        "Sample Union",
        "Sample Ministry",
    ]
    answers = first.versions.get().answers.values_list("question", "text")
    assert sorted(answers, key=str) == [(1, "Price"), (None, "In general, well.")]
    assert (first.channel, first.entered_by) == ("import", officer)
    assert first.source_id == f"import {table.uid} row 2; reference 1"
    told = [(r.row, r.troubles[0]["trouble"]) for r in table.refused_rows.all()]
    assert told == [(4, "country_unknown"), (5, "name_missing")]
    assert balance.of(running).by_channel == {"import": 2}
    assert table.finished_at is not None
    assert not OutgoingMail.objects.exists()
    assert Entry.objects.filter(act="import_started").count() == 1


@pytest.mark.usefixtures("groups")
def test_the_same_table_again_registers_nothing_and_a_longer_one_only_what_is_new(bring, take):
    take(bring())
    assert counts(take(bring())) == (4, 0, 2, 2)
    longer = TABLE + "5;Sample Cable;Private sector;FJ;;Ships;;\n"
    assert counts(take(bring(longer))) == (5, 1, 2, 2)
    assert Response.objects.count() == 3


def test_a_table_that_names_a_row_twice_registers_it_once(bring, take):
    table = take(bring("Name,Text\nSample A,one\nSample A,one\nSample A,two\n"))
    assert counts(table) == (3, 2, 1, 0)


def test_a_reference_that_stands_twice_with_other_words_is_refused_and_named(bring, take):
    table = bring("Ref,Name,Text\n7,Sample A,one\n7,Sample A,one\n7,Sample B,two\n")
    seen = importing.look_over(table, now=timezone.now())
    refused = [(4, (Found(Trouble.REFERENCE_TWICE, 0, "7"),))]
    assert (seen.good, seen.repeated, list(seen.refused)) == (2, 1, refused)
    assert counts(take(table)) == (3, 1, 1, 1)
    assert Response.objects.get().versions.get().answers.get().text == "one"


def test_a_started_table_is_looked_through_for_repeated_references_once(
    bring, officer, monkeypatch
):
    table = bring("Ref,Name,Text\n7,Sample A,one\n7,Sample B,two\n8,Sample C,three\n")
    importing.start(table, by=officer)
    assert importing.reader(table, now=timezone.now()).twice == {3}
    monkeypatch.setattr(importing, "lines", lambda *_args, **_kind: pytest.fail("read again"))
    again = Import.objects.get(pk=table.pk)
    assert importing.reader(again, now=timezone.now()).twice == {3}


def test_a_row_that_is_here_already_with_other_words_is_refused_and_named(bring, take):
    take(bring("Ref,Name,Text\n7,Sample A,one\n"))
    table = bring("Ref,Name,Text\n7,Sample A,another\n")
    seen = importing.look_over(table, now=timezone.now())
    assert list(seen.refused) == [(2, (Found(Trouble.OTHER_WORDS, 0, "7"),))]
    assert counts(take(table)) == (1, 0, 0, 1)
    assert table.refused_rows.get().troubles[0]["trouble"] == "other_words"
    assert counts(take(bring("Ref,Name,Text\n7,Sample A,one\n"))) == (1, 0, 1, 0)


def test_a_worker_that_falls_goes_on_where_it_stood(bring, take, monkeypatch, officer):
    monkeypatch.setattr(arriving, "BATCH", 2)
    table = bring("Name,Text\n" + "".join(f"Sample {n},text {n}\n" for n in range(7)))
    importing.start(table, by=officer)
    real, calls = intake_many.register_many, []

    def falls_at_the_second(*args, **more):
        calls.append(args)
        made = real(*args, **more)
        if len(calls) == 2:
            raise MemoryError
        return made

    monkeypatch.setattr(arriving.intake_many, "register_many", falls_at_the_second)
    with pytest.raises(MemoryError):
        arriving.rows_arrive(timezone.now())
    table.refresh_from_db()
    assert (table.done, Response.objects.count()) == (2, 2)
    arriving.rows_arrive(timezone.now(), seconds=10)
    table.refresh_from_db()
    assert counts(table) == (7, 7, 0, 0)
    assert sorted(r.versions.get().answers.get().text for r in Response.objects.all()) == [
        f"text {n}" for n in range(7)
    ]


def test_vouched_addresses_are_confirmed_and_others_wait_for_their_sender(bring, take):
    rows = "Name,E-mail,Text\nSample A,a@sample.example,one\n"
    take(bring(rows), vouched=True)
    assert Response.objects.get().respondent.confirmed
    take(bring(rows.replace("one", "two")), by_mail=True)
    waiting = Response.objects.latest("serial")
    assert (waiting.respondent.confirmed, waiting.state) == (False, State.RECEIVED)
    assert [mail.subject for mail in OutgoingMail.objects.all()] != []


def test_what_began_cannot_be_changed_and_nothing_begins_without_an_answer(bring, take, officer):
    table = take(bring("Name,Text\nSample A,one\n"))
    with pytest.raises(ImportRunsError):
        importing.start(table, by=officer)
    with pytest.raises(ImportRunsError):
        importing.choose(table, {}, language="en", vouched=False, by_mail=False)
    with pytest.raises(NoAnswerColumnError):
        importing.start(bring("Name,Colour\nSample A,blue\n"), by=officer)


def test_who_may_not_enter_a_response_may_not_bring_a_table(bring, people):
    with pytest.raises(NotAllowedError):
        bring(by=people["reader"])


def test_what_is_no_table_is_refused_and_nothing_is_kept(bring):
    with pytest.raises(SheetError) as refused:
        bring("")
    assert refused.value.problem is Problem.EMPTY
    assert not Import.objects.exists()


def test_the_rows_of_a_cancelled_consultation_wait_where_they_stand(bring, officer, running):
    table = bring("Name,Text\nSample A,one\n")
    importing.start(table, by=officer)
    type(running).objects.filter(pk=running.pk).update(
        cancelled_at=timezone.now(), cancellation_reason="The topic fell away."
    )
    assert arriving.rows_arrive(timezone.now()) == 0
    table.refresh_from_db()
    assert (table.stopped, table.done) == ("cancelled", 0)


def test_many_at_once_leave_the_same_record_as_one_by_one(bring, take, monkeypatch, running):
    rows = (
        "Name,E-mail,Text\nSample A,,Call +41 22 730 5111 or write to a@sample.example.\n"
        "Sample B,b@sample.example,We agree.\n"
    )
    take(bring(rows))
    at_once = _told(running)
    monkeypatch.setattr(arriving, "_plain", lambda *_: False)
    take(bring(rows.replace("Sample", "Another")))
    assert _told(running)[2:] == at_once
    assert list(accounting.faults(accounting.Account())) == []


def _told(consultation):
    return [
        (
            response.state,
            response.hold_reasons,
            response.respondent.confirmed,
            [
                (mark.start, mark.end, mark.kind)
                for mark in Redaction.objects.filter(answer__version__response=response)
            ],
            [step.act for step in ModerationStep.objects.filter(response=response)],
            list(
                Entry.objects.filter(subject=f"responses.response:{response.pk}")
                .order_by("pk")
                .values_list("act", flat=True)
            ),
        )
        for response in Response.objects.filter(consultation=consultation).order_by("serial")
    ]
