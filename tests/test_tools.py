"""The project's own tools (`make bench`, `make torture`, ...) ask the package only for what it has."""

import ast
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[1] / "tools"


@pytest.mark.parametrize("tool", sorted(TOOLS.rglob("*.py")), ids=lambda path: str(path.relative_to(TOOLS)))
def test_a_tool_asks_the_package_only_for_what_it_has(tool: Path) -> None:
    missing = [
        f"{asked.module}.{name.name}"
        for asked in ast.walk(ast.parse(tool.read_text(encoding="utf-8")))
        if isinstance(asked, ast.ImportFrom) and (asked.module or "").startswith("workplan_xlsx")
        for name in asked.names
        if not has(asked.module or "", name.name)
    ]
    assert missing == []


def has(module: str, name: str) -> bool:
    """Whether `from module import name` works."""
    try:
        return hasattr(import_module(module), name) or find_spec(f"{module}.{name}") is not None
    except ModuleNotFoundError:
        return False
