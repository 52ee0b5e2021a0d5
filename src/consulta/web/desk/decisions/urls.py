"""Addresses of decisions and proposed topics at the desk, under /{lang}/desk/."""

from django.urls import URLPattern, path

from consulta.web.desk.decisions import recording, views

urlpatterns: list[URLPattern] = [
    path("decisions/", views.listed, name="decisions"),
    path("decisions/new/", recording.record, name="record_decision"),
    path("decisions/<row:pk>/", views.decision, name="decision"),
    path("decisions/<row:pk>/change/", views.change, name="decision_change"),
    path("topics/", views.proposals, name="proposals"),
    path("topics/<row:pk>/withdraw/", views.withdraw, name="proposal_withdraw"),
]
