"""A small program that runs one command and leaves nothing of it when its starter is gone.

Run by path with `python -I -S`; uses the standard library only. Its standard input is a pipe
that the starter holds: when that closes, for whatever reason, the command is asked to stop
(`stop`), after `grace_s` seconds told to (`force`), and after as long again killed with every
process that it left. SIGTERM to the keeper ends the waiting: the next harder way is used at
once. Linux adds a death signal, in case the keeper itself is killed, and the care of orphaned
grandchildren.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import select
import shutil
import signal
import stat
import struct
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

ON_LINUX = sys.platform == "linux"
SET_DEATH_SIGNAL, SET_KEEP_CAPABILITIES, SET_SECURE_BITS = 1, 8, 28
SET_SUBREAPER, SET_AMBIENT = 36, 47
NO_SETUID_FIXUP = 1 << 2
DAC_OVERRIDE, DAC_READ_SEARCH = 1, 2
CAPABILITY_VERSION_3 = 0x20080522
PARENT_CHECK_S = 1.0


def prctl(option: int, value: int, second: int = 0) -> None:
    """Set one attribute of this process; Linux only, and a refusal is not an error."""
    if ON_LINUX:
        ctypes.CDLL(None).prctl(option, value, second, 0, 0)


def passing_capability(program: str) -> int | None:
    """The least capability with which another user reaches `program` and its data; None if none.

    Both open closed folders; only the stronger one runs a program that others may not run.
    """
    if not ON_LINUX:
        return None
    status = Path("/proc/self/status").read_text()
    permitted = int(status.split("CapPrm:")[1].split()[0], 16)
    for_all = Path(program).stat().st_mode & stat.S_IXOTH
    wanted = (DAC_READ_SEARCH, DAC_OVERRIDE) if for_all else (DAC_OVERRIDE,)
    return next((each for each in wanted if permitted >> each & 1), None)


def become(user: int, group: int, program: str) -> None:
    """Give up root for `user`, keeping only the right to pass through closed parent folders.

    Without fix-up at the change of user, so that access(2), by which PostgreSQL looks for its
    own programs, counts the capability too.
    """
    capability = passing_capability(program)
    if capability is not None:
        prctl(SET_KEEP_CAPABILITIES, 1)  # enough where the next is refused, save for access(2)
        prctl(SET_SECURE_BITS, NO_SETUID_FIXUP)
    os.setgroups([])
    os.setregid(group, group)
    os.setreuid(user, user)
    if capability is not None:
        only = 1 << capability
        header = struct.pack("Ii", CAPABILITY_VERSION_3, 0)
        ctypes.CDLL(None).capset(header, struct.pack("6I", only, only, only, 0, 0, 0))
        prctl(SET_AMBIENT, 2, capability)


def run_command(plan: dict[str, Any], keeper: int) -> NoReturn:
    """In the child: become the user, then the command."""
    try:
        signal.set_wakeup_fd(-1)
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        if plan["user"]:
            user, group = plan["user"]
            become(user, group, plan["command"][0])
        prctl(SET_DEATH_SIGNAL, plan["stop"])
        if os.getppid() == keeper:
            os.execvp(plan["command"][0], plan["command"])  # noqa: S606 - a list, no shell
    except OSError as error:
        sys.stderr.write(f"{plan['command'][0]}: {error}\n")
        sys.stderr.flush()
    os._exit(127)


def start(plan: dict[str, Any]) -> int:
    """Start the command in a group of its own; its process id."""
    keeper = os.getpid()
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        run_command(plan, keeper)
    return child


def send(child: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(child, number)


def ended(child: int) -> int | None:
    """Exit code of `child` if it has ended (128 + n for signal n); reaps every other orphan."""
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return 0
        if pid == child:
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else 128 - code
        if pid == 0:
            return None


def wait_until_told_or_ended(child: int, bell: int, parent: int) -> tuple[int | None, bool]:
    """Block until `child` ends (its exit code) or it should (None); True if without patience."""
    while True:
        ready, _, _ = select.select([0, bell], [], [], PARENT_CHECK_S)
        impatient = bell in ready and signal.SIGTERM in os.read(bell, 64)
        code = ended(child)
        if code is not None or impatient or 0 in ready or os.getppid() != parent:
            return code, impatient


def wait_at_most(child: int, seconds: float, bell: int) -> int | None:
    """Exit code of `child`, or None after `seconds` or as soon as the starter is impatient."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        code = ended(child)
        if code is not None:
            return code
        ready, _, _ = select.select([bell], [], [], max(0.0, until - time.monotonic()))
        if ready and signal.SIGTERM in os.read(bell, 64):
            break
    return ended(child)


def kill_what_is_left(child: int) -> None:
    """Kill the command's group and, on Linux, any descendant that left the group."""
    orphans = Path(f"/proc/self/task/{os.getpid()}/children")
    while True:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child, signal.SIGKILL)
        for pid in orphans.read_text().split() if orphans.exists() else []:
            send(int(pid), signal.SIGKILL)
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def stop(child: int, plan: dict[str, Any], bell: int, *, impatient: bool) -> int:
    """Ask (unless impatient), then tell, then kill; the exit code."""
    for number in (plan["stop"], plan["force"])[impatient:]:
        send(child, number)
        code = wait_at_most(child, plan["grace_s"], bell)
        if code is not None:
            return code
    send(child, signal.SIGKILL)
    return 128 + signal.SIGKILL


def open_bell() -> int:
    """A pipe that turns readable, with the signal's number, at each signal of interest."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    for number in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    return reading


def main() -> int:
    plan = json.loads(sys.argv[1])
    parent = os.getppid()
    prctl(SET_SUBREAPER, 1)
    bell = open_bell()
    child = start(plan)
    code, impatient = wait_until_told_or_ended(child, bell, parent)
    if code is None:
        code = stop(child, plan, bell, impatient=impatient)
    kill_what_is_left(child)
    for folder in plan["remove"]:
        shutil.rmtree(folder, ignore_errors=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
