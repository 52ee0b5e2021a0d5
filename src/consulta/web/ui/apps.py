"""The design language as a Django app."""

from django.apps import AppConfig
from django.urls import register_converter

from consulta.web.ui.numbers import RowNumber


class UiConfig(AppConfig):
    name = "consulta.web.ui"

    def ready(self) -> None:
        """Let addresses of every audience hold the number of a row: `<row:pk>`."""
        register_converter(RowNumber, "row")
