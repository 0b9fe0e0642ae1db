"""The robots of chat groups: 企业微信 and 钉钉 take the same text message; others get the same JSON."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import time
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import quote_plus
from urllib.request import Request, urlopen

from workplan_xlsx.domain.mailing import WebhookSettings
from workplan_xlsx.errors import MailError
from workplan_xlsx.words import Lang, say

_LONGEST_TEXT = 2000  # 企业微信 refuses more than 2,048 bytes; cut below by bytes
_LONGEST_ANSWER = 65_536


def post_text(settings: WebhookSettings, text: str, lang: Lang) -> None:
    """Post the text to the robot.

    Raises:
        MailError: It cannot be reached, is silent too long, or answers that it did not take the text.
    """
    body = {"msgtype": "text", "text": {"content": _cut(text)}}
    request = Request(
        _signed(settings),
        data=json.dumps(body, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json; charset=utf-8"},
    )
    try:
        with urlopen(request, timeout=settings.timeout_seconds) as answer:
            told = answer.read(_LONGEST_ANSWER)
    except HTTPError as error:
        raise MailError(say("mail.webhook", lang, why=f"HTTP {error.code}")) from None
    except (OSError, HTTPException, ValueError) as error:
        why = "timeout" if isinstance(error, TimeoutError) else " ".join(str(error).split())[:200]
        raise MailError(say("mail.webhook", lang, why=why or type(error).__name__)) from None
    complaint = _complaint(told)
    if complaint:
        raise MailError(say("mail.webhook", lang, why=complaint))


def _cut(text: str) -> str:
    data = text.encode()
    return text if len(data) <= _LONGEST_TEXT else data[: _LONGEST_TEXT - 3].decode(errors="ignore") + "…"


def _signed(settings: WebhookSettings) -> str:
    """钉钉 wants the time and a signature in the address where the robot has a secret."""
    secret = os.environ.get(settings.secret_env, "") if settings.secret_env else ""
    if not secret:
        return settings.url
    stamp = str(round(time.time() * 1000))
    code = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
    joint = "&" if "?" in settings.url else "?"
    return f"{settings.url}{joint}timestamp={stamp}&sign={quote_plus(base64.b64encode(code))}"


def _complaint(answer: bytes) -> str:
    """Both robots answer 200 also when they refuse; the number in the answer says so."""
    try:
        told = json.loads(answer)
    except ValueError:
        return ""
    if isinstance(told, dict) and told.get("errcode", 0) != 0:
        return f"{told.get('errcode')} {str(told.get('errmsg', ''))[:150]}"
    return ""
