"""The log never holds the secret of a private link."""

import logging

import pytest
from django.conf import settings

from consulta.config.masking import PrivateLinks


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/en/drafts/oCTrhgyuRXSgT7pS3-GV5Q/check/", "/en/drafts/••••/check/"),
        ("/ar/mine/oCTrhgyuRXSgT7pS3-GV5Q/?sent=1", "/ar/mine/••••/?sent=1"),
        ("/zh/confirm/oCTrhgyuRXSgT7pS3-GV5Q/", "/zh/confirm/••••/"),
        ("/en/follow/17:Zk3_-x/end/", "/en/follow/••••/end/"),
        ("/en/reflector/link/post/oCTrhgyuRXSgT7pS3/", "/en/reflector/link/post/••••/"),
        (
            "/fr/reflector/link/subscription/1-40b2d4/end/",
            "/fr/reflector/link/subscription/••••/end/",
        ),
        ("/en/reflector/group-list/posts/17/", "/en/reflector/group-list/posts/17/"),
        ("/en/consultations/topic/respond/", "/en/consultations/topic/respond/"),
    ],
)
def test_a_private_address_is_masked_and_every_other_stays(path, shown):
    record = logging.LogRecord("django.request", 30, "", 0, "Not Found: %s", (path,), None)

    assert PrivateLinks().filter(record)
    assert record.getMessage() == f"Not Found: {shown}"


def test_the_log_passes_through_it():
    assert "private_links" in settings.LOGGING["handlers"]["console"]["filters"]
