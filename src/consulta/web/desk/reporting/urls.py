"""Addresses of the report at the desk, under /{lang}/desk/consultations/{slug}/report/."""

from django.urls import URLPattern, URLResolver, include, path

from consulta.web.desk.reporting.pages import (
    delivery,
    editions,
    files,
    outline,
    paragraphs,
    release,
)

_edition: list[URLPattern] = [
    path("", editions.edition, name="edition"),
    path("state/", editions.state, name="edition_state"),
    path("again/", editions.again, name="edition_again"),
    path("release/", release.release, name="edition_release"),
    path("files/<row:file>/<str:name>", files.file, name="edition_file"),
]
_written: list[URLPattern] = [
    path("", outline.written, name="report_written"),
    path("coverage/", outline.coverage, name="report_coverage"),
    path("questions/<row:position>/", outline.question, name="report_question"),
    path("questions/<row:position>/add/", paragraphs.add, name="paragraph_add"),
]
_paragraph: list[URLPattern] = [
    path("", paragraphs.write, name="paragraph"),
    path("move/", paragraphs.move, name="paragraph_move"),
    path("remove/", paragraphs.remove, name="paragraph_remove"),
]
_report: list[URLPattern | URLResolver] = [
    path("", outline.report, name="report"),
    path("freeze/", editions.freeze, name="report_freeze"),
    path("deliver/", delivery.deliver, name="report_deliver"),
    path("editions/<row:pk>/", include(_edition)),
    path("paragraphs/<row:pk>/", include(_paragraph)),
    path("in/<str:language>/", include(_written)),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("consultations/<slug:slug>/report/", include(_report)),
]
