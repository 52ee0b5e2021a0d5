"""Addresses of proposed topics, under /{lang}/members/."""

from django.urls import URLPattern, path

from consulta.web.members.topics import views

urlpatterns: list[URLPattern] = [
    path("topics/", views.listed, name="topics"),
    path("delegations/<row:membership>/topics/new/", views.propose, name="topic_new"),
    path(
        "delegations/<row:membership>/topics/<row:pk>/support/", views.support, name="topic_support"
    ),
    path(
        "delegations/<row:membership>/topics/<row:pk>/withdraw/",
        views.withdraw,
        name="topic_withdraw",
    ),
]
