"""Write docs/findings.md from the catalogue of findings: `python tools/make_findings_doc.py`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from workplan_xlsx.domain.findings import Code, Severity, may_be_switched
from workplan_xlsx.domain.judging.judge import ROW_RULES
from workplan_xlsx.words import say

PAGE = Path(__file__).parent.parent / "docs" / "findings.md"
HEAD = """# Findings 问题代码

Everything that can be found wrong with a returned form or with ledger.xlsx, in the order of the stages.
A later stage is silent about a cell that an earlier one already explains. `workplan explain CODE` says the
same. What stands in braces is filled in. Written by `tools/make_findings_doc.py`.

| | |
|---|---|
| error 须修改 | the form goes back |
| query 须核对 | to be mended, or explained in 解释说明 of the row; may be waived (规则豁免) or put on trial |
| note 提示 | listed, nothing goes back |
"""
GROUPS = {
    "file": "1. The file 文件",
    "identity": "2. Whose form it is 是谁的表",
    "structure": "3. The table 表格",
    "type": "4. What a cell holds 单元格",
    "relation": "5. The cells of a row against each other 行内关系",
    "time": "6. Against the past and the target's size 前后期",
    "across": "7. Across units, when the forms are merged 多单位之间",
    "own": "8. Rules of the workspace 自定规则",
    "ledger": "9. ledger.xlsx 台账",
}


def page() -> str:
    """Return the whole page."""
    return "\n".join([HEAD, *(line for group, title in GROUPS.items() for line in _chapter(group, title))])


def _chapter(group: str, title: str) -> Iterator[str]:
    yield f"## {title}\n"
    yield "| code | severity | 中文 | English |"
    yield "|---|---|---|---|"
    yield from (_row(code) for code in sorted(Code, key=lambda code: code.code[1:]) if code.group == group)
    yield ""


def _row(code: Code) -> str:
    on_trial = any(rule.code is code and rule.trial for rule in ROW_RULES)
    marks = [code.severity.value, *(["on trial"] if on_trial else [])]
    if code.severity is Severity.QUERY and may_be_switched(code.code):
        marks.append("can be waived")
    zh, en = (say(f"findings.{code.code}", lang) for lang in ("zh", "en"))
    return f"| {code.code} | {', '.join(marks)} | {_plain(zh)} | {_plain(en)} |"


def _plain(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
