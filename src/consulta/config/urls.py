"""Every address: pages under /{lang}/, machines' addresses without a language."""

from django.urls import include, path

from consulta.web.ui.languages import language_patterns

urlpatterns = [
    *language_patterns(
        path("", include("consulta.web.public.urls")),
        path("desk/", include("consulta.web.desk.urls")),
        path("members/", include("consulta.web.members.urls")),
        path("account/", include("allauth.account.urls")),
        path("account/2fa/", include("allauth.mfa.urls")),
        path("ui/", include("consulta.web.ui.urls")),
    ),
    path("", include("consulta.web.public.machine_urls")),
    path("api/v1/", include("consulta.web.api.urls")),
]
