"""The file of the workspace's own rules, as far as it tells without being run: is it there, which names."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workplan_xlsx.words import Lang, say

_OURS = "workplan_xlsx"


@dataclass(frozen=True, slots=True)
class OwnRulesFile:
    """What the file tells.

    Attributes:
        names: Those of its rules; None where only running it would tell.
        trouble: Why none of its rules can be asked, and what to do, in a sentence; "" where nothing is wrong.
    """

    names: frozenset[str] | None = frozenset()
    trouble: str = ""


def look_at(path: Path, lang: Lang) -> OwnRulesFile:
    """Read the file; it is not run."""
    try:
        tree = ast.parse(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return OwnRulesFile(None, say("config.own_missing", lang, file=path))
    except OSError as error:
        return OwnRulesFile(None, say("config.own_unreadable", lang, file=path, why=error.strerror or error))
    except SyntaxError as error:
        facts = {"file": path, "line": error.lineno or 1, "why": error.msg}
        return OwnRulesFile(None, say("config.own_broken", lang, **facts))
    except ValueError:  # UnicodeDecodeError, or bytes that no text holds
        return OwnRulesFile(None, say("config.own_not_utf8", lang, file=path))
    return OwnRulesFile(_names(tree))


def _names(tree: ast.Module) -> frozenset[str] | None:
    """Those written as docs/own_rules.md shows it: @rule("name"); None where any rule may come otherwise."""
    nodes = list(ast.walk(tree))
    names = [_name(each) for each in _decorators(nodes)]
    uses = sum(isinstance(each, ast.Name) and each.id == "rule" for each in nodes)
    if None in names or uses != len(names) or any(_brings_rules(each) for each in nodes):
        return None
    return frozenset(name for name in names if name is not None)


def _decorators(nodes: list[ast.AST]) -> Iterator[ast.expr]:
    for each in nodes:
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield from each.decorator_list


def _name(decorator: ast.expr) -> str | None:
    match decorator:
        case ast.Call(func=ast.Name(id="rule"), args=[ast.Constant(value=str() as name)]):
            return name
        case _:
            return None


def _brings_rules(node: ast.AST) -> bool:
    """Whether rules may come with it from elsewhere, or our decorator under another name."""
    match node:
        case ast.ImportFrom(module=str() as module, level=0) if module.partition(".")[0] == _OURS:
            return any(each.asname for each in node.names)
        case ast.ImportFrom(module=str() as module, level=0):
            return module.partition(".")[0] not in sys.stdlib_module_names
        case ast.ImportFrom():
            return True
        case ast.Import():
            return any(each.name.partition(".")[0] == _OURS for each in node.names)
        case _:
            return False
