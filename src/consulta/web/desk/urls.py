"""Addresses of the desk pages, under /{lang}/desk/."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from consulta.web.desk.views import (
    changes,
    consultation,
    convening,
    decisions,
    deviations,
    entering,
    files,
    home,
    letters,
    moderating,
    officers,
    post,
    practices,
    queue,
    response,
)

app_name = "desk"

_consultation: list[URLPattern | URLResolver] = [
    path("", consultation.overview, name="consultation"),
    path("edit/", convening.edit, name="edit"),
    path("open/", consultation.open_consultation, name="open"),
    path("extend/", consultation.extend, name="extend"),
    path("cancel/", consultation.cancel, name="cancel"),
    path("correct/", changes.correct, name="correct"),
    path("languages/", changes.languages, name="languages"),
    path("facts/", changes.facts, name="facts"),
    path("deviation/", deviations.deviation, name="deviation"),
    path("responses/", queue.responses, name="responses"),
    path("responses/publish/", queue.publish_several, name="publish_several"),
    path("responses/new/", entering.enter, name="enter"),
    path("", include("consulta.web.desk.importing.urls")),
]
_response: list[URLPattern] = [
    path("", response.response, name="response"),
    path("act/<slug:act>/", moderating.decide, name="decide"),
    path("marks/", moderating.marks, name="marks"),
    path("redact/<row:answer>/", moderating.redact, name="redact"),
    path("translate/<row:answer>/", moderating.translate, name="translate"),
    path("versions/<row:ordinal>/<slug:act>/", moderating.version, name="version"),
    path("confirm/", moderating.confirm, name="confirm"),
    path("ask/", moderating.ask, name="ask"),
    path("appeal/", moderating.appeal, name="appeal"),
    path("files/<row:pk>/original/", files.original, name="original"),
    path("files/<row:pk>/clean/", files.clean, name="clean"),
    path("files/<row:pk>/release/", files.release, name="release"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("second-factor/", home.second_factor, name="second_factor"),
    path("convene/", convening.convene, name="convene"),
    path("", include("consulta.web.desk.planning.urls")),
    path("decisions/new/", decisions.record, name="record_decision"),
    path("", include("consulta.web.desk.reporting.urls")),
    path("consultations/<slug:slug>/", include(_consultation)),
    path("meetings/<slug:slug>/", changes.move_meeting, name="move_meeting"),
    re_path(r"^responses/(?P<number>[0-9]+-[0-9]+)/", include(_response)),
    path("officers/", officers.officers, name="officers"),
    path("officers/<row:pk>/end/", officers.end, name="end_appointment"),
    path("post/", post.post, name="post"),
    path("post/incoming/", letters.letters, name="incoming"),
    path("post/incoming/<row:pk>/", letters.letter, name="letter"),
    path("post/incoming/<row:pk>/raw/", letters.raw, name="letter_raw"),
    path("post/incoming/<row:pk>/again/", letters.again, name="letter_again"),
    path("post/again/", post.send_all_again, name="send_all_again"),
    path("post/incoming/<row:pk>/sort/", letters.sort, name="letter_sort"),
    path("post/<row:pk>/", post.mail, name="mail"),
    path("post/<row:pk>/again/", post.try_now, name="try_now"),
    path("lists/", include("consulta.web.desk.reflector.urls")),
    path("ledger/", post.ledger, name="ledger"),
    path("practices/", practices.practices, name="practices"),
    path("practices/<row:pk>/", practices.practice, name="practice"),
    path("practices/<row:pk>/<slug:act>/", practices.decide, name="decide_practice"),
]
