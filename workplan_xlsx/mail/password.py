"""The mail password: from the environment or from a file, never from workplan.toml."""

from __future__ import annotations

import os
from pathlib import Path

from workplan_xlsx.domain.mailing import MailSettings
from workplan_xlsx.errors import MailError
from workplan_xlsx.words import Lang, say

_VARIABLE = "WORKPLAN_MAIL_PASSWORD"


def password_of(settings: MailSettings, root: Path, lang: Lang) -> str:
    """Return the password; "" where no user is named and the server asks for none.

    Raises:
        MailError: It is nowhere, or its file cannot be read.
    """
    if not settings.user:
        return ""
    if settings.password_file:
        file = root / settings.password_file
        try:
            return file.read_text(encoding="utf-8-sig").strip()
        except (OSError, UnicodeDecodeError) as error:
            why = getattr(error, "strerror", None) or error
            raise MailError(say("mail.password_file", lang, file=file, why=why)) from None
    variable = settings.password_env or _VARIABLE
    password = os.environ.get(variable, "")
    if not password:
        raise MailError(say("mail.no_password", lang, variable=variable))
    return password
