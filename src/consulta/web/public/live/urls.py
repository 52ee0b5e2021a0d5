"""Addresses of live meetings, under /{lang}/. A captioner's console has a secret in its address."""

from django.urls import URLPattern, path

from consulta.web.public.live import console, following, transcript

urlpatterns: list[URLPattern] = [
    path("meetings/<slug:slug>/live/", following.live, name="live"),
    path("meetings/<slug:slug>/live/large/", following.large, name="live_large"),
    path("meetings/<slug:slug>/live/plain/", following.plain, name="live_plain"),
    path("meetings/<slug:slug>/live/screen/", following.screen, name="live_screen"),
    path("meetings/<slug:slug>/live/ticket/", following.ticket, name="live_ticket"),
    path("meetings/<slug:slug>/transcript/", transcript.transcript, name="transcript"),
    path(
        "meetings/<slug:slug>/transcript/<row:ordinal>-<slug:language>.txt",
        transcript.as_text,
        name="transcript_text",
    ),
    path("captioning/<slug:session>/<str:token>/", console.console, name="captioning"),
]
