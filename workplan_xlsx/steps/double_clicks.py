"""Three files to double-click, for a coordinator who never opens a terminal: forms out, forms in, report.

Each is a Windows .cmd, its lines ended as Windows does. It is plain ASCII but for what a person reads when
the program cannot be found, which stands behind every jump: cmd.exe counts bytes when it jumps.
"""

from __future__ import annotations

import sys
from pathlib import Path, PureWindowsPath

from workplan_xlsx.books.whole_file import write_bytes_whole
from workplan_xlsx.words import Lang, say

_TEXT = r"""
@echo off
setlocal
chcp 65001 >nul
set PYTHONUTF8=1
pushd "%~dp0"
if errorlevel 1 goto wait
set RUN=
for %%P in (PROGRAMS) do if not defined RUN if exist %%P set RUN=%%P
if defined RUN goto run
for %%P in (workplan.exe) do if not "%%~$PATH:P"=="" set RUN="%%~$PATH:P"
if defined RUN goto run
py -3 -P -c "import workplan_xlsx" >nul 2>nul
if errorlevel 1 goto notfound
set RUN=py -3 -P -m workplan_xlsx
:run
CALLS
popd
:wait
echo.
pause
exit /b
:notfound
popd
echo NOT_FOUND
pause
"""
_VENVS = (r".venv\Scripts\workplan.exe", r"..\.venv\Scripts\workplan.exe")
_COMMANDS = {"forms": ("templates",), "intake": ("collect", "status"), "report": ("report",)}


def double_clicks(root: Path, lang: Lang) -> dict[Path, tuple[str, ...]]:
    """The files in the order of the month, each with the commands that it runs."""
    return {root / say(f"windows.file_{name}", lang): commands for name, commands in _COMMANDS.items()}


def write_double_clicks(root: Path, lang: Lang) -> None:
    """Write them into the workspace.

    Raises:
        OutputError: One cannot be put in place.
    """
    program = _program_here()
    for path, commands in double_clicks(root, lang).items():
        write_bytes_whole(path, double_click_text(commands, program, lang).encode("utf-8"), lang)


def _program_here() -> PureWindowsPath | None:
    """The workplan.exe that writes this; elsewhere than on Windows there is none."""
    program = Path(sys.prefix) / "Scripts" / "workplan.exe"
    return PureWindowsPath(program) if program.is_file() else None


def double_click_text(commands: tuple[str, ...], program: PureWindowsPath | None, lang: Lang) -> str:
    """The text of one file: go to its own folder (also on a share), find the program, tell what was done.

    `program` is tried first; then a .venv in the workspace or beside it, the PATH, and Windows' own `py`.
    """
    tried = (*([str(program)] if program else []), *_VENVS)
    text = _TEXT.replace("PROGRAMS", " ".join(f'"{_escaped(each)}"' for each in tried))
    text = text.replace("CALLS", "\n".join(f"%RUN% -C . {each}" for each in commands))
    text = text.replace("NOT_FOUND", say("windows.not_found", lang))
    return text.strip().replace("\n", "\r\n") + "\r\n"


def _escaped(path: str) -> str:
    """As it stands between quotes in a .cmd: only the percent sign means something there."""
    return path.replace("%", "%%")
