"""Addresses of the public pages, under /{lang}/."""

from django.urls import URLPattern, URLResolver, include, path

from consulta.web.public.views import (
    attachments,
    campaigns,
    clock,
    consultations,
    decisions,
    demo,
    editions,
    group_reports,
    groups,
    home,
    keys,
    ledger,
    meetings,
    outputs,
    positions,
    procedures,
    register,
    report,
    repository,
    responses,
    search,
    summary,
)

app_name = "public"

_CONSULTATION = [
    path("", consultations.consultation, name="consultation"),
    path("responses/", responses.of_consultation, name="responses"),
    path("campaigns/", campaigns.of_consultation, name="campaigns"),
    path("campaigns/<row:ordinal>/", campaigns.campaign, name="campaign"),
    path("register/", register.register, name="register"),
    path("register.csv", register.as_csv, name="register_csv"),
    path("report/", report.report, name="report"),
    path("summary/", summary.summary, name="summary"),
]
_RESPONSE = [
    path("", responses.response, name="response"),
    path("public.json", responses.public_part, name="public_part"),
    path("files/<row:pk>/", attachments.attachment, name="attachment"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("consulta.web.public.respond.urls")),  # before slugs, which match much
    path("", include("consulta.web.public.contesting.urls")),
    path("", include("consulta.web.public.registration.urls")),
    path("", home.home, name="home"),
    path("consultations/", consultations.consultations, name="consultations"),
    path("consultations/<slug:slug>/", include(_CONSULTATION)),
    path("responses/", responses.find, name="find_response"),
    path("responses/<str:number>/", include(_RESPONSE)),
    path("editions/<row:pk>/<str:name>", editions.file, name="edition_file"),
    path("demo/", demo.accounts, name="demo_accounts"),
    path("demo/sign-in/", demo.sign_in, name="demo_sign_in"),
    path("account/keys/", keys.mine, name="keys"),
    path("account/keys/<row:pk>/end/", keys.end, name="end_key"),
    path("clock/", clock.clock, name="clock"),
    path("clock/verdicts.csv", clock.as_csv, name="clock_csv"),
    path("clock/deviations/", clock.deviations, name="deviations"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/<uuid:uid>/", ledger.entry, name="ledger_entry"),
    path("procedures/", procedures.every, name="procedures"),
    path("procedures/<slug:slug>/", procedures.procedure, name="procedure"),
    path("procedures/<slug:slug>.toml", procedures.file, name="procedure_file"),
    path("groups/", groups.groups, name="groups"),
    path("groups/<slug:slug>/", groups.group, name="group"),
    path("groups/<slug:slug>/positions/", positions.positions, name="positions"),
    path("groups/<slug:slug>/norms/", groups.group_norms, name="norms"),
    path("groups/<slug:slug>/outputs/", outputs.outputs, name="outputs"),
    path("group-reports/", group_reports.reports, name="group_reports"),
    path("group-reports/<slug:slug>/", group_reports.report, name="group_report"),
    path(
        "group-reports/<slug:slug>/editions/<row:pk>/<str:name>",
        group_reports.file,
        name="group_report_file",
    ),
    path("meetings/<slug:slug>/", meetings.meeting, name="meeting"),
    path("decisions/<row:pk>/", decisions.decision, name="decision"),
    path("follow-ups/", decisions.follow_ups, name="follow_ups"),
    path("follow-ups.csv", decisions.follow_ups_csv, name="follow_ups_csv"),
    path("follow-ups/<row:pk>/", decisions.follow_up, name="follow_up"),
    path("documents/<row:pk>/<str:name>", meetings.document_file, name="document_file"),
    path("repository/", repository.repository, name="repository"),
    path("repository/<slug:slug>/", repository.record, name="record"),
    path("repository/<slug:slug>/<str:name>", repository.record_file, name="record_file"),
    path("practices/<slug:slug>/", repository.practice, name="practice"),
    path("", include("consulta.web.public.reflector.urls")),
    path("search/", search.search, name="search"),
]
