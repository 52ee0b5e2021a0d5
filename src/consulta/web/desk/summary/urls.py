"""Addresses of the brief summary at the desk, under /{lang}/desk/consultations/{slug}/summary/."""

from django.urls import URLPattern, URLResolver, include, path

from consulta.web.desk.summary import agreeing, carrying, drafting, erasing, overview

_edition: list[URLPattern] = [
    path("agreement/", agreeing.agree, name="summary_agreement"),
    path("translation/", agreeing.translation, name="summary_translation"),
]
_paragraph: list[URLPattern] = [
    path("", drafting.write, name="summary_paragraph"),
    path("move/", drafting.move, name="summary_move"),
    path("remove/", drafting.remove, name="summary_remove"),
]
_summary: list[URLPattern | URLResolver] = [
    path("", overview.summary, name="summary"),
    path("fix/", agreeing.fix, name="summary_fix"),
    path("carry/", carrying.carry, name="summary_carry"),
    path("group/", carrying.discussed, name="summary_discussed"),
    path("in/<str:language>/", drafting.draft, name="summary_draft"),
    path("in/<str:language>/add/", drafting.add, name="summary_add"),
    path("in/<str:language>/carry-over/", drafting.carry_over, name="summary_carry_over"),
    path("paragraphs/<row:pk>/", include(_paragraph)),
    path("editions/<row:pk>/", include(_edition)),
    path("agreements/<row:pk>/names/", erasing.names, name="summary_names"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("consultations/<slug:slug>/summary/", include(_summary)),
]
