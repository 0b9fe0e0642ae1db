"""A dask.distributed cluster as an executor (extra `cluster`): reached, of the same program, or why not."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from typing import Any

from workplan_xlsx.errors import ClusterError, UsageError
from workplan_xlsx.intake.program import program
from workplan_xlsx.words import Lang, say

_CONNECT_SECONDS = 10
_PATIENCE_SECONDS = 30.0
"""How long a cluster may be without any worker: a lost one is started again by its keeper meanwhile."""
_MOST_NAMED = 5
_log = logging.getLogger(__name__)


class Cluster(Executor):
    """The workers of a cluster."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._executor = client.get_executor(pure=False)
        self._alone_since: float | None = None

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have a worker call it."""
        future: Future[Any] = self._executor.submit(function, *args, **kwargs)
        return future

    def everywhere(self, function: Callable[..., object], *args: object) -> dict[str, object]:
        """Call it once in each worker; return by address what each said, or the exception that it met."""
        told: dict[str, object] = self._client.run(function, *args, on_error="return")
        return told

    def in_reach(self) -> bool:
        """Whether there is, or was lately, any worker."""
        try:
            workers = self._client.scheduler_info(n_workers=-1)["workers"]
            alone = self._client.status != "running" or not workers
        except Exception as error:  # noqa: BLE001 - a scheduler that is gone answers in many ways
            _log.info("the scheduler does not answer: %s: %s", type(error).__name__, error)
            alone = True
        if not alone:
            self._alone_since = None
        elif self._alone_since is None:
            self._alone_since = time.monotonic()
        return self._alone_since is None or time.monotonic() - self._alone_since < _PATIENCE_SECONDS


@contextmanager
def reach_cluster(address: str, lang: Lang) -> Iterator[Cluster]:
    """Yield the cluster whose scheduler has the address (tcp://host:8786).

    Raises:
        UsageError: The extra is not installed.
        ClusterError: The scheduler does not answer, has no workers, or they have another program.
    """
    try:
        import distributed

        connect: Any = distributed.Client
    except ImportError as error:
        raise UsageError(say("intake.no_cluster_extra", lang)) from error
    try:
        client = connect(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise ClusterError(say("intake.no_scheduler", lang, address=address)) from error
    with client:
        cluster = Cluster(client)
        _check_programs(cluster, address, lang)
        yield cluster


def _check_programs(cluster: Cluster, address: str, lang: Lang) -> None:
    try:
        told = cluster.everywhere(program)
    except OSError as error:
        raise ClusterError(say("intake.no_scheduler", lang, address=address)) from error
    programs = {worker: its for worker, its in told.items() if not isinstance(its, OSError)}  # lost meanwhile
    if not programs:
        raise ClusterError(say("intake.no_workers", lang, address=address))
    unable = {worker: its for worker, its in programs.items() if isinstance(its, Exception)}
    if unable:
        raise ClusterError(say("intake.no_program_there", lang, why=_listed(unable)))
    others = {worker: its for worker, its in programs.items() if its != program()}
    if others:
        raise ClusterError(say("intake.other_program", lang, ours=program(), others=_listed(others)))


def _listed(told: Mapping[str, object]) -> str:
    return "; ".join(sorted(f"{worker}: {its}" for worker, its in told.items())[:_MOST_NAMED])
