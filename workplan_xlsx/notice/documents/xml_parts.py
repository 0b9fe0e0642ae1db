"""The XML parts of an Office file: bounded, nothing fetched, nothing expanded."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from workplan_xlsx.errors import NoticeError
from workplan_xlsx.words import Lang, say

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST_PART = 64 * 2**20


def xml_part(
    package: zipfile.ZipFile, member: str, name: str, lang: Lang, limit: int = LARGEST_PART
) -> _Element | None:
    """Return a part of the file `name`; None where it has no such part.

    Raises:
        NoticeError: The part is damaged or unreasonably large.
    """
    from lxml import etree

    if member not in package.namelist():
        return None
    with package.open(member) as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise NoticeError(say("notice.too_large", lang, file=name, limit=limit // 2**20))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise NoticeError(say("notice.damaged", lang, file=name)) from None
