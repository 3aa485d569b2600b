"""Find the listeners and the periodic work of every app once all are loaded."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JournalConfig(AppConfig):
    """The journal, which is told to the `listeners` module of each app and keeps the turns of its `due` module."""

    name = "terreau.journal"

    def ready(self) -> None:
        """Load the listeners and what comes due."""
        autodiscover_modules("listeners", "due")
