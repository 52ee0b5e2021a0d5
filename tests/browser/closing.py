"""The clock of a test moves faster: `python -m tests.browser.closing SLUG` ends a consultation now.

There is no such act in the product, where a published deadline is never shortened.
"""

import sys
from datetime import timedelta
from importlib import import_module
from typing import Any

from consulta.cli import preparation


def close(slug: str) -> None:
    """Let the deadline of the consultation at *slug* have passed."""
    preparation.set_up()
    models: Any = import_module("consulta.consultations.models")  # after Django is set up
    timezone: Any = import_module("django.utils.timezone")
    found = models.Consultation.objects.filter(slug=slug)
    changed = found.update(closes_at=timezone.now() - timedelta(seconds=1))
    assert changed == 1, slug


if __name__ == "__main__":
    close(sys.argv[1])
