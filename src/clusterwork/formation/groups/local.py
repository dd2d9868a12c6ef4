"""Groups formed side by side on this machine, each in a process of its own."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from multiprocessing.context import BaseContext
from multiprocessing.synchronize import Event

from clusterwork.formation.groups.counts import share_count
from clusterwork.formation.groups.forming import Failed, Formed, form_group, without
from clusterwork.formation.instance import Instance, School
from clusterwork.formation.policy import Policy
from clusterwork.kernel.messages import N_, Message

ASK_SECONDS = 0.2
"""How often it is asked whether to stop."""


class ProcessLost(Failed):
    """The operating system ended the process, most often for want of memory."""

    def __init__(self) -> None:
        super().__init__(
            "the process was ended from outside",
            Message(N_("Form these schools on a machine with more memory.")),
        )


@dataclass(frozen=True, slots=True)
class Job:
    """One group to form."""

    group: str
    schools: tuple[School, ...]
    policy: Policy
    time_limit_s: float
    seed: int

    def lost(self) -> Formed:
        """What to say when its process was ended from outside."""
        ids = sorted(school.id for school in self.schools)
        return without(self.group, ids, ProcessLost(), self.policy, seconds=0.0, seed=self.seed)


@dataclass
class _Desk:
    """What a worker process has on its desk from the start."""

    whole: Instance = field(default_factory=lambda: Instance(schools=()))
    stop: Event | None = None

    def stopped(self) -> bool:
        return self.stop is not None and self.stop.is_set()


_DESK = _Desk()


def _sit_down(whole: Instance, stop: Event) -> None:
    """Ctrl-C reaches all processes of a terminal; only the first one decides what it means."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _DESK.whole, _DESK.stop = whole, stop


def _work(job: Job) -> Formed:
    return form_group(
        job.group,
        job.schools,
        _DESK.whole,
        job.policy,
        time_limit_s=job.time_limit_s,
        seed=job.seed,
        should_stop=_DESK.stopped,
    )


def grouped(schools: Iterable[School]) -> dict[str, tuple[School, ...]]:
    """Schools by authority, in the order of its name; "" where it is not known."""
    found: defaultdict[str, list[School]] = defaultdict(list)
    for school in schools:
        found[school.authority.strip()].append(school)
    return {group: tuple(found[group]) for group in sorted(found)}


def form_groups(
    groups: Mapping[str, Sequence[School]],
    whole: Instance,
    *,
    time_limit_s: float = 20.0,
    seed: int = 0,
    workers: int | None = None,
    should_stop: Callable[[], bool] | None = None,
    tell: Callable[[Formed], None] | None = None,
) -> tuple[Formed, ...]:
    """One answer a group, in the order given, from `workers` processes (None: one a core).

    `whole` has the policy and whatever else is known (`part_of`). `time_limit_s` is for each
    group. `tell` is called as groups are done, the largest begun first. Once `should_stop` says
    True each group gives the best that it has. A group whose process is ended from outside is
    tried once more by itself. Raises `CountCannotBeShared` and `PyramidsAreNotShared`.
    """
    policies = share_count(whole.policy, {group: len(there) for group, there in groups.items()})
    jobs = [
        Job(group, tuple(there), policies[group], time_limit_s, seed)
        for group, there in groups.items()
    ]
    jobs.sort(key=lambda job: -len(job.schools))
    team = _Team(replace(whole, schools=()), should_stop, tell)
    team.work(jobs, min(workers or _cores(), max(len(jobs), 1)))
    for job in jobs:
        if job.group not in team.done:
            team.work([job], 1)
        if job.group not in team.done:
            team.keep(job.lost())
    return tuple(team.done[group] for group in groups)


def _cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _context() -> BaseContext:
    """Fresh processes, copied from one that has read the libraries where that can be done."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


class _Team:
    """Worker processes, and what they have brought back."""

    def __init__(
        self,
        whole: Instance,
        should_stop: Callable[[], bool] | None,
        tell: Callable[[Formed], None] | None,
    ) -> None:
        self.whole, self.should_stop, self.tell = whole, should_stop, tell
        self.context = _context()
        self.stop = self.context.Event()
        self.done: dict[str, Formed] = {}

    def work(self, jobs: Sequence[Job], workers: int) -> None:
        """Do these jobs; those in the hands of a pool that breaks are not in `done` after it."""
        pool = ProcessPoolExecutor(
            workers, self.context, initializer=_sit_down, initargs=(self.whole, self.stop)
        )
        try:
            open_jobs = {pool.submit(_work, job) for job in jobs}
            while open_jobs:
                ready, open_jobs = wait(open_jobs, ASK_SECONDS, FIRST_COMPLETED)
                self._collect(ready)
                if self.should_stop is not None and self.should_stop():
                    self.stop.set()
        except BaseException:
            self.stop.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
        pool.shutdown()

    def _collect(self, ready: Iterable[Future[Formed]]) -> None:
        for future in ready:
            if not isinstance(future.exception(), BrokenProcessPool):
                self.keep(future.result())

    def keep(self, formed: Formed) -> None:
        """Note one answer, and tell of it."""
        self.done[formed.group] = formed
        if self.tell is not None:
            self.tell(formed)
