"""Words in the head of a letter, as mail programs write them: RFC 2047, RFC 2231, or plain GBK or UTF-8."""

from __future__ import annotations

from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

_CHINESE = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030"}
"""Programs write signs of the larger set under the name of the smaller one."""


def mend_raw_words(message: Message) -> None:
    """Put words that were sent as bare bytes into the heads of all parts, so that they can be asked for."""
    for part in message.walk():
        for name, value in list(part.raw_items()):
            text = str(value)
            if any("\udc80" <= sign <= "\udcff" for sign in text):
                part.replace_header(name, _guessed(text.encode("utf-8", "surrogateescape")))


def head_word(message: Message, name: str) -> str:
    """What stands in the head under this name, in one line; "" when nothing does."""
    return plain_words(str(message.get(name, "")))


def plain_words(text: str) -> str:
    """The words without their RFC 2047 dress, in one line; what cannot be read stays as it is."""
    try:
        parts = decode_header(text)
    except (HeaderParseError, ValueError):
        return " ".join(text.split())
    told = "".join(
        part if isinstance(part, str) else _decoded(part, charset or "") for part, charset in parts
    )
    return " ".join(told.split())


def file_name_of(part: Message) -> str:
    """The name that the sender gave the part; "" where it has none."""
    try:
        return plain_words(part.get_filename() or "")
    except (LookupError, ValueError):
        return ""


def _decoded(data: bytes, charset: str) -> str:
    try:
        return data.decode(_CHINESE.get(charset.lower(), charset)) if charset else _guessed(data)
    except (LookupError, UnicodeDecodeError):
        return _guessed(data)


def _guessed(data: bytes) -> str:
    for charset in ("utf-8", "gb18030"):
        try:
            return data.decode(charset)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")
