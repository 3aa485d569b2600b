"""What the measures do when a mail of theirs has left: its words hold a private link, and are erased."""

from terreau.journal import services as journal
from terreau.journal.core import MailSent

OURS = "measures."


@journal.listens_to(MailSent)
def forget_the_words(event: MailSent) -> None:
    """Keep neither the address nor the link once the mail has left."""
    if event.letter.startswith(OURS):
        journal.erase_mail(event.mail)
