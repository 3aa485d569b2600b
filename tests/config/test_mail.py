"""How the operator says by which server mails leave, and from which address."""

import pytest
from django.core.mail import EmailMessage

from terreau.config.mail import (
    FILES,
    NOWHERE,
    SMTP,
    MailServer,
    NoMailServer,
    Nowhere,
    SenderUnreadable,
    ServerUnreadable,
    mail_server,
    sender,
)


def test_an_address_says_how_to_reach_a_mail_server():
    plain = mail_server("smtp://localhost:25?tls=no", demo=False)
    usual = mail_server("smtp://ann%40x:p%2Fw@mail.example", demo=True)
    sealed = mail_server("smtps://mail.example/", demo=False)

    assert plain == MailServer(SMTP, host="localhost", port=25)
    assert usual == MailServer(
        SMTP, host="mail.example", port=587, user="ann@x", password="p/w", starts_tls=True
    )
    assert sealed == MailServer(SMTP, host="mail.example", port=465, is_tls=True)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("mail.example", "smtp://"),
        ("http://mail.example", "smtp://"),
        ("smtp://", "no host"),
        ("smtp://mail.example:twenty", "no address"),
        ("smtp://ann:a/b@mail.example", "no address"),
        ("smtp://ann:a#b@mail.example", "no address"),
        ("smtp://mail.example/inbox", "%2F"),
        ("smtp://mail.example#x", "%2F"),
        ("smtp://mail.example?tls=maybe", "tls=yes"),
        ("smtp://mail.example?tls", "no address"),
        ("smtp://mail.example?ssl=yes", "tls=yes"),
    ],
)
def test_an_address_that_cannot_be_read_is_refused_with_its_form(address, says):
    with pytest.raises(ServerUnreadable, match=says) as refused:
        mail_server(address, demo=False)

    assert "smtp://user:password@host:587" in str(refused.value)


def test_without_a_server_mails_are_files_in_the_demonstration_alone():
    assert mail_server("", demo=True).backend == FILES
    assert mail_server("", demo=False).backend == NOWHERE
    with pytest.raises(NoMailServer):
        Nowhere().send_messages([EmailMessage()])


@pytest.mark.parametrize(
    "given", ["", "@", "nobody@", "Ann <ann@example.org>\nBcc: eve@example.org"]
)
def test_a_server_needs_an_address_that_mails_come_from(given):
    server = mail_server("smtp://mail.example", demo=False)

    with pytest.raises(SenderUnreadable, match="TERREAU_MAIL_FROM"):
        sender(given, server=server)
    assert sender("Ann <ann@example.org>", server=server) == "Ann <ann@example.org>"
    assert "@localhost" in sender("", server=mail_server("", demo=True))
