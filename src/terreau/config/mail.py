"""How mails leave: by the server that the operator names, into files in the demonstration, or not yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import parseaddr
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from terreau.config.places import StartRefused

FORM = "smtp://user:password@host:587?tls=yes"
PORTS = {"smtp": 587, "smtps": 465}
SMTP = "django.core.mail.backends.smtp.EmailBackend"
FILES = "django.core.mail.backends.filebased.EmailBackend"
NOWHERE = "terreau.config.mail.Nowhere"


class ServerUnreadable(StartRefused):
    """The address of the mail server cannot be read."""


class SenderUnreadable(StartRefused):
    """The address that mails come from is missing or cannot be read."""


class NoMailServer(OSError):
    """No mail server is named: mails wait, and are tried again."""


class Nowhere(BaseEmailBackend):
    """Takes no mail, so that each waits for the server that the operator has not named yet."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Refuse."""
        raise NoMailServer("TERREAU_SMTP_URL is not set.")


@dataclass(frozen=True)
class MailServer:
    """A mail server as Django's settings describe it."""

    backend: str
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starts_tls: bool = False
    is_tls: bool = False


def mail_server(address: str, *, demo: bool) -> MailServer:
    """Return the server at this address; without one, files in the demonstration and else nothing."""
    if not address:
        return MailServer(FILES if demo else NOWHERE)
    try:
        parts = urlsplit(address)
        port, options = parts.port, _options(parts)
    except ValueError:
        raise _unreadable("it is no address") from None
    if parts.scheme not in PORTS:
        raise _unreadable("it begins with smtp:// or smtps://")
    if not parts.hostname:
        raise _unreadable("it names no host")
    if parts.path not in {"", "/"} or parts.fragment:
        raise _unreadable("a sign such as / or # in the password is written %2F or %23")
    tls = options.pop("tls", "yes")
    if options or tls not in {"yes", "no"}:
        raise _unreadable("after the ? stands tls=yes or tls=no, and nothing else")
    return MailServer(
        SMTP,
        host=parts.hostname,
        port=port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starts_tls=parts.scheme == "smtp" and tls == "yes",
        is_tls=parts.scheme == "smtps",
    )


def sender(given: str, *, server: MailServer) -> str:
    """Return the address that mails come from, which a server needs and files do not."""
    if not given and server.backend != SMTP:
        return "Terreau <terreau@localhost>"
    name, _at, domain = parseaddr(given)[1].rpartition("@")
    if not name or not domain or any(not sign.isprintable() for sign in given):
        message = "TERREAU_MAIL_FROM is the address that mails come from: Name <name@example.org>"
        raise SenderUnreadable(message)
    return given


def _options(parts: SplitResult) -> dict[str, str]:
    return dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))


def _unreadable(why: str) -> ServerUnreadable:
    # The address holds a password: it is not repeated.
    return ServerUnreadable(f"TERREAU_SMTP_URL cannot be read: {why}. Its form: {FORM}")
