"""Programs run together for real: stopped in order, watched, and gone when the starter is."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

import psutil
import pytest

from clusterwork.embedded.tests.conftest import Start, users_of, wait_until

RUN_TWO = """
import os, sys
from pathlib import Path
from clusterwork.embedded import Server
from clusterwork.embedded.processes import Program, run_together
from clusterwork.kernel.errors import Problem
folder, web, worker = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
python = [sys.executable, "-u", "-c"]
with Server.start(folder, fsync=False) as server:
    env = {**os.environ, **server.environment()}
    programs = [
        Program("web", [*python, web, str(folder)], env, grace_s=30),
        Program("worker", [*python, worker, str(folder)], env, log=folder / "worker.log"),
    ]
    try:
        run_together(server, programs, tell=lambda line: print(line, flush=True))
    except Problem as problem:
        sys.exit(f"problem: {problem}")
print("ended", flush=True)
"""
POLITE = """
import os, signal, sys, time
name = {name!r}
def leave(*_):
    print("leaving", flush=True)
    open(sys.argv[1] + "/order", "a").write(name + "\\n")
    sys.exit()
signal.signal(signal.SIGTERM, leave)
print("ready", os.environ["DATABASE_URL"][:10], flush=True)
while True: time.sleep(1)
"""
STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("ready", flush=True)
while True: time.sleep(1)
"""
WITH_CHILDREN = """
import subprocess, sys, time
sleep = [sys.executable, "-c", "import time; time.sleep(60)", sys.argv[1]]
subprocess.Popen(sleep)
subprocess.Popen(sleep, start_new_session=True)
print("something went wrong here", flush=True)
print("ready", flush=True)
time.sleep(60)
"""
GRANIAN = """
import os, sys
open(sys.argv[1] + "/small_site.py", "w").write('''
def app(environ, start):
    start("200 OK", [])
    return [b"here"]
''')
os.chdir(sys.argv[1])
os.execv(sys.executable, [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", "0",
    "--workers", "2", "--working-dir", sys.argv[1], "small_site:app"])
"""


def wait_for(process: subprocess.Popen[str], words: str) -> None:
    assert process.stdout
    seen = []
    for line in process.stdout:
        if words in line:
            return
        seen.append(line)
    raise AssertionError("".join(seen))


def is_kept(process: psutil.Process) -> bool:
    parent = process.parent()
    return parent is not None and any(each.endswith("keeper.py") for each in parent.cmdline())


def started_with(folder: Path, words: str) -> psutil.Process:
    """The program, not its keeper, whose command line has these words."""
    kept = [each for each in users_of(folder) if is_kept(each)]
    return next(each for each in kept if words in " ".join(each.cmdline()))


class TestStopping:
    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_goes_in_order_and_the_database_last(
        self, tmp_path: Path, start: Start, number: signal.Signals
    ) -> None:
        process = start(RUN_TWO, tmp_path, POLITE.format(name="web"), POLITE.format(name="worker"))
        wait_for(process, "web: ready postgresql")
        wait_until(lambda: "ready" in (tmp_path / "worker.log").read_text())
        process.send_signal(number)
        rest, _ = process.communicate(timeout=20)
        assert rest.splitlines() == ["web: leaving", "ended"]
        assert process.returncode == 0
        assert (tmp_path / "order").read_text().split() == ["web", "worker"]
        assert (tmp_path / "worker.log").read_text().split()[-1] == "leaving"
        assert not users_of(tmp_path)

    def test_a_second_signal_does_not_wait_for_a_stubborn_program(
        self, tmp_path: Path, start: Start
    ) -> None:
        process = start(RUN_TWO, tmp_path, STUBBORN, STUBBORN)
        wait_for(process, "web: ready")
        process.send_signal(signal.SIGINT)
        time.sleep(0.5)
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=15)[0].splitlines() == ["ended"]
        assert not users_of(tmp_path)


class TestAProgramThatEnds:
    def test_is_named_with_its_last_words_and_takes_the_others_along(
        self, tmp_path: Path, start: Start
    ) -> None:
        process = start(RUN_TWO, tmp_path, WITH_CHILDREN, POLITE.format(name="worker"))
        wait_for(process, "web: ready")
        started_with(tmp_path, "went wrong").kill()
        said, _ = process.communicate(timeout=20)
        assert "ended by itself: web" in said
        assert "something went wrong here" in said
        assert process.returncode == 1
        assert not users_of(tmp_path)

    def test_the_database_is_watched_too(self, tmp_path: Path, start: Start) -> None:
        process = start(RUN_TWO, tmp_path, POLITE.format(name="web"), POLITE.format(name="worker"))
        wait_for(process, "web: ready")
        pid = int((tmp_path / "postgresql/cluster/postmaster.pid").read_text().split()[0])
        psutil.Process(pid).kill()
        assert "ended by itself: PostgreSQL" in process.communicate(timeout=20)[0]
        assert not users_of(tmp_path)

    def test_a_command_that_does_not_exist_is_said(self, tmp_path: Path, start: Start) -> None:
        text = RUN_TWO.replace("*python, web", '"no-such-command"')
        said, _ = start(text, tmp_path, "", POLITE.format(name="worker")).communicate(timeout=20)
        assert "no-such-command" in said
        assert "ended by itself: web" in said


class TestAKilledStarter:
    def test_leaves_no_program_and_no_grandchild(self, tmp_path: Path, start: Start) -> None:
        process = start(RUN_TWO, tmp_path, WITH_CHILDREN, POLITE.format(name="worker"))
        wait_for(process, "web: ready")
        process.kill()
        assert wait_until(lambda: not users_of(tmp_path))

    @pytest.mark.parametrize("victim", ["starter", "web"])
    def test_leaves_no_worker_of_the_web_server(
        self, tmp_path: Path, start: Start, victim: str
    ) -> None:
        process = start(RUN_TWO, tmp_path, GRANIAN, POLITE.format(name="worker"))
        wait_for(process, "web: [INFO] Started worker-2")
        web = started_with(tmp_path, "granian")
        workers = web.children(recursive=True)
        assert len(workers) >= 2
        (process if victim == "starter" else web).kill()
        assert wait_until(lambda: not users_of(tmp_path))
        assert not any(each.is_running() for each in workers)

    def test_nor_do_they_when_the_keeper_is_killed(self, tmp_path: Path, start: Start) -> None:
        process = start(RUN_TWO, tmp_path, GRANIAN, POLITE.format(name="worker"))
        wait_for(process, "web: [INFO] Started worker-2")
        web = started_with(tmp_path, "granian")
        parent = web.parent()
        assert parent
        parent.kill()
        assert "ended by itself: web" in process.communicate(timeout=30)[0]
        assert wait_until(lambda: not users_of(tmp_path))
