"""Addresses of registering for an open meeting, under /{lang}/. Private ones carry a secret."""

from django.urls import URLPattern, path

from consulta.web.public.registration import asking, mine

urlpatterns: list[URLPattern] = [
    path("meetings/<slug:slug>/registration/", asking.register, name="registration"),
    path("meetings/<slug:slug>/participants/", asking.participants, name="participants"),
    path("registration/confirm/<str:token>/", asking.confirm, name="registration_confirm"),
    path("registration/<str:token>/", mine.mine, name="registration_mine"),
    path("registration/<str:token>/change/", mine.change, name="registration_change"),
    path("registration/<str:token>/cancel/", mine.cancel, name="registration_cancel"),
    path("registration/<str:token>/meeting.ics", mine.entry, name="registration_entry"),
    path("registration/<str:token>/list/", mine.participants, name="registration_list"),
    path("registration/<str:token>/attend/", mine.attend, name="registration_attend"),
]
