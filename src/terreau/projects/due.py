"""What projects do from time to time: delete visitors' dossiers whose last day has come."""

from datetime import datetime

from terreau.journal.services import Every, comes_due
from terreau.projects.services import forget_expired


@comes_due("projects.forget-expired", every=Every.HOUR)
def forget_what_expired(at: datetime) -> None:
    """Delete what was to be kept until now."""
    forget_expired(at=at)
