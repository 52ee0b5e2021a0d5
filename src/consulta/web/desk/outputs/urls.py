"""Addresses of outputs and their addressees at the desk, under /{lang}/desk/."""

from django.urls import URLPattern, path

from consulta.web.desk.outputs import lists, views

urlpatterns: list[URLPattern] = [
    path("outputs/", views.home, name="outputs"),
    path("outputs/send/", views.send, name="output_send"),
    path("outputs/<row:pk>/", views.sent, name="output_sent"),
    path("outputs/<row:pk>/again/", views.again, name="output_again"),
    path("outputs/lists/new/", lists.new, name="addressee_list_new"),
    path("outputs/lists/<row:pk>/", lists.one, name="addressee_list"),
    path("outputs/lists/<row:pk>/close/", lists.close, name="addressee_list_close"),
    path("outputs/addressees/<row:pk>/strike/", lists.strike, name="addressee_strike"),
    path("outputs/addressees/<row:pk>/ask/", lists.ask, name="addressee_ask"),
]
