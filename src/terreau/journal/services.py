"""Record what happened, tell those who listen, post mails, and do what comes due."""

from terreau.journal.core import Every, Letter
from terreau.journal.log import (
    OutsideTransaction,
    erase_words,
    history,
    listens_to,
    record,
    stops_listening,
    words_are_genuine,
)
from terreau.journal.mail import erase_mail, mails_given_up, post, posted, try_again
from terreau.journal.models import Event, Mail
from terreau.journal.sending import NotSendable, send
from terreau.journal.turns import (
    NameTaken,
    comes_due,
    comes_due_no_more,
    do_what_is_due,
)

__all__ = [
    "Event",
    "Every",
    "Letter",
    "Mail",
    "NameTaken",
    "NotSendable",
    "OutsideTransaction",
    "comes_due",
    "comes_due_no_more",
    "do_what_is_due",
    "erase_mail",
    "erase_words",
    "history",
    "listens_to",
    "mails_given_up",
    "post",
    "posted",
    "record",
    "send",
    "stops_listening",
    "try_again",
    "words_are_genuine",
]
