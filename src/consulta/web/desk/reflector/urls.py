"""Addresses of the discussion lists at the desk, under /{lang}/desk/lists/."""

from django.urls import URLPattern, path

from consulta.web.desk.reflector import queue, readers

urlpatterns: list[URLPattern] = [
    path("", queue.lists, name="lists"),
    path("posts/<row:pk>/", queue.post, name="list_post"),
    path("posts/<row:pk>/files/<row:position>/", queue.file, name="list_post_file"),
    path("posts/<row:pk>/<slug:act>/", queue.decide, name="decide_post"),
    path("subscriptions/<row:pk>/<slug:act>/", readers.decide, name="decide_subscription"),
    path("<slug:slug>/", readers.readers, name="list_readers"),
]
