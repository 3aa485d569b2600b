"""The mails to a visitor: the private link when it is asked for, and a word before the last day."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from terreau.journal import services as journal
from terreau.journal.services import Letter
from terreau.projects import services as projects
from terreau.projects.services import Project
from terreau.web.typography import day_words

NOTICE = timedelta(days=30)
HOUR = timedelta(hours=1)
MOST_LINKS = 3
MOST_AN_HOUR = 60


class TooMany(Exception):
    """The link was mailed too often, from this dossier or from all of them."""


@transaction.atomic
def send_link(project: Project, to: str, address: str, *, at: datetime) -> None:
    """Mail a visitor the private link, and keep the address to tell the last day.

    Raises `journal.NotSendable` for an address that is none, and `TooMany` after a few links in a dossier or an hour.
    """
    if (
        len(project.mails) >= MOST_LINKS
        or journal.posted("measures.link", since=at - HOUR) >= MOST_AN_HOUR
    ):
        raise TooMany
    with override(project.language):
        body = _(
            "This is the link to your answers:\n\n%(address)s\n\n"
            "Who has it can read and change them. It works until %(day)s; a month before, we write once more. "
            "You can delete everything on that page at any time.\n\nTerreau"
        ) % {"address": address, "day": last_day(project)}
        subject = _("The link to your answers")
        letter = Letter(
            name="measures.link", to=to, subject=subject, body=body, language=project.language
        )
    projects.write_to(project, to, mail=journal.post(letter, at=at).pk)


def tell_last_days(*, at: datetime) -> int:
    """Mail those who gave an address that their answers are deleted in a month; return how many."""
    told = 0
    for project in projects.expiring(within=NOTICE, at=at):
        with override(project.language):
            body = _(
                "On %(day)s the answers behind your link are deleted.\n\n"
                "To keep them longer, begin again before that day: the link shows what you told.\n\nTerreau"
            ) % {"day": last_day(project)}
            subject = _("Your answers are kept until %(day)s") % {"day": last_day(project)}
            letter = Letter(
                name="measures.last-day",
                to=project.contact,
                subject=subject,
                body=body,
                language=project.language,
            )
        with transaction.atomic():
            projects.write_to(project, "", mail=journal.post(letter, at=at).pk)
        told += 1
    return told


def last_day(project: Project) -> str:
    """Return the last day of a visitor's dossier, in words; nothing for one that is kept."""
    return day_words(timezone.localdate(project.expires_at)) if project.expires_at else ""
