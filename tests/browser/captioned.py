"""Run on an instance's record: a sitting of its open meeting; prints its addresses and two secrets."""

import json
import os
from importlib import import_module
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "consulta.config.settings")


def main() -> None:
    """Begin a sitting and admit two captioners of English."""
    import_module("django").setup()
    meetings: Any = import_module("consulta.meetings.models")
    accounts: Any = import_module("consulta.accounts.models")
    captioners: Any = import_module("consulta.live.captions.captioners")
    sittings: Any = import_module("tests.sittings")
    meeting = meetings.Meeting.objects.filter(kind="open", group__is_sample=True).first()
    by = accounts.User.objects.filter(is_administrator=True).first()
    sitting, _captioner, token = sittings.held(meeting, by)
    second = captioners.admit(sitting, language="en", name="Second", by=by)[1]
    import_module("consulta.live.captions.speakers").name(sitting, ["A. Sample", "B. Sample"])
    told = {"meeting": meeting.slug, "session": sitting.slug, "token": token, "second": second}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
