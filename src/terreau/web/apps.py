"""Terreau's kit of pages; it finds what each app lends to shared pages."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class WebConfig(AppConfig):
    """The kit, once every app is loaded."""

    name = "terreau.web"

    def ready(self) -> None:
        """Load the `desk` of each app."""
        autodiscover_modules("desk")
