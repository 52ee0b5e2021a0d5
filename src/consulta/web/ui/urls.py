"""The address of the design language's own page, /{lang}/ui/."""

from django.urls import path

from consulta.web.ui import gallery

app_name = "ui"
urlpatterns = [path("", gallery.show, name="gallery")]
