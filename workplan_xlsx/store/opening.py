"""Opening the store: where it is, whether it is ours and current, and everything that can be asked of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from sqlalchemy import URL, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from workplan_xlsx.errors import StoreError
from workplan_xlsx.store.claims import InboxClaims
from workplan_xlsx.store.door import WAIT_SECONDS, keep_sqlite_safe, one_writer_at_a_time
from workplan_xlsx.store.editions import Editions
from workplan_xlsx.store.inbox_files import InboxFiles
from workplan_xlsx.store.intake_decisions import IntakeDecisions
from workplan_xlsx.store.issuing import IssuedForms
from workplan_xlsx.store.jobs import StandingJobs
from workplan_xlsx.store.ledgers import Ledgers
from workplan_xlsx.store.mailed_forms import MailedForms
from workplan_xlsx.store.migrating import bring_up_to_date
from workplan_xlsx.store.outgoing import OutgoingMails
from workplan_xlsx.store.runs import Runs
from workplan_xlsx.store.submissions import Submissions
from workplan_xlsx.words import Lang, say

_PASSWORD = re.compile(r"(://[^:@/]*):.*@")


class Store(
    Ledgers,
    IssuedForms,
    Submissions,
    InboxFiles,
    InboxClaims,
    IntakeDecisions,
    Editions,
    Runs,
    StandingJobs,
    OutgoingMails,
    MailedForms,
):
    """What stays between runs; made by `open_store`."""


@contextmanager
def open_store(location: Path | str, *, lang: Lang = "zh") -> Iterator[Store]:
    """Yield the store at the path (SQLite) or database URL (`postgresql+psycopg://...`); made when absent.

    Raises:
        StoreError: It is damaged, newer than this program, something else, or cannot be reached; the
            sentence says what to do.
    """
    url = url_of(location, lang)
    place = url.database or "" if url.get_backend_name() == "sqlite" else url.render_as_string()
    engine = _engine(url, place, lang)
    try:
        store = Store(engine, place, lang)
        bring_up_to_date(store, lang)
        yield store
    finally:
        engine.dispose()


def url_of(location: Path | str, lang: Lang) -> URL:
    """Return the address of the store.

    Raises:
        StoreError: It is no address that we know, or its folder does not exist.
    """
    if isinstance(location, str) and "://" in location:
        try:
            url = make_url(location)
        except (ArgumentError, ValueError):  # a port that is no number
            shown = _PASSWORD.sub(r"\1:***@", location)
            raise StoreError(say("store.bad_url", lang, location=shown)) from None
        if url.get_backend_name() not in ("sqlite", "postgresql"):
            raise StoreError(say("store.bad_url", lang, location=url.render_as_string()))
        return url
    path = Path(location)
    if path.is_dir():
        raise StoreError(say("store.is_a_folder", lang, location=path))
    if not path.parent.is_dir():
        raise StoreError(say("store.no_folder", lang, location=path, folder=path.parent))
    return URL.create("sqlite", database=str(path))


@lru_cache(maxsize=8)
def _engine(url: URL, place: str, lang: Lang) -> Engine:
    """Kept for the next opening: an engine compiles each statement once; its connections are closed."""
    try:
        if url.get_backend_name() == "sqlite":
            engine = create_engine(url, connect_args={"timeout": WAIT_SECONDS})
            keep_sqlite_safe(engine)
        else:
            engine = create_engine(url)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreError(say("store.no_driver", lang, location=place, why=error)) from error
    one_writer_at_a_time(engine)
    return engine
