"""Filling a Word template: the office's own where it has one, else the one that ships."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workplan_xlsx.books.bulletin.same_bytes import with_fixed_times
from workplan_xlsx.books.whole_file import whole_file
from workplan_xlsx.errors import OutputError
from workplan_xlsx.words import Lang, say

SHIPPED = Path(__file__).parent / "templates"

_LEAST_SIGN = " "
_LATELY = 1
"""The generation of what was made lately; a province's edition need not be walked over."""


def is_installed() -> bool:
    """Whether the extra `bulletin` is there."""
    from importlib.util import find_spec

    return find_spec("docxtpl") is not None


def fill_template(template: Path, facts: Mapping[str, Any], path: Path, lang: Lang) -> None:
    """Write the template with its places filled.

    Raises:
        OutputError: The template is no Word document or has a place that does not exist; or the file cannot
            be put in place. What was there before is intact.
    """
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined
    from jinja2 import TemplateError as PlaceError
    from jinja2.sandbox import SandboxedEnvironment

    places = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    with whole_file(path, lang) as partial:
        try:
            document = DocxTemplate(str(template))
            document.render(_plain(facts), places, autoescape=True)
        except (PlaceError, ValueError, KeyError) as error:  # python-docx and zipfile tell damage so
            raise OutputError(say("bulletin.bad_template", lang, file=template, why=error)) from error
        document.save(str(partial))
        with_fixed_times(partial)
    del document
    gc.collect(_LATELY)  # it holds itself in a circle, and its XML is a hundred times as large as the file


def _plain(facts: Any) -> Any:
    """Texts without the signs that a Word document cannot hold."""
    if isinstance(facts, str):
        return (
            "".join(sign if sign >= _LEAST_SIGN or sign in "\n\t" else " " for sign in facts)
            .encode("utf-8", "replace")
            .decode("utf-8")
            .replace("\ufffe", " ")
            .replace("\uffff", " ")
        )
    if isinstance(facts, Mapping):
        return {key: _plain(value) for key, value in facts.items()}
    return [_plain(each) for each in facts] if isinstance(facts, (list, tuple)) else facts
