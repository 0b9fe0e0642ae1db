"""Mail and robot: set so that they can work, and answered by somebody within some seconds."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from workplan_xlsx.config import Config
from workplan_xlsx.doctor.health import BAD, FINE, LOOK, Health
from workplan_xlsx.domain.mailing import MailSettings
from workplan_xlsx.domain.model import Unit
from workplan_xlsx.errors import OperatorError
from workplan_xlsx.mail.password import password_of
from workplan_xlsx.mail.smtp import smtp_line
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed

_SECONDS = 5.0


def examine(root: Path, config: Config, units: tuple[Unit, ...], lang: Lang) -> Iterator[Health]:
    """Yield how letters out, the mailbox and the robot are; nothing is sent and nothing fetched."""
    what = say("doctor.mail", lang)
    if config.mail is None:
        yield Health(FINE, what, say("doctor.mail_off", lang))
    else:
        settings = replace(config.mail, timeout_seconds=min(_SECONDS, config.mail.timeout_seconds))
        yield from _mail(root, settings, units, what, lang)
    if config.webhook is not None:
        place = urlsplit(config.webhook.url)
        port = place.port or (443 if place.scheme == "https" else 80)
        yield _reachable(place.hostname or "", port, say("doctor.robot", lang), lang)


def _mail(
    root: Path, settings: MailSettings, units: tuple[Unit, ...], what: str, lang: Lang
) -> Iterator[Health]:
    try:
        password = password_of(settings, root, lang)
    except OperatorError as error:
        yield Health(BAD, what, str(error))
        return
    if settings.outgoing is not None:
        yield _outgoing(settings, password, what, lang)
        without = [unit.name for unit in units if not unit.email.strip()]
        if without:
            named = {"units": listed(without[:5], lang), "number": len(without)}
            yield Health(LOOK, what, say("doctor.without_address", lang, **named))
    if settings.incoming is not None:
        yield _reachable(settings.incoming.host, settings.incoming.port, say("doctor.mailbox", lang), lang)


def _outgoing(settings: MailSettings, password: str, what: str, lang: Lang) -> Health:
    """Greeted and logged in, as before sending."""
    server = settings.outgoing
    assert server is not None
    try:
        with smtp_line(settings, server, password, lang):
            pass
    except OperatorError as error:
        return Health(BAD, what, str(error))
    return Health(FINE, what, say("doctor.reachable", lang, host=server.host, port=server.port))


def _reachable(host: str, port: int, what: str, lang: Lang) -> Health:
    try:
        socket.create_connection((host, port), timeout=_SECONDS).close()
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or str(error)
        return Health(BAD, what, say("doctor.unreachable", lang, host=host, port=port, why=why))
    return Health(FINE, what, say("doctor.reachable", lang, host=host, port=port))
