"""Addresses of an import, beneath a consultation's."""

from django.urls import URLPattern, path

from consulta.web.desk.importing import views

urlpatterns: list[URLPattern] = [
    path("import/", views.imports, name="imports"),
    path("import/template.xlsx", views.template, name="import_template"),
    path("import/<uuid:uid>/", views.table, name="import"),
    path("import/<uuid:uid>/not-taken.csv", views.refused, name="import_refused"),
]
