"""Whether a mark stands in a part of tens of megabytes: asked for its rarest byte first, which is quicker."""

from __future__ import annotations


def holds(content: bytes, mark: bytes, rarest: bytes) -> bool:
    """Whether the mark stands there; `rarest` is the byte of it that nearly no part holds."""
    return rarest in content and mark in content


def declares(content: bytes) -> bool:
    """Whether a comment, a CDATA section or a declaration may begin somewhere."""
    return holds(content, b"<!", b"!")
