"""Addresses of coding at the desk, under /{lang}/desk/consultations/{slug}/coding/."""

from django.urls import URLPattern, URLResolver, include, path

from consulta.web.desk.coding.pages import agreement, codes, exchange, frame, marks, reading, table

_frame: list[URLPattern] = [
    path("frame.csv", exchange.frame_csv, name="coding_frame_csv"),
    path("frame.json", exchange.frame_json, name="coding_frame_json"),
    path("bring-in/", exchange.bring_in, name="coding_bring_in"),
    path("printing/", frame.printing, name="coding_printing"),
    path("codes/new/", codes.new, name="code_new"),
    path("codes/<row:ordinal>/", codes.code, name="code"),
    path("codes/<row:ordinal>/<slug:act>/", codes.act, name="code_act"),
]
_answers: list[URLPattern] = [
    path("questions/<row:position>/", reading.question, name="coding_question"),
    path("answers/<row:answer>/", marks.code, name="coding_answer"),
    path("answers/<row:answer>/none/", marks.none, name="coding_none"),
    path("answers/<row:answer>/again/", marks.again, name="coding_again"),
    path("given/<row:pk>/back/", marks.back, name="coding_back"),
]
_coding: list[URLPattern | URLResolver] = [
    path("", frame.coding, name="coding"),
    path("", include(_frame)),
    path("", include(_answers)),
    path("table/", table.table, name="coding_table"),
    path("table/table.csv", table.table_csv, name="coding_table_csv"),
    path("agreement/", agreement.agreement, name="coding_agreement"),
    path("codings.csv", exchange.codings_csv, name="codings_csv"),
    path("codings.json", exchange.codings_json, name="codings_json"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("consultations/<slug:slug>/coding/", include(_coding)),
]
