"""When a draft begins: the grace after the close is for what was written before it."""

from datetime import timedelta

from django.utils import timezone

from consulta.responses import drafts


def test_an_empty_draft_begins_with_its_first_word(consultation):
    early = timezone.now() - timedelta(hours=2)
    draft = drafts.begin(consultation, {"answers": {"1": " "}}, now=early).draft
    later = early + timedelta(hours=1)

    drafts.save(draft, {"answers": {"1": "A word."}}, now=later)
    drafts.save(draft, {"answers": {"1": "Two words."}}, now=timezone.now())

    assert draft.created_at == later


def test_a_draft_with_words_keeps_its_beginning(consultation):
    early = timezone.now() - timedelta(hours=2)
    draft = drafts.begin(consultation, {"answers": {"1": "A word."}}, now=early).draft

    drafts.save(draft, {"answers": {"1": ""}}, now=timezone.now())

    assert draft.created_at == early
