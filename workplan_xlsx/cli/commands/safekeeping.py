"""Against loss: backup, restore."""

from __future__ import annotations

from pathlib import Path

import click

from workplan_xlsx.cli.commands.making import ALL_WELL, NEEDS_A_PERSON, command, path
from workplan_xlsx.cli.console import office_of, tell
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed

_A_MEGABYTE = 2**20


def commands(lang: Lang) -> list[click.Command]:
    """Return these commands in one language."""
    return [
        command("backup", lang, _backup, path("file")),
        command("restore", lang, _restore, path("file"), path("root", ".")),
    ]


def _backup(ctx: click.Context, file: Path) -> None:
    from workplan_xlsx import pipeline

    with office_of(ctx, lock="backup") as office:
        made = pipeline.back_up(office, file)
        size = f"{made.size_bytes / 2**20:.1f} MB" if made.size_bytes >= _A_MEGABYTE else "< 1 MB"
        tell(
            say("backup.made", office.lang, path=made.path, size=size, parts=listed(made.parts, office.lang))
        )
        if made.missing:
            tell(say("backup.missing", office.lang, files=listed(made.missing, office.lang)))
        if made.waiting:
            tell(say("backup.waiting", office.lang, count=made.waiting))
    ctx.exit(NEEDS_A_PERSON if made.missing or made.waiting else ALL_WELL)


def _restore(ctx: click.Context, file: Path, root: Path) -> None:
    from workplan_xlsx import pipeline

    lang = ctx.obj["lang"]
    place = root if str(root) != "." else ctx.obj["root"]
    made = pipeline.restore(file, place, lang=lang)
    periods = listed(made.periods, lang) or say("backup.no_periods", lang)
    facts = {"folder": made.root, "at": f"{made.made_at:%Y-%m-%d %H:%M}", "periods": periods}
    tell(say("backup.restored", lang, tasks=made.tasks, units=made.units, **facts))
    tell(say("backup.restore_next", lang, folder=made.root))
