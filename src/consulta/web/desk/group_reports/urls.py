"""Addresses of the reports of groups, under /{lang}/desk/group-reports/."""

from django.urls import URLPattern, path

from consulta.web.desk.group_reports import listing, paragraphs, report

urlpatterns: list[URLPattern] = [
    path("group-reports/", listing.reports, name="group_reports"),
    path("group-reports/<slug:slug>/<str:language>/", report.report, name="group_report"),
    path(
        "group-reports/<slug:slug>/<str:language>/<row:pk>/",
        paragraphs.paragraph,
        name="group_report_paragraph",
    ),
    path(
        "group-reports/<slug:slug>/<str:language>/<row:pk>/keep/",
        paragraphs.keep,
        name="group_report_keep",
    ),
    path(
        "group-reports/<slug:slug>/editions/<row:pk>/<str:name>",
        report.file,
        name="group_report_file",
    ),
]
