"""Which answers a view's mark makes finished pages of."""

from collections.abc import Callable
from http import HTTPStatus

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from django.template.response import SimpleTemplateResponse
from django.test import RequestFactory

from consulta.web.ui.finished import HEADER, finished

View = Callable[[HttpRequest], HttpResponseBase]


def page(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("page")


def with_token(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_token(request))


def with_cookie(_request: HttpRequest) -> HttpResponse:
    response = HttpResponse("page")
    response.set_cookie("seen", "1")
    return response


def gone(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("gone", status=HTTPStatus.GONE)


def stream(_request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(iter([b"a"]))


def test_a_page_that_is_the_same_for_everybody_is_marked_with_what_it_shows() -> None:
    request = RequestFactory().get("/?page=2")
    assert finished(shows="register")(page)(request)[HEADER] == "register"
    assert finished(shows="pages")(page)(RequestFactory().head("/"))[HEADER] == "pages"


@pytest.mark.parametrize("view", [with_token, with_cookie, gone, stream])
def test_a_page_that_is_somebodys_own_is_not_marked(view: View) -> None:
    assert HEADER not in finished(shows="pages")(view)(RequestFactory().get("/"))


@pytest.mark.parametrize("cookie", ["sessionid", "messages", "django_language"])
def test_a_reader_who_may_be_known_gets_no_marked_page(cookie: str) -> None:
    request = RequestFactory().get("/")
    request.COOKIES[cookie] = "x"
    assert HEADER not in finished(shows="pages")(page)(request)


def test_a_question_that_the_view_does_not_know_is_not_kept() -> None:
    view = finished(shows="pages", query=("group",))(page)
    assert HEADER in view(RequestFactory().get("/?group=a&group=b"))
    assert HEADER not in view(RequestFactory().get("/?group=a&made_up=1"))
    assert HEADER not in finished(shows="pages")(page)(RequestFactory().post("/"))


def test_a_token_that_is_made_while_the_page_is_rendered_is_seen() -> None:
    def lazy(template: str) -> HttpResponseBase:
        def view(request: HttpRequest) -> SimpleTemplateResponse:
            made = engines["django"].from_string(template)
            return SimpleTemplateResponse(made, {"token": lambda: get_token(request)})

        response = finished(shows="pages")(view)(RequestFactory().get("/"))
        assert isinstance(response, SimpleTemplateResponse)
        return response.render()

    assert HEADER in lazy("a page")
    assert HEADER not in lazy("{{ token }}")
