"""Find the listeners of every app once all are loaded."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JournalConfig(AppConfig):
    """The journal, which is told to the `listeners` module of each app."""

    name = "terreau.journal"

    def ready(self) -> None:
        """Load the listeners."""
        autodiscover_modules("listeners")
