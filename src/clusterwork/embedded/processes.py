"""Several programs run as one: started after the database, stopped in order, watched throughout."""

from __future__ import annotations

import queue
import signal
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from clusterwork.embedded.kept import Kept, Plan
from clusterwork.embedded.server import Server
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

ASKED_TO_STOP = ""
N_LAST_LINES = 10


class ProgramEnded(Problem):
    """A program that should run on ended by itself."""


@dataclass(frozen=True, slots=True)
class Program:
    """A command with its name, e.g. "web"; its output goes to `log`, or to us line by line."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    grace_s: float = 10.0
    log: Path | None = None


class Running:
    """A started program; puts its name in `ended` when it has ended."""

    def __init__(
        self,
        program: Program,
        ended: queue.SimpleQueue[str],
        tell: Callable[[str], None],
    ) -> None:
        self.name, self.last_lines = program.name, deque[str](maxlen=N_LAST_LINES)
        self._ended, self._log, self._tell = ended, program.log, tell
        plan = Plan(program.command, stop=signal.SIGTERM, grace_s=program.grace_s)
        self.kept = Kept(plan, env=program.env, output=subprocess.PIPE)
        self._reader = threading.Thread(target=self._follow, daemon=True)
        self._reader.start()

    def stop(self) -> None:
        """End it and wait until it has ended and its last words are written."""
        self.kept.stop()
        self._reader.join()

    def _follow(self) -> None:
        if self._log:
            with self._log.open("a", encoding="utf-8", buffering=1) as log:
                self._pass_on(lambda line: print(line, file=log))
        else:
            self._pass_on(lambda line: self._tell(f"{self.name}: {line}"))
        self.kept.wait()
        self._ended.put(self.name)

    def _pass_on(self, write: Callable[[str], None]) -> None:
        for raw in self.kept.output or ():
            line = raw.decode("utf-8", errors="replace").rstrip("\r\n")
            self.last_lines.append(line)
            write(line)


def run_together(
    server: Server,
    programs: Sequence[Program],
    *,
    tell: Callable[[str], None] = print,
    started: Callable[[], None] = lambda: None,
) -> None:
    """Run `programs` until SIGINT or SIGTERM; then stop them in their order, and `server` last.

    A second signal cuts the waiting short. `started` is called when all have been started.
    Call from the main thread. Raises ProgramEnded when one of them, or the server, ends by
    itself; the others are stopped then too.
    """
    ended: queue.SimpleQueue[str] = queue.SimpleQueue()
    running: list[Running] = []
    with _signals_to(lambda: ended.put(ASKED_TO_STOP), lambda: _force(running, server)):
        try:
            running.extend(Running(program, ended, tell) for program in programs)
            _watch(server, ended)
            started()
            first = ended.get()
        finally:
            for each in running:
                each.stop()
            server.stop()
    if first != ASKED_TO_STOP:
        raise _program_ended(first, running, server)


def _watch(server: Server, ended: queue.SimpleQueue[str]) -> None:
    def wait() -> None:
        if server.kept:
            server.kept.wait()
            ended.put("PostgreSQL")

    threading.Thread(target=wait, daemon=True).start()


def _force(running: Sequence[Running], server: Server) -> None:
    """Cut short what is being waited for: the programs, or when these are gone the server."""
    still = [each.kept for each in running if each.kept.is_running()]
    for kept in still or ([server.kept] if server.kept else []):
        kept.force()


@contextmanager
def _signals_to(first: Callable[[], None], later: Callable[[], None]) -> Iterator[None]:
    """SIGINT and SIGTERM call `first` once and `later` ever after."""
    actions = iter([first])

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        next(actions, later)()

    before = {each: signal.signal(each, on_signal) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _program_ended(name: str, running: Sequence[Running], server: Server) -> ProgramEnded:
    lines = next((each.last_lines for each in running if each.name == name), None)
    if lines is None:
        lines = deque(server.log.read_text(errors="replace").splitlines(), maxlen=N_LAST_LINES)
    return ProgramEnded(
        Message(N_("A part of Clusterwork ended by itself: %(name)s."), {"name": name}),
        why=Message(N_("Its last words were: %(lines)s"), {"lines": "\n" + "\n".join(lines)}),
        next_step=Message(N_("The other parts were stopped too.")),
    )
