"""The slow work of the journal, which a worker does after the transaction."""

from uuid import UUID

from django.utils import timezone
from django_tasks import task

from terreau.journal.sending import send


@task()
def send_mail(mail_id: str) -> None:
    """Send a mail, and come back to it when it was not taken."""
    again = send(UUID(mail_id), at=timezone.now())
    if again:
        send_mail.using(run_after=again).enqueue(mail_id)
