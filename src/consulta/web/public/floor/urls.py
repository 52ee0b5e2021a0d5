"""Addresses of the floor, under /{lang}/. The participant's own page carries a secret."""

from django.urls import URLPattern, path

from consulta.web.public.floor import conducting, following, participant

urlpatterns: list[URLPattern] = [
    path("meetings/<slug:slug>/floor/", conducting.conduct, name="floor_conduct"),
    path("meetings/<slug:slug>/live/<row:ordinal>/floor/", following.now, name="floor_now"),
    path("meetings/<slug:slug>/interventions/", following.interventions, name="interventions"),
    path("registration/<str:token>/floor/", participant.floor, name="registration_floor"),
]
