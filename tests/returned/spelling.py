"""XML in any of its spellings: what every reader of XML takes for the same."""

from __future__ import annotations

import random

from raw_workbooks import LINKS, MAIN

_CHOICE = "http://schemas.openxmlformats.org/markup-compatibility/2006"


class Spelling:
    """One way of spelling, come by chance; the same seed spells the same."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._prefix = self._one_of("", "", "", "x:", "main.s:")
        self._quote = self._one_of('"', '"', "'")
        self._gap = self._one_of("", "", "\n", "\r\n  ", "\t", "<!-- gap -->", "<?gap?>")
        self._is_plain = self._sometimes(30)
        """Spelled like the office programs do, so that the quick search is tried as well."""
        if self._is_plain:
            self._prefix, self._quote, self._gap = "", '"', ""
        self._is_odd = self._sometimes(25)
        """Has something in it that no standard allows, or that programs read in different ways."""

    def _one_of(self, *choices):
        return self._chance.choice(choices)

    def _sometimes(self, percent: float) -> bool:
        return self._chance.random() * 100 < percent

    def _rarely(self, percent: float) -> bool:
        """Something beyond the standard."""
        return self._is_odd and self._sometimes(percent)

    def _tag(self, name: str, content: str = "", /, **given: str | None) -> str:
        """An element of the main namespace, attributes in any order."""
        pairs = [(key, value) for key, value in given.items() if value is not None]
        if not self._is_plain:
            self._chance.shuffle(pairs)
        space = " " if self._is_plain else self._one_of(" ", " ", "  ", "\n")
        attributes = "".join(f"{space}{key}={self._quote}{value}{self._quote}" for key, value in pairs)
        name = self._prefix + name
        if not content and self._sometimes(50):
            return f"<{name}{attributes}/>"
        return f"<{name}{attributes}>{content}</{name}>"

    def _written(self, text: str) -> str:
        """The text with each character written as it is, by its number or its name, in CDATA, beside a comment."""
        if self._is_plain or self._sometimes(60):
            return text.replace("&", "&amp;").replace("<", "&lt;")
        return "".join(map(self._character, text))

    def _character(self, sign: str) -> str:
        ways: list[str] = [f"&#{ord(sign)};", f"&#x{ord(sign):X};", f"<![CDATA[{sign}]]>"]
        plain = {"&": "&amp;", "<": "&lt;"}.get(sign, sign)
        return self._one_of(*ways) if self._sometimes(20) else plain + "<!-- - -->" * self._sometimes(5)

    def _t(self, text: str) -> str:
        space = {"xml:space": "preserve"} if self._sometimes(50) else {}
        return self._tag("t", self._written(text), **space)

    def _chosen(self, one: str, other: str) -> str:
        return (
            f'<mc:AlternateContent xmlns:mc="{_CHOICE}"><mc:Choice Requires="y" xmlns:y="urn:y">{one}</mc:Choice>'
            f"<mc:Fallback>{other}</mc:Fallback></mc:AlternateContent>"
        )

    def _root(self, name: str, content: str, *, links: bool = False) -> str:
        colon = f":{self._prefix[:-1]}" if self._prefix else ""
        also = f' xmlns:r="{LINKS}"' if links else ""
        tag = self._prefix + name
        return f'<{tag} xmlns{colon}="{MAIN}"{also}>{self._gap}{content}{self._gap}</{tag}>'

    def _encoded(self, part: str) -> bytes:
        if self._is_plain or self._sometimes(93):
            head = self._one_of("", '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n')
            return (b"\xef\xbb\xbf" * (not self._is_plain and self._sometimes(5))) + (head + part).encode()
        return ('<?xml version="1.0" encoding="UTF-16"?>' + part).encode("utf-16")
