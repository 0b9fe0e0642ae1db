"""A workspace: a folder with workplan.toml, and the paths and the store that belong to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from workplan_xlsx.config import Config
from workplan_xlsx.config_file import load_config
from workplan_xlsx.domain.model import Ledger
from workplan_xlsx.domain.pacing import paced
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.workdays import Deadline, Workdays, deadline_of
from workplan_xlsx.errors import StoreError, UsageError
from workplan_xlsx.store.lock import workspace_lock
from workplan_xlsx.store.opening import Store, open_store
from workplan_xlsx.words import Lang, say


@dataclass(frozen=True, slots=True)
class Folders:
    """Where things lie in a workspace."""

    root: Path

    @property
    def ledger(self) -> Path:
        """The coordinator's working book."""
        return _below(self.root, "ledger.xlsx")

    @property
    def inbox(self) -> Path:
        """Where returned forms are dropped."""
        return _below(self.root, "inbox")

    def templates(self, period: Period) -> Path:
        """The folder of a period's forms."""
        return self.root / "templates" / str(period)

    def outbox(self, period: Period) -> Path:
        """The folder of a period's marked copies, receipts and ranking workbooks."""
        return _below(self.root, "outbox", str(period))


@lru_cache(maxsize=64)
def _below(root: Path, *names: str) -> Path:
    """Asked for several times a form."""
    return root.joinpath(*names)


@dataclass(frozen=True, kw_only=True)
class Office:
    """An opened workspace: what every step works with. `now` is the moment of the run, with time zone."""

    folders: Folders
    config: Config
    store: Store
    workdays: Workdays
    now: datetime
    lang: Lang

    def deadline(self, period: Period) -> Deadline:
        """报送时限 of the period, moved off days off."""
        return deadline_of(period, self.config.deadline, self.workdays, self.config.zone)

    def ledger(self) -> Ledger:
        """The ledger in force.

        Raises:
            UsageError: None has been recorded yet.
        """
        ledger = self.store.ledger_in_force()
        if ledger is None:
            raise UsageError(say("cli.no_ledger", self.lang))
        return paced(ledger, self.config.rules.curve)

    def later(self, wait: timedelta) -> datetime:
        """The moment so much later, in the workspace's time zone (also across a change of clocks)."""
        return (self.now.astimezone(UTC) + wait).astimezone(self.config.zone)

    def below(self, path: Path) -> str:
        """The path as a person of this workspace reads it: below its folder, with /."""
        return path.relative_to(self.folders.root).as_posix()

    def period(self, text: str) -> Period:
        """Read a period of this plan.

        Raises:
            UsageError: It is no period, of another year, or of another rhythm; the sentence gives examples.
        """
        try:
            period = Period.parse(text)
        except ValueError:
            period = None
        if period is None or period.year != self.config.year or period.rhythm is not self.config.rhythm:
            known = Period.all_of(self.config.year, self.config.rhythm)
            facts = {"text": text, "first": known[0], "last": known[-1]}
            raise UsageError(say("cli.no_such_period", self.lang, **facts))
        return period


_SHARE_AN_INBOX = ("collect",)
"""Commands that let each other in where the store is on a server, which knows who has claimed what."""


@contextmanager
def open_office(
    root: Path,
    *,
    now: datetime | None,
    lang: Lang | None,
    lock: str = "",
    patience_seconds: float = 0.0,
    config: Config | None = None,
) -> Iterator[Office]:
    """Open the workspace in the folder; `now` None takes the clock in the workspace's time zone.

    `lock` names the command that changes something and must be alone; "" only looks. `patience_seconds` is
    how long it waits for a look of the service to end. `config` spares whoever has read workplan.toml already
    from reading it again.

    Raises:
        LockedError: Another run holds the workspace.
        ConfigError: workplan.toml is missing or holds mistakes.
        StoreError: The store cannot be opened, or is gone though forms went out from it.
    """
    config = config or load_config(root, lang=lang)
    moment = now or datetime.now(config.zone)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=config.zone)
    language = lang or config.language
    alone = (
        workspace_lock(
            root,
            lock,
            moment,
            language,
            patience_seconds=patience_seconds,
            shared=lock in _SHARE_AN_INBOX and str(config.store).startswith("postgresql"),
        )
        if lock
        else nullcontext()
    )
    _store_is_there(root, config, language)
    with alone, open_store(config.store, lang=language) as store:
        yield Office(
            folders=Folders(root),
            config=config,
            store=store,
            workdays=config.workdays(),
            now=moment,
            lang=language,
        )


def _store_is_there(root: Path, config: Config, lang: Lang) -> None:
    """An empty store begun anew where forms have gone out would forget the whole year without a word."""
    store = config.store
    if isinstance(store, str) or (store.exists() and store.stat().st_size > 0):
        return
    if any((root / "templates").glob("*/*.xlsx")):
        raise StoreError(say("store.gone", lang, location=store))
