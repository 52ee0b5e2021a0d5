"""Where a mail provider hands letters over. 200 is answered only when every one survives a power cut."""

import logging

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from consulta.mailroom import webhooks
from consulta.mailroom.letterbox import AddressesUnknownError
from consulta.mailroom.spool import SpoolFullError

PLAIN = "text/plain; charset=utf-8"
log = logging.getLogger(__name__)


@csrf_exempt
@never_cache
@require_http_methods(["POST", "HEAD"])
def mail(request: HttpRequest, provider: str) -> HttpResponse:
    """Keep what the provider brings; told anything but 200, it tries again."""
    try:
        webhooks.chosen(provider)
        if request.method == "POST":
            for handed in webhooks.letters(request, provider):
                webhooks.keep(handed)
    except webhooks.NotConfiguredError:
        return _answer(404, "no provider hands letters over here")
    except webhooks.NotTheProviderError:
        log.warning("somebody who is not the provider tried to hand a letter over")
        return _answer(403, "user and password, or the signature, are not those of the provider")
    except webhooks.NoLetterError:
        log.error("%s hands over no whole letters: have it send raw MIME", provider)
        return _answer(422, "there is no whole letter in it: have raw MIME sent")
    except (SpoolFullError, AddressesUnknownError, OSError) as error:
        log.error("a letter was not taken: %s; the provider will try again", error)
        return _answer(503, "it could not be kept, try again later")
    return _answer(200, "kept")


def _answer(status: int, words: str) -> HttpResponse:
    return HttpResponse(f"{words}\n", status=status, content_type=PLAIN)
