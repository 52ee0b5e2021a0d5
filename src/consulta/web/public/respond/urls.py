"""Addresses of the stakeholder's side, under /{lang}/. Private ones carry a secret of 128 bits."""

from django.urls import URLPattern, URLResolver, path

from consulta.web.public.respond import (
    checking,
    confirming,
    drafting,
    following,
    mine,
    offline,
    outputs,
    practice,
    sharing,
    signing,
    signing_mandate,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("consultations/<slug:slug>/respond/", drafting.respond, name="respond"),
    path(
        "consultations/<slug:slug>/questionnaire.docx", offline.questionnaire, name="questionnaire"
    ),
    path("drafts/<str:token>/", drafting.draft, name="draft"),
    path("drafts/<str:token>/check/", checking.check, name="draft_check"),
    path("drafts/<str:token>/people/", sharing.people, name="draft_people"),
    path("mine/", mine.of_account, name="my_responses"),
    path("mine/lost-link/", confirming.lost_link, name="lost_link"),
    path("mine/<str:token>/", mine.mine, name="mine"),
    path("mine/<str:token>/receipt-<row:ordinal>.json", mine.receipt_file, name="mine_receipt"),
    path("mine/<str:token>/confirmation/", mine.confirmation_again, name="mine_confirmation"),
    path("mine/<str:token>/change/", mine.change, name="mine_change"),
    path("mine/<str:token>/withdraw/", mine.withdraw, name="mine_withdraw"),
    path("mine/<str:token>/appeal/", mine.appeal, name="mine_appeal"),
    path("mine/<str:token>/signatories/", signing.named, name="mine_signatories"),
    path("mine/<str:token>/mandate/", signing_mandate.of_sender, name="mine_mandate"),
    path("sign/<str:token>/", signing.sign, name="sign"),
    path("sign/<str:token>/receipt.json", signing.receipt_file, name="sign_receipt"),
    path("mandate/<str:token>/", signing_mandate.focal, name="mandate"),
    path("mandates/", signing_mandate.signed_in, name="mandates"),
    path("confirm/<str:token>/", confirming.confirm, name="confirm"),
    path("repository/submit/", practice.submit, name="practice_submit"),
    path("repository/submitted/<str:signed>/", practice.submitted, name="practice_submitted"),
    path("consultations/<slug:slug>/follow/", following.follow, name="follow"),
    path("groups/<slug:slug>/follow/", following.follow_group, name="follow_group"),
    path("follow/", following.follow_everything, name="follow_everything"),
    path("follow/outputs/<str:token>/", outputs.confirm, name="addressee_confirm"),
    path("follow/outputs/<str:token>/end/", outputs.end, name="addressee_end"),
    path("follow/documents/<str:token>/end/", outputs.end_documents, name="documents_end"),
    path("follow/<str:token>/", following.confirm, name="follow_confirm"),
    path("follow/<str:token>/end/", following.end, name="follow_end"),
]
