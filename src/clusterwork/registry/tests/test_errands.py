"""An upload is kept while it is needed, read once, and removed."""

from __future__ import annotations

import os
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from clusterwork.kernel.errors import NotThere
from clusterwork.registry.models import ImportRun
from clusterwork.registry.services import errands
from clusterwork.registry.services.errands import Errand
from clusterwork.registry.services.running import give_up, run_errand
from clusterwork.registry.tasks import RETRIES, run_import

FILE = b"urn,authority_code,authority_name,name,phase\n1,925,Lincolnshire,Denton,primary\n"


@pytest.fixture(autouse=True)
def data_folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def keep(content: bytes = FILE) -> Errand:
    about = Errand(errands.new_token(), errands.READ, 7, "Gwen Parry", "a.csv", source="csv")
    return errands.keep_upload([content[:20], content[20:]], about)


class TestKeeping:
    def test_holds_the_file_and_who(self) -> None:
        kept = errands.errand_with(keep().token)
        assert kept.file.read_bytes() == FILE
        assert (kept.total, str(kept.by), kept.by.pk) == (len(FILE), "Gwen Parry", 7)

    def test_only_its_owner_reads_the_folder(self) -> None:
        assert keep().file.parent.stat().st_mode & 0o077 == 0

    def test_what_lay_a_day_is_removed(self) -> None:
        old = keep()
        a_day_ago = time.time() - errands.KEPT_S - 60
        os.utime(old.file.parent, (a_day_ago, a_day_ago))
        keep()
        assert errands.find(old.token) is None

    def test_no_name_leads_out_of_the_folder(self) -> None:
        with pytest.raises(ValueError):
            errands.find("../../etc")

    def test_what_is_not_kept_is_said(self) -> None:
        with pytest.raises(NotThere):
            errands.errand_with(errands.new_token())


@pytest.mark.django_db
class TestRunning:
    def test_reads_once_and_removes_the_file(self) -> None:
        errand = keep()
        done = run_errand(errand.token)
        assert (done.state, done.file.exists()) == (errands.DONE, False)
        assert run_errand(errand.token).run_id == done.run_id
        assert ImportRun.objects.get().who == "Gwen Parry"

    def test_keeps_in_words_what_cannot_be_read(self) -> None:
        done = run_errand(keep(b"a,b\n1,2\n").token)
        assert done.state == errands.FAILED
        assert "lacks these columns" in done.trouble["what"]["template"]
        assert not done.file.exists()

    def test_stops_in_the_middle_and_keeps_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        errand = keep()

        def read(*_: Any, progress: Any, **__: Any) -> None:
            errands.ask_to_stop(errand.token)
            progress(1, 2)

        monkeypatch.setattr("clusterwork.registry.services.running.stage_import", read)
        assert run_errand(errand.token).state == errands.FAILED
        assert not errand.file.exists()

    def test_a_job_that_killed_its_worker_again_and_again_ends(self) -> None:
        errand = keep()
        job = SimpleNamespace(attempts=RETRIES + 1)
        run_import.func(SimpleNamespace(job=job), token=errand.token)
        ended = errands.errand_with(errand.token)
        assert (ended.state, ended.file.exists()) == (errands.FAILED, False)
        assert not ImportRun.objects.exists()

    def test_giving_up_leaves_what_has_ended(self) -> None:
        done = run_errand(keep().token)
        give_up(done.token)
        give_up(errands.new_token())
        assert errands.errand_with(done.token).state == errands.DONE

    def test_what_breaks_is_left_for_another_try(self, monkeypatch: pytest.MonkeyPatch) -> None:
        errand = keep()
        module = "clusterwork.registry.services.running.stage_import"
        monkeypatch.setattr(module, lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            run_errand(errand.token)
        monkeypatch.undo()
        assert run_errand(errand.token).state == errands.DONE
