"""Addresses without a language, read by machines: feeds, calendars, health, robots."""

from django.urls import URLPattern, URLResolver, path

from consulta.web.public.reflector import urls as reflector
from consulta.web.public.views import calendars, feeds, hooks, machines, meeting_feeds

urlpatterns: list[URLPattern | URLResolver] = [
    path("feeds/consultations.atom", feeds.everything, name="feed"),
    path("feeds/groups/<slug:slug>.atom", feeds.of_group, name="group_feed"),
    path("feeds/meetings/<slug:slug>.atom", meeting_feeds.feed, name="meeting_feed"),
    path("feeds/<slug:slug>.atom", feeds.of_consultation, name="consultation_feed"),
    path("calendar.ics", calendars.everything, name="calendar"),
    path("calendar/groups/<slug:slug>.ics", calendars.of_group, name="group_calendar"),
    path("calendar/meetings/<slug:slug>.ics", meeting_feeds.calendar, name="meeting_calendar"),
    path("calendar/<slug:slug>.ics", calendars.of_consultation, name="consultation_calendar"),
    path("hooks/mail/<slug:provider>/mime", hooks.mail, name="mail_hook"),
    *reflector.machine_urlpatterns,
    path("healthz", machines.healthz, name="healthz"),
    path("readyz", machines.readyz, name="readyz"),
    path("robots.txt", machines.robots, name="robots"),
]
