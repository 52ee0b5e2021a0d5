"""Addresses of meetings at the desk, under /{lang}/desk/."""

from django.urls import URLPattern, path

from consulta.web.desk.meetings import agendas, contributions, drawing, particulars, standing

urlpatterns: list[URLPattern] = [
    path("meetings/", particulars.listed, name="meetings"),
    path("meetings/<slug:slug>/agenda/", agendas.listed, name="agenda"),
    path("meetings/<slug:slug>/agenda/new/", agendas.new, name="agenda_new"),
    path("meetings/<slug:slug>/agenda/draw-up/", drawing.draw_up, name="agenda_draw_up"),
    path("meetings/<slug:slug>/agenda/document/", drawing.as_document, name="agenda_document"),
    path(
        "meetings/<slug:slug>/agenda/print/<str:language>.pdf",
        drawing.printed,
        name="agenda_print",
    ),
    path("meetings/<slug:slug>/agenda/<row:pk>/", agendas.item, name="agenda_item"),
    path("meetings/<slug:slug>/particulars/", particulars.particulars, name="meeting_particulars"),
    path(
        "meetings/<slug:slug>/contributions/", contributions.waiting, name="meeting_contributions"
    ),
    path(
        "meetings/<slug:slug>/contributions/<row:pk>/<str:name>",
        contributions.file,
        name="meeting_contribution_file",
    ),
    path("meetings/<slug:slug>/new-document/", contributions.new_document, name="new_document"),
    path("groups/<slug:slug>/standing-items/", standing.items, name="standing_items"),
    path("groups/<slug:slug>/posting/", contributions.rule, name="posting_rule"),
    path("meetings/<slug:slug>/cancel/", particulars.cancel, name="meeting_cancel"),
    path("meetings/<slug:slug>/split/", particulars.split, name="meeting_split"),
]
