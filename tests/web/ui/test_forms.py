"""Every form is drawn the same: label, help, error and control know each other."""

import pytest
from django import forms
from django.test import Client


class Form(forms.Form):
    email = forms.EmailField(help_text="Never published.")
    group = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
    note = forms.CharField(required=False)


def test_a_wrong_field_is_tied_to_its_help_and_its_error() -> None:
    drawn = str(Form({"email": "no", "note": "kept <b>"}))
    assert 'aria-describedby="id_email_helptext id_email_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'id="id_email_error"' in drawn
    assert "kept &lt;b&gt;" in drawn


def test_the_summary_leads_to_each_field_that_needs_attention() -> None:
    drawn = str(Form({"email": "no"}))
    assert drawn.index('role="alert"') < drawn.index('id="id_email"')
    assert '<a href="#id_email">' in drawn
    assert '<a href="#id_group_group">' in drawn
    assert 'id="id_group_group"' in drawn


def test_a_form_without_mistakes_has_no_summary() -> None:
    assert "error-summary" not in str(Form())


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["login/", "login/code/", "signup/", "password/reset/"])
@pytest.mark.parametrize("code", ["en", "ar"])
def test_sign_in_pages_are_ours_and_work_without_script(page: str, code: str) -> None:
    answer = Client().get(f"/{code}/account/{page}")
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert 'class="masthead"' in shown
    assert 'class="field-label"' in shown or "heading" in shown
    assert "text/javascript" not in shown
    assert shown.count("<script") == 1
