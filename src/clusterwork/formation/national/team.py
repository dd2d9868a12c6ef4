"""Who does the jobs: this process by itself, or several processes."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from multiprocessing.synchronize import Event
from typing import Any, Protocol

from clusterwork.formation.instance import Instance
from clusterwork.formation.national.whole import Whole

ASK_EVERY = 0.2
"""Seconds between two looks whether the caller wants to stop."""


class Job(Protocol):
    """Something to do for a region; it is sent to other processes and its result back."""

    @property
    def place(self) -> int: ...

    def run(self, whole: Whole, stop: Callable[[], bool]) -> Any: ...


class Team(Protocol):
    """Does jobs. `size`: how many at one time."""

    size: int

    def each(self, jobs: Iterator[Job]) -> Iterator[tuple[Job, Any]]:
        """Each job, taken from `jobs` when somebody is free, with its result."""
        ...


class Alone:
    """This process."""

    size = 1

    def __init__(self, whole: Whole, stop: Callable[[], bool]) -> None:
        self.whole, self.stop = whole, stop

    def each(self, jobs: Iterator[Job]) -> Iterator[tuple[Job, Any]]:
        """One after another."""
        for job in jobs:
            yield job, job.run(self.whole, self.stop)


class Processes:
    """Several processes, each with all the schools."""

    def __init__(
        self, pool: ProcessPoolExecutor, size: int, asked: Event, stop: Callable[[], bool]
    ) -> None:
        self.pool, self.size, self.asked, self.stop = pool, size, asked, stop

    def each(self, jobs: Iterator[Job]) -> Iterator[tuple[Job, Any]]:
        """As many at a time as there are processes."""
        running: dict[Future[Any], Job] = {}
        while True:
            while len(running) < self.size and (job := next(jobs, None)) is not None:
                with _uninterrupted():
                    running[self.pool.submit(_run, job)] = job
            if not running:
                return
            done, _ = wait(running, timeout=ASK_EVERY, return_when=FIRST_COMPLETED)
            if self.stop():
                self.asked.set()
            for future in done:
                yield running.pop(future), future.result()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Processes that are begun within are never told of Ctrl-C: they are asked to stop instead."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def team(whole: Whole, size: int, stop: Callable[[], bool]) -> Iterator[Team]:
    """A team for as long as it is needed; `stop` is asked often."""
    if size <= 1:
        yield Alone(whole, stop)
        return
    context = multiprocessing.get_context("spawn")
    asked = context.Event()
    pool = ProcessPoolExecutor(size, context, _begin, (whole.instance, asked))
    try:
        yield Processes(pool, size, asked, stop)
    finally:
        asked.set()
        pool.shutdown(cancel_futures=True)


_HERE: dict[str, Any] = {}
"""What this process was begun with."""


def _begin(instance: Instance, asked: Event) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _HERE.update(whole=Whole(instance), asked=asked)


def _end_with_parent() -> None:
    """A process whose parent was killed has nobody left to work for."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _run(job: Job) -> Any:
    return job.run(_HERE["whole"], _HERE["asked"].is_set)
