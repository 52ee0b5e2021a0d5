"""Addresses of contributions, under /{lang}/members/."""

from django.urls import URLPattern, path

from consulta.web.members.contributions import drafts, steps

_ONE = "contributions/<row:pk>/"
urlpatterns: list[URLPattern] = [
    path("meetings/<slug:slug>/contributions/", drafts.listed, name="contributions"),
    path("meetings/<slug:slug>/contributions/new/", drafts.new, name="contribution_new"),
    path(_ONE, drafts.contribution, name="contribution"),
    path(f"{_ONE}edit/", drafts.edit, name="contribution_edit"),
    path(f"{_ONE}files/", steps.files, name="contribution_files"),
    path(f"{_ONE}files/<str:name>", steps.file, name="contribution_file"),
    path(f"{_ONE}draft/", steps.read, name="contribution_read"),
    path(f"{_ONE}joining/", steps.joining, name="contribution_joining"),
    path(f"{_ONE}answer/", steps.answer, name="contribution_answer"),
    path(f"{_ONE}submit/", steps.submit, name="contribution_submit"),
    path(f"{_ONE}follow/", steps.follow, name="contribution_follow"),
    path(f"{_ONE}withdraw/", steps.withdraw, name="contribution_withdraw"),
]
