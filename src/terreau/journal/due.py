"""What the journal does from time to time: find lost mails, and forget turns and tasks of long ago."""

from datetime import datetime, timedelta

from django.core.management import call_command

from terreau.journal.core import Every
from terreau.journal.mail import send_lost
from terreau.journal.models import Turn
from terreau.journal.turns import comes_due

KEPT_DAYS = 30


@comes_due("journal.lost-mails", every=Every.MINUTE)
def find_lost_mails(at: datetime) -> None:
    """Have the mails sent whose worker was cut off."""
    send_lost(at=at)


@comes_due("journal.old-turns", every=Every.DAY)
def forget_old_turns(at: datetime) -> None:
    """Forget turns and finished tasks: their periods do not come back."""
    Turn.objects.filter(taken_at__lt=at - timedelta(days=KEPT_DAYS)).delete()
    call_command("prune_db_task_results", min_age_days=KEPT_DAYS, verbosity=0)
