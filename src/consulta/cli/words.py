"""The command line's words: in which language it speaks, and how it refuses."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click
import django
from django.apps import apps
from django.utils import translation

#: The languages of the interface, as they stand in addresses; Django calls zh by another name.
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
_IN_DJANGO = {"zh": "zh-hans"}


class Refusal(click.ClickException):
    """Wrong usage or input: one sentence on standard error that says how to mend it, exit code 2."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the sentence alone."""
        click.echo(self.message, file=file, err=True)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak *language*, one of LANGUAGES, inside the block. Touches no database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "consulta.config.settings")
    if not apps.ready:
        django.setup()
    with translation.override(_IN_DJANGO.get(language, language)):
        yield
