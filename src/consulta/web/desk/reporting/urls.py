"""Addresses of the report at the desk, under /{lang}/desk/consultations/{slug}/report/."""

from django.urls import URLPattern, URLResolver, include, path

from consulta.web.desk.reporting.pages import (
    crosstabs,
    delivery,
    editions,
    files,
    freezings,
    heads,
    locks,
    outline,
    paragraphs,
    release,
    review,
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
    path("questions/<row:position>/lock/", locks.lock, name="question_lock"),
    path("questions/<row:position>/review/", review.review, name="question_review"),
    path("ready/", review.ready, name="report_ready"),
    path("head/<slug:kind>/", heads.head, name="report_head"),
    path("follow/", locks.follow, name="report_follow"),
]
_paragraph: list[URLPattern] = [
    path("", paragraphs.write, name="paragraph"),
    path("move/", paragraphs.move, name="paragraph_move"),
    path("remove/", paragraphs.remove, name="paragraph_remove"),
    path("keep/", paragraphs.keep, name="paragraph_keep"),
    path("discard/", paragraphs.discard, name="paragraph_discard"),
]
_report: list[URLPattern | URLResolver] = [
    path("", outline.report, name="report"),
    path("crosstab/", crosstabs.crosstab, name="report_crosstab"),
    path("crosstab/table.csv", crosstabs.crosstab_csv, name="report_crosstab_csv"),
    path("cover/", heads.cover, name="report_cover"),
    path("freeze/", freezings.freeze, name="report_freeze"),
    path("freeze/<row:pk>/", freezings.freezing, name="freezing"),
    path("freeze/<row:pk>/state/", freezings.state, name="freezing_state"),
    path("deliver/", delivery.deliver, name="report_deliver"),
    path("editions/<row:pk>/", include(_edition)),
    path("paragraphs/<row:pk>/", include(_paragraph)),
    path("remarks/<row:pk>/settle/", review.settle, name="remark_settle"),
    path("in/<str:language>/", include(_written)),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("consultations/<slug:slug>/report/", include(_report)),
]
