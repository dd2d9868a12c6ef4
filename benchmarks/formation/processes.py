"""One process with its time, its answer and the most memory that it and its children took."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

LOOK_S = 0.2


def asked(command: Sequence[str], question: Mapping[str, object], patience_s: float) -> Any:
    """What the command answers (a mapping), with `mb`; `why` in words where it does not.

    The command gets the names of two JSON files, for the question and the answer.
    """
    with tempfile.TemporaryDirectory(prefix="clusterwork-bench-") as folder:
        files = [Path(folder) / name for name in ("question.json", "answer.json")]
        files[0].write_text(json.dumps(question), encoding="utf-8")
        ended, mb = _run([*command, *map(str, files)], patience_s)
        if ended is None:
            return {"why": f"not finished after {patience_s:,.0f} s", "mb": mb}
        if ended or not files[1].exists():
            return {"why": _ending(ended), "mb": mb}
        return {**json.loads(files[1].read_text(encoding="utf-8")), "mb": mb}


def _ending(code: int) -> str:
    if code >= 0:
        return f"ended with {code}"
    return f"stopped by {signal.Signals(-code).name}; most often for want of memory"


def _run(command: Sequence[str], patience_s: float) -> tuple[int | None, float]:
    """(how it ended, None if it was stopped; MB at most)."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    until, most = time.monotonic() + patience_s, 0.0
    while True:
        pid, status, usage = os.wait4(child.pid, os.WNOHANG)
        if pid:
            child.returncode = os.waitstatus_to_exitcode(status)
            return child.returncode, max(most, usage.ru_maxrss / 1024)
        most = max(most, family_mb(child.pid))
        if time.monotonic() > until:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            return None, most
        time.sleep(LOOK_S)


def family_mb(pid: int) -> float:
    """MB of a process and all below it now, what they share counted once; 0 where not told."""
    return _own_mb(pid) + sum(family_mb(child) for child in _children(pid))


def _own_mb(pid: int) -> float:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0.0
    told = (line.split()[1] for line in text.splitlines() if line.startswith("Pss:"))
    return sum(map(int, told)) / 1024


def _children(pid: int) -> list[int]:
    """Those of every thread."""
    found: list[int] = []
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += map(int, file.read_text(encoding="ascii").split())
        except OSError:
            continue
    return found
