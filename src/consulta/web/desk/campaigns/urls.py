"""Addresses of campaigns at the desk, under /{lang}/desk/consultations/{slug}/campaigns/."""

from django.urls import URLPattern, URLResolver, include, path

from consulta.web.desk.campaigns import acts, views

_campaigns: list[URLPattern] = [
    path("", views.campaigns, name="campaigns"),
    path("search/", acts.search, name="campaigns_search"),
    path("<row:ordinal>/", views.campaign, name="campaign"),
    path("<row:ordinal>/<slug:act>/", acts.act, name="campaign_act"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("consultations/<slug:slug>/campaigns/", include(_campaigns)),
]
