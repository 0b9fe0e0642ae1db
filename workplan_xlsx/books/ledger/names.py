"""Several names in one cell, joined by 、; a name that has a separator in it stands in “”."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SEPARATORS = "、，,；;\n"
_ONE_NAME = re.compile(rf"\s*(?:“(?P<quoted>[^“”]+)”\s*(?=[{_SEPARATORS}]|$)|(?P<plain>[^{_SEPARATORS}]+))")


def join_names(names: Iterable[str]) -> str:
    """Return the names as the coordinator reads them."""
    return "、".join(f"“{name}”" if _needs_quotes(name) else name for name in names)


def split_names(written: str) -> tuple[str, ...]:
    """Return the names in their order; 、 ， , ； ; and line breaks all separate."""
    found = (match["quoted"] or match["plain"] for match in _ONE_NAME.finditer(written))
    return tuple(name for each in found if (name := each.strip()))


def _needs_quotes(name: str) -> bool:
    return split_names(name) != (name,)
