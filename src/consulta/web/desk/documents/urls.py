"""Addresses of the documents of a meeting at the desk, under /{lang}/desk/."""

from django.urls import URLPattern, path

from consulta.web.desk.documents import reads, series, views

urlpatterns: list[URLPattern] = [
    path("meetings/<slug:slug>/documents/", views.listed, name="meeting_documents"),
    path("meetings/<slug:slug>/documents/<row:pk>/", views.document, name="meeting_document"),
    path(
        "meetings/<slug:slug>/documents/<row:pk>/reads/", reads.reads, name="meeting_document_reads"
    ),
    path(
        "meetings/<slug:slug>/documents/<row:pk>/<str:name>",
        views.file,
        name="meeting_document_file",
    ),
    path("groups/<slug:slug>/numbers/", series.series, name="number_series"),
    path("groups/<slug:slug>/numbers/<slug:sort>/", series.series, name="number_series_of_sort"),
]
