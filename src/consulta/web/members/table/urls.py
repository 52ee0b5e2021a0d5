"""Addresses of what lies on the table, under /{lang}/members/meetings/{slug}/table/."""

from django.urls import URLPattern, URLResolver, include, path

from consulta.web.members.table import marking, reading

_of: list[URLPattern] = [
    path("", reading.consultation, name="table_of"),
    path("responses/<str:number>/", reading.response, name="table_response"),
    path("mark/", marking.mark, name="table_mark"),
    path("marks/<row:pk>/take-back/", marking.take_back, name="table_take_back"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("meetings/<slug:slug>/table/", reading.table, name="table"),
    path("meetings/<slug:slug>/table/<slug:which>/", include(_of)),
]
