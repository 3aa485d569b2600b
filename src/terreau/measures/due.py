"""What the measures do from time to time: tell visitors that their answers are about to be deleted."""

from datetime import datetime

from terreau.journal.services import Every, comes_due
from terreau.measures.letters import tell_last_days


@comes_due("measures.tell-last-days", every=Every.DAY)
def tell_the_last_day(at: datetime) -> None:
    """Write to those whose answers go in a month."""
    tell_last_days(at=at)
