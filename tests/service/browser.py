"""Chromium without a window: how wide the parts of a page are, how it prints, how it looks."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

# A page around ours that measures it: ours itself runs no script, its own policy forbids that.
_ASKING = """<!DOCTYPE html><meta charset="utf-8"><title>asking</title><body style="margin:0">
<iframe id="page" src="{page}" style="border:0;width:{width}px;height:900px"></iframe><pre id="told"></pre>
<script>document.getElementById("page").onload = function () {{
  var inside = this.contentDocument, out = [];
  inside.querySelectorAll("body *").forEach(function (each) {{
    var shown = getComputedStyle(each).display;
    if (each.getBoundingClientRect().right > {width} + 0.5
        || (shown != "inline" && shown != "none" && each.scrollWidth > each.clientWidth + 1))
      out.push(each.tagName + ": " + each.textContent.slice(0, 20));
  }});
  document.getElementById("told").textContent = JSON.stringify({{
    width: inside.documentElement.scrollWidth, sticks_out: out, title: document.title,
    foreign: inside.querySelectorAll("script, img, svg, iframe, link, object, embed, form, a").length,
    text: inside.body.innerText}});
}};</script>"""


def measured(page: Path, folder: Path, width: int) -> dict[str, Any]:
    """What the page is like in a window of that many pixels: width, what sticks out, its visible text."""
    asking = folder / f"asking-{width}.html"
    asking.write_text(_ASKING.format(page=page.as_uri(), width=width), encoding="utf-8")
    shown = chromium(folder, "--virtual-time-budget=3000", "--dump-dom", asking.as_uri())
    told = shown.partition('<pre id="told">')[2].partition("</pre>")[0]
    result: dict[str, Any] = json.loads(unescape(told))
    return result


def printed(page: Path, folder: Path) -> Path:
    """The page as a PDF, as the print dialogue makes it."""
    chromium(folder, "--no-pdf-header-footer", f"--print-to-pdf={folder / 'printed.pdf'}", page.as_uri())
    return folder / "printed.pdf"


def chromium(folder: Path, *arguments: str) -> str:
    """Run it once, in a profile of its own; return what it wrote."""
    assert PROGRAM is not None
    shown = subprocess.run(
        [PROGRAM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
         f"--user-data-dir={folder / 'profile'}", "--allow-file-access-from-files", *arguments],
        capture_output=True, encoding="utf-8", timeout=120, check=True, env={**os.environ, "HOME": str(folder)},
    )  # fmt: skip
    return shown.stdout
