"""The line to the mail server that sends: opened once for many letters; every failure in one sentence."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage

from workplan_xlsx.domain.mailing import MailServer, MailSettings
from workplan_xlsx.errors import MailError, MailLost, MailRefused
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import clauses, listed

_TROUBLE = (smtplib.SMTPException, OSError, ValueError)
_PERMANENT = range(500, 600)


class SmtpLine:
    """An open line; made by `smtp_line`."""

    def __init__(self, server: smtplib.SMTP, lang: Lang) -> None:
        self._server = server
        self._lang = lang

    def send(self, message: EmailMessage, sender: str, recipients: list[str]) -> str:
        """Hand the letter over; return which of its addresses were refused, "" for none.

        Raises:
            MailRefused: The server will never take it.
            MailLost: The line broke, or the server talks nonsense; the letter may have gone.
            MailError: Not now: the server is busy.
        """
        try:
            refused = self._server.send_message(message, sender, recipients)
        except smtplib.SMTPRecipientsRefused as error:
            raise self._refusal(list(error.recipients.values())) from None
        except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
            raise self._refusal([(error.smtp_code, error.smtp_error)]) from None
        except _TROUBLE as error:
            raise MailLost(say("mail.lost_halfway", self._lang, why=_plain(error))) from None
        return listed((f"{address} ({_answer(reply)})" for address, reply in refused.items()), self._lang)

    def again(self) -> None:
        """Forget what was begun, so that the next letter starts afresh.

        Raises:
            MailError: The line is dead.
        """
        try:
            self._server.rset()
        except _TROUBLE as error:
            raise MailError(say("mail.lost", self._lang, why=_plain(error))) from None

    def _refusal(self, replies: list[tuple[int, bytes | str]]) -> MailError:
        why = clauses(map(_answer, replies), self._lang)
        for_ever = all(code in _PERMANENT for code, _ in replies)
        kind = MailRefused if for_ever else MailError
        return kind(say("mail.refused" if for_ever else "mail.not_now", self._lang, why=why))


@contextmanager
def smtp_line(settings: MailSettings, server: MailServer, password: str, lang: Lang) -> Iterator[SmtpLine]:
    """Yield an open line to the server, logged in.

    Raises:
        MailError: It cannot be reached, is silent too long, talks nonsense, or refuses user and password.
    """
    try:
        line = _connected(settings, server, password)
    except smtplib.SMTPAuthenticationError as error:
        why = _answer((error.smtp_code, error.smtp_error))
        raise MailError(say("mail.login", lang, host=server.host, user=settings.user, why=why)) from None
    except _TROUBLE as error:
        facts = {"host": server.host, "port": server.port, "why": _plain(error)}
        raise MailError(say("mail.unreachable", lang, **facts)) from None
    try:
        yield SmtpLine(line, lang)
    finally:
        with suppress(*_TROUBLE):  # what was sent is sent; a rude goodbye changes nothing
            line.quit()


def _connected(settings: MailSettings, server: MailServer, password: str) -> smtplib.SMTP:
    context = ssl.create_default_context()
    line: smtplib.SMTP
    if server.security == "ssl":
        line = smtplib.SMTP_SSL(server.host, server.port, timeout=settings.timeout_seconds, context=context)
    else:
        line = smtplib.SMTP(server.host, server.port, timeout=settings.timeout_seconds)
    try:
        if server.security == "starttls":
            line.starttls(context=context)
        if password:
            line.login(settings.user, password)
    except BaseException:
        line.close()
        raise
    return line


def _answer(reply: tuple[int, bytes | str]) -> str:
    code, text = reply
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {' '.join(words.split())[:200]}"


def _plain(error: BaseException) -> str:
    """The error without Python's wrapping; a server that was silent says nothing itself."""
    if isinstance(error, TimeoutError):
        return "timeout"
    if isinstance(error, smtplib.SMTPResponseException):
        return _answer((error.smtp_code, error.smtp_error))
    return " ".join(str(error).split())[:200] or type(error).__name__
