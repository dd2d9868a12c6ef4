"""A command under its keeper, as seen by the starter; knows nothing of what the command does."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from signal import SIGKILL, SIGTERM
from typing import IO, Any

KEEPER = Path(__file__).with_name("keeper.py")


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run and how to end it; `user` is (user id, group id), None for the starter's own.

    The folders in `remove` are deleted when the command has ended, however it ended.
    """

    command: Sequence[str]
    stop: int = SIGTERM
    force: int = SIGKILL
    grace_s: float = 10.0
    user: tuple[int, int] | None = None
    remove: Sequence[str] = ()


class Kept:
    """A running command. It ends with `stop`, with `force`, or when this process is gone."""

    def __init__(
        self,
        plan: Plan,
        *,
        env: Mapping[str, str],
        output: int | IO[Any],
        cwd: Path | None = None,
        pass_fds: Sequence[int] = (),
    ) -> None:
        self._remove = plan.remove
        self._process = subprocess.Popen(  # noqa: S603 - a list, no shell
            [sys.executable, "-I", "-S", str(KEEPER), json.dumps(asdict(plan))],
            env=dict(env),
            cwd=cwd,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            pass_fds=pass_fds,
            start_new_session=True,
        )

    @property
    def output(self) -> IO[bytes] | None:
        return self._process.stdout

    def is_running(self) -> bool:
        return self._process.poll() is None

    def wait(self, timeout_s: float | None = None) -> int:
        """Exit code of the command; 128 + n when signal n ended it."""
        return self._process.wait(timeout_s)

    def stop(self) -> int:
        """Ask it to end and wait until it has; the exit code. May be called again."""
        assert self._process.stdin is not None  # noqa: S101 - always a pipe
        self._process.stdin.close()
        code = self._process.wait()
        for folder in self._remove:  # still there only when the keeper itself was killed
            shutil.rmtree(folder, ignore_errors=True)
        return code

    def force(self) -> None:
        """Cut the present waiting short: the next harder way of ending is used at once."""
        if self.is_running():
            self._process.send_signal(SIGTERM)
