"""What makes the machine look by itself: a systemd unit with its timer, or a task for Windows; only text."""

from __future__ import annotations

import hashlib
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree as Xml

from workplan_xlsx.words import Lang, say

_EVERY_MINUTES = 10
_MOST_CHARACTERS, _TAG_DIGITS = 40, 8
_NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"


def job_name(plan: str) -> str:
    """What the machine calls it: a word that systemd, schtasks, their shells and any disk take as it stands.

    A plan's code may be any text. What is no plain letter, digit or hyphen in it is left out, and a tag keeps
    the names of two such plans apart.
    """
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", plan).strip("-")[:_MOST_CHARACTERS]
    if plain == plan:
        return f"workplan-{plan}"
    tag = hashlib.sha256(plan.encode()).hexdigest()[:_TAG_DIGITS]
    return "-".join(filter(None, ("workplan", plain, tag)))


def systemd_units(root: Path, python: Path, plan: str, lang: Lang) -> str:
    """Return the service and its timer, one after the other, each headed by the name of its file.

    Persistent=true: a look that was missed while the machine was off is made up at once. Exit codes 1 (a
    person is needed) and 4 (another run is at work) are no failure of the service.
    """
    facts = {
        "name": job_name(plan),
        "command": _command(python, "-m", "workplan_xlsx", *_arguments(root)),
        "description": say("service.unit_description", lang).replace("%", "%%"),
        "minutes": _EVERY_MINUTES,
    }
    return say("service.systemd_units", lang, **facts).strip() + "\n"


def windows_task(root: Path, python: Path, lang: Lang) -> str:
    """Return a task for `schtasks /create /xml`, in plain ASCII: any console can redirect it into a file.

    StartWhenAvailable: a look that was missed is made up at once. Repetition without an end: day and night.
    """
    task = Xml.Element("Task", {"version": "1.2", "xmlns": _NAMESPACE})
    _add(task, "RegistrationInfo", ("Description", say("service.unit_description", lang)))
    trigger = _add(_add(task, "Triggers"), "TimeTrigger")
    _add(trigger, "Repetition", ("Interval", f"PT{_EVERY_MINUTES}M"))
    _add(trigger, "StartBoundary").text = "2020-01-01T00:00:00"
    _add(trigger, "Enabled").text = "true"
    settings = (
        ("MultipleInstancesPolicy", "IgnoreNew"),
        ("DisallowStartIfOnBatteries", "false"),
        ("StopIfGoingOnBatteries", "false"),
        ("StartWhenAvailable", "true"),
        ("ExecutionTimeLimit", "PT2H"),
    )
    _add(task, "Settings", *settings)
    arguments = subprocess.list2cmdline(("-m", "workplan_xlsx", *_arguments(root)))
    call = (("Command", str(python)), ("Arguments", arguments))
    _add(_add(task, "Actions"), "Exec", *call)
    Xml.indent(task)
    text: bytes = Xml.tostring(task, encoding="us-ascii", xml_declaration=False)
    return '<?xml version="1.0"?>\n' + text.decode()


def _arguments(root: Path) -> tuple[str, ...]:
    return ("-C", str(root), "run", "--once")


def _command(program: Path, *arguments: str) -> str:
    """ExecStart=: only in the arguments is $ the sign of a variable."""
    return " ".join([_quoted(str(program)), *(_quoted(each).replace("$", "$$") for each in arguments)])


def _quoted(word: str) -> str:
    """One word: quotes and backslashes escaped, % and the end of a line meant as they stand."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("\n", "\\n")
    return f'"{escaped}"'


def _add(parent: Xml.Element, name: str, *texts: tuple[str, str]) -> Xml.Element:
    element = Xml.SubElement(parent, name)
    for child, text in texts:
        Xml.SubElement(element, child).text = text
    return element
