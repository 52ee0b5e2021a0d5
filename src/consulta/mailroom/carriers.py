"""Who carries the mail away: an SMTP server, or a folder (the demo, and hosts without mail)."""

import smtplib
import ssl
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from consulta.mailroom import durable
from consulta.mailroom.models import OutgoingMail

TIMEOUT = 30.0  # seconds that an SMTP server may keep us waiting
CLOSING, TOO_LARGE = 421, 552  # RFC 5321, section 4.2.3


class RefusedForNowError(Exception):
    """This mail was not taken; later it may be."""


class RefusedForGoodError(Exception):
    """This mail will never be taken."""


class UnreachableError(Exception):
    """Nothing can be handed over at present: no use in trying the next mail."""


class Carrier(AbstractContextManager["Carrier"], Protocol):
    """Takes mails over, one at a time, inside a `with`."""

    def hand_over(self, mail: OutgoingMail) -> None:
        """Raises RefusedForNowError, RefusedForGoodError, UnreachableError."""


def for_address(url: str) -> Carrier:
    """The carrier that settings.EMAIL_URL names.

    smtp://user:password@host:25 (STARTTLS when offered, demanded with a password; `?tls=no`
    for a trusted host), smtps://user:password@host:465, file:///folder. Raises ValueError.
    """
    parts = urlsplit(url)
    if parts.scheme == "file":
        return Folder(Path(unquote(parts.path)))
    if parts.scheme in ("smtp", "smtps") and parts.hostname:
        return Smtp(parts)
    raise ValueError("CONSULTA_EMAIL_URL must begin with smtp://host, smtps://host or file:///")


class Folder:
    """One .eml file for each mail, durable, readable by the owner only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing to close."""

    def hand_over(self, mail: OutgoingMail) -> None:
        """Write the mail; the same mail again replaces itself."""
        name = f"{mail.created_at:%Y%m%dT%H%M%S}-{mail.pk}.eml"
        try:
            durable.write(self._folder / name, [bytes(mail.raw or b"")])
        except OSError as error:
            raise UnreachableError(f"{self._folder}: {error.strerror}") from error


class Smtp:
    """An SMTP server, by one connection for as many mails as there are."""

    def __init__(self, address: SplitResult) -> None:
        self._address = address
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._hang_up()

    def hand_over(self, mail: OutgoingMail) -> None:
        """Hand the mail over; connects when it has to."""
        try:
            self._connect().sendmail(mail.sender, [mail.recipient], bytes(mail.raw or b""))
        except smtplib.SMTPRecipientsRefused as error:
            code, text = next(iter(error.recipients.values()))
            raise _refusal(code, text) from error
        except smtplib.SMTPDataError as error:
            raise _refusal(error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPSenderRefused as error:
            raise _sender_refusal(error.smtp_code, error.smtp_error) from error
        except (smtplib.SMTPException, OSError) as error:
            self._hang_up()
            raise UnreachableError(_words(error)) from error

    def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        try:
            if connection is not None:
                connection.quit()
        except (smtplib.SMTPException, OSError):
            pass
        finally:
            if connection is not None:
                connection.close()

    def _connect(self) -> smtplib.SMTP:
        """The open connection, made when there is none."""
        if self._connection is not None:
            return self._connection
        host, port = self._address.hostname or "", self._address.port
        context = ssl.create_default_context()
        if self._address.scheme == "smtps":
            self._connection = smtplib.SMTP_SSL(host, port or 465, timeout=TIMEOUT, context=context)
        else:
            self._connection = smtplib.SMTP(host, port or 25, timeout=TIMEOUT)
            self._encrypt(self._connection, context)
        if self._address.username:
            password = unquote(self._address.password or "")
            self._connection.login(unquote(self._address.username), password)
        return self._connection

    def _encrypt(self, server: smtplib.SMTP, context: ssl.SSLContext) -> None:
        if parse_qs(self._address.query).get("tls") == ["no"]:
            return
        server.ehlo_or_helo_if_needed()
        if server.has_extn("starttls"):
            server.starttls(context=context)
        elif self._address.password:
            raise smtplib.SMTPNotSupportedError("the server offers no encryption for the password")


def _refusal(code: int, text: bytes | str) -> Exception:
    """5xx is for good, 421 says that the server hangs up, anything else is for now.

    Source: RFC 5321, sections 4.2.1 and 3.8.
    """
    words = f"{code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"
    if code == CLOSING:
        return UnreachableError(words)
    return RefusedForGoodError(words) if 500 <= code < 600 else RefusedForNowError(words)


def _sender_refusal(code: int, text: bytes | str) -> Exception:
    """Only a mail that is too large is refused for good: who may send is set on the server, and mended."""
    refusal = _refusal(code, text)
    too_large = code == TOO_LARGE
    if isinstance(refusal, RefusedForGoodError) and not too_large:
        return RefusedForNowError(str(refusal))
    return refusal


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {error.smtp_error!r}"
    told = error.strerror if isinstance(error, OSError) else ""
    return told or str(error) or type(error).__name__
