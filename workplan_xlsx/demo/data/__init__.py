"""The sample notice: facts and figures of a real one, in sentences of our own."""

from pathlib import Path

NOTICE = Path(__file__).parent / "notice.docx"
