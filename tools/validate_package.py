"""Hold workbooks against the OOXML schemas (ECMA-376, transitional), part by part.

python tools/validate_package.py SCHEMAS WORKBOOK ...    SCHEMAS: a folder with sml.xsd and what it imports
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

_BY_NAME = {
    "[Content_Types].xml": "opc-contentTypes.xsd",
    "docProps/app.xml": "shared-documentPropertiesExtended.xsd",
    "docProps/custom.xml": "shared-documentPropertiesCustom.xsd",
}
_SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Schemas:
    """The schemas of a folder, each read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, etree.XMLSchema] = {}

    def mistakes(self, name: str, part: etree._Element) -> list[str]:
        """What the part's schema says against it; nothing for a part that has none here."""
        file = self._schema_of(name, part)
        if not file:
            return []
        if file not in self._read:
            self._read[file] = etree.XMLSchema(etree.parse(str(self._folder / file)))
        schema = self._read[file]
        schema.validate(part)
        return [f"{each.line}: {each.message}" for each in schema.error_log]

    def _schema_of(self, name: str, part: etree._Element) -> str:
        if name.endswith(".rels"):
            return "opc-relationships.xsd"
        return _BY_NAME.get(name) or ("sml.xsd" if str(part.tag).startswith(_SPREADSHEET) else "")


def mistakes_in(workbook: Path, schemas: Schemas) -> Iterator[str]:
    """Yield every mistake with its part."""
    with zipfile.ZipFile(workbook) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                for mistake in schemas.mistakes(name, etree.fromstring(package.read(name))):
                    yield f"{workbook.name} {name}:{mistake}"


def main() -> None:
    """Print the mistakes; exit code 1 if there are any."""
    schemas = Schemas(Path(sys.argv[1]))
    told = [mistake for path in sys.argv[2:] for mistake in mistakes_in(Path(path), schemas)]
    print("\n".join(told) or f"{len(sys.argv) - 2} workbooks, no mistake")
    sys.exit(bool(told))


if __name__ == "__main__":
    main()
