"""Addresses of contests, under /{lang}/. Private ones carry a secret of 128 bits."""

from django.urls import URLPattern, URLResolver, path

from consulta.web.public.contesting import asking, mine, picking, reading

urlpatterns: list[URLPattern | URLResolver] = [
    path("consultations/<slug:slug>/report/contest/", picking.pick, name="contest_pick"),
    path(
        "consultations/<slug:slug>/report/contest/<row:pk>/whole/",
        asking.whole,
        name="contest_whole",
    ),
    path(
        "consultations/<slug:slug>/report/contest/<row:pk>/<str:passage>/",
        asking.passage,
        name="contest_passage",
    ),
    path("consultations/<slug:slug>/report/contests/", reading.register, name="contests"),
    path("contests/confirm/<str:token>/", mine.confirm, name="contest_confirm"),
    path("contests/mine/<str:token>/", mine.mine, name="contest_mine"),
    path("contests/<str:number>/", reading.contest, name="contest"),
]
