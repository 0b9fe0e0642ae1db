"""The office under torture and the forms that are sent to it: right ones, wrong ones, repetitions."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))
from office import NOTICE, fill

_WORKPLAN = (sys.executable, "-m", "workplan_xlsx")
_WRONG, _REPEATED, _EVERY = 5, 7, 8


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it is sent: its bytes, whether it is right, and the figure that it carries."""

    name: str
    data: bytes
    is_right: bool
    figure: str


def founded(folder: Path) -> Path:
    """A workspace with three units whose forms of June are out."""
    notice, root = folder / "通知.txt", folder / "ws"
    notice.write_text(NOTICE, encoding="utf-8")
    for command in (
        ["init", str(notice), str(root)],
        ["-C", str(root), "templates", "--period", "2023-06", "--as-of", "2023-06-01"],
    ):
        subprocess.run([*_WORKPLAN, *command], check=True, capture_output=True)
    return root


def made(root: Path, count: int, scratch: Path) -> list[Form]:
    """So many different forms of a unit; of eight one is wrong, and one repeats the one before it."""
    blank = next((root / "templates" / "2023-06").glob("*区商务局*.xlsx"))
    path = scratch / "form.xlsx"
    forms: list[Form] = []
    for number in range(1, count + 1):
        name = f"第{number}份.xlsx"
        if number % _EVERY == _REPEATED:
            before = forms[-1]
            forms.append(Form(name, before.data, before.is_right, before.figure))
            continue
        right = number % _EVERY != _WRONG
        fill(blank, path, {"1-1": number if right else f"约{number}个", "1-2": 0.6, "3-1": "推进中"})
        forms.append(Form(name, path.read_bytes(), right, str(number)))
    return forms
