"""The robots of chat groups: 企业微信 and 钉钉 take the same text message; others get the same JSON."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import time
from http.client import HTTPException, InvalidURL
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qsl, quote_plus, urlsplit
from urllib.request import Request, urlopen

from workplan_xlsx.domain.mailing import WebhookSettings
from workplan_xlsx.errors import MailError, MailLost
from workplan_xlsx.words import Lang, say

LONGEST_TEXT_BYTES = 2000
"""企业微信 refuses more than 2,048 bytes."""

_LONGEST_ANSWER = 65_536
_LONGEST_WORD = 200
_SHORTEST_SECRET = 6
_BROKEN_OFF = (TimeoutError, ConnectionResetError, BrokenPipeError, HTTPException)


def post_text(settings: WebhookSettings, text: str, lang: Lang) -> None:
    """Post the text to the robot.

    Raises:
        MailLost: It fell silent or broke off: whether it took the text nobody knows.
        MailError: It cannot be reached, or answers that it did not take the text. The sentence holds
            nothing of the robot's address: its key stands there.
    """
    kind = MailError
    body = {"msgtype": "text", "text": {"content": _cut(text)}}
    try:
        complaint = _complaint(_answer_to(settings, json.dumps(body, ensure_ascii=False).encode()), lang)
    except HTTPError as error:
        complaint = f"HTTP {error.code}"
    except (OSError, HTTPException, ValueError) as error:
        complaint = _plain(error)
        kind = MailLost if isinstance(_reason(error), _BROKEN_OFF) else MailError
    if complaint:
        raise kind(say("mail.webhook", lang, why=_without_key(complaint, settings)))


def _answer_to(settings: WebhookSettings, body: bytes) -> bytes:
    headers = {"Content-Type": "application/json; charset=utf-8"}
    request = Request(_signed(settings), data=body, headers=headers)
    ends_at = time.monotonic() + settings.timeout_seconds
    told = bytearray()
    with urlopen(request, timeout=settings.timeout_seconds) as answer:
        while part := answer.read1(_LONGEST_ANSWER):
            told += part
            if len(told) > _LONGEST_ANSWER or time.monotonic() > ends_at:
                raise TimeoutError  # an answer that never ends is none
    return bytes(told)


def _plain(error: BaseException) -> str:
    """The error in few words."""
    reason = _reason(error)
    if isinstance(reason, TimeoutError):
        return "timeout"
    if isinstance(reason, InvalidURL | UnicodeError):
        return type(reason).__name__  # its text is the address
    return " ".join(str(reason).split())[:200] or type(reason).__name__


def _reason(error: BaseException) -> object:
    return error.reason if isinstance(error, URLError) else error


def _without_key(text: str, settings: WebhookSettings) -> str:
    """A server may repeat the address; what follows its ? is a secret, and so may be the path's last part."""
    address = urlsplit(settings.url)
    secrets = [value for _, value in parse_qsl(address.query)] + [
        address.query,
        address.path.rpartition("/")[2],
    ]
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        if len(secret) >= _SHORTEST_SECRET:
            text = text.replace(secret, "***")
    return text


def _cut(text: str) -> str:
    data = text.encode()
    if len(data) <= LONGEST_TEXT_BYTES:
        return text
    return data[: LONGEST_TEXT_BYTES - 3].decode(errors="ignore") + "…"


def _signed(settings: WebhookSettings) -> str:
    """钉钉 wants the time and a signature in the address where the robot has a secret."""
    secret = os.environ.get(settings.secret_env, "") if settings.secret_env else ""
    if not secret:
        return settings.url
    stamp = str(round(time.time() * 1000))
    code = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
    joint = "&" if "?" in settings.url else "?"
    return f"{settings.url}{joint}timestamp={stamp}&sign={quote_plus(base64.b64encode(code))}"


def _complaint(answer: bytes, lang: Lang) -> str:
    """What the robot has against the text; "" when it took it.

    The robots answer 200 also when they refuse: 企业微信 and 钉钉 with `errcode`, 飞书 with `code`. Others
    say "ok", "1" or nothing. A page is an answer of something else: a proxy, or a login.
    """
    text = answer.decode("utf-8", "replace").strip()
    try:
        told = json.loads(answer)
    except ValueError:
        odd = text.startswith("<") or "\ufffd" in text or len(text) > _LONGEST_WORD
        return say("mail.not_understood", lang, start=" ".join(text.split())[:60]) if odd else ""
    if not isinstance(told, dict):
        return ""
    number = told.get("errcode", told.get("code", 0))
    return (
        f"{number} {str(told.get('errmsg', told.get('msg', '')))[:150]}"
        if number not in (0, "0", 200)
        else ""
    )
