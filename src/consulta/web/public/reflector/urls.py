"""Addresses of the discussion lists, under /{lang}/reflector/. Private ones carry a secret."""

from django.urls import URLPattern, URLResolver, include, path

from consulta.web.public.reflector import feeds, posting, reading, subscribing

_LINK = [
    path("confirm/<str:token>/", subscribing.confirm, name="list_confirm"),
    path("post/<str:token>/", posting.confirm, name="list_post_confirm"),
    path("subscription/<str:token>/", subscribing.manage, name="list_manage"),
    path("subscription/<str:token>/pause/", subscribing.pause, name="list_pause"),
    path("subscription/<str:token>/resume/", subscribing.resume, name="list_resume"),
    path("subscription/<str:token>/end/", subscribing.end, name="list_end"),
]
_SPACE = [
    path("", reading.space, name="list_space"),
    path("subscribe/", subscribing.subscribe, name="list_space_subscribe"),
    path("new/", posting.new, name="list_space_new"),
    path("search/", reading.search, name="list_space_search"),
    path("discuss/<str:response>/", posting.discuss, name="list_space_discuss"),
]
_LIST: list[URLPattern | URLResolver] = [
    path("", reading.home, name="list"),
    path("subscribe/", subscribing.subscribe, name="list_subscribe"),
    path("new/", posting.new, name="list_new"),
    path("search/", reading.search, name="list_search"),
    path("threads/<row:pk>/", reading.thread, name="list_thread"),
    path("posts/<row:pk>/", reading.post, name="list_post"),
    path("posts/<row:pk>/files/<row:position>/", reading.file, name="list_post_file"),
    path("posts/<row:pk>/reply/", posting.reply, name="list_reply"),
    path("<row:number>/", include(_SPACE)),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("reflector/link/", include(_LINK)),
    path("reflector/<slug:slug>/", include(_LIST)),
]
#: Without a language, read by machines.
machine_urlpatterns: list[URLPattern | URLResolver] = [
    path("feeds/lists/<slug:slug>.atom", feeds.of_place, name="list_feed"),
    path("feeds/lists/<slug:slug>/<row:number>.atom", feeds.of_place, name="list_space_feed"),
]
