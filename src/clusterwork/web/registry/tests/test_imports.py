"""A register file in the browser: upload, look, confirm or put aside."""

from __future__ import annotations

import datetime as dt
import gzip
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from clusterwork.registry.models import Authority, Change, ImportRun, Organisation, School
from clusterwork.registry.services import errands
from clusterwork.registry.services.running import give_up, run_errand
from clusterwork.web.registry.forms.imports import day_in_name
from clusterwork.web.registry.tests.conftest import rutland, signed_in, words_of
from clusterwork.web.registry.views import imports as views

pytestmark = pytest.mark.django_db

HEADER = (
    "URN,LA (code),LA (name),EstablishmentNumber,EstablishmentName,EstablishmentStatus (name),"
    "PhaseOfEducation (name),TypeOfEstablishment (name),Easting,Northing\n"
)
DENTON = "120518,925,Lincolnshire,3017,Denton CofE School,Open,Primary,Academy,486600,332500\n"
CLOSED = DENTON.replace("Open", "Closed")
NO_URN = ",925,Lincolnshire,3018,Nowhere School,Open,Primary,Academy,486600,332500\n"


def upload(client: Client, text: str | bytes, name: str = "register.csv", **more: Any) -> Any:
    content = text.encode() if isinstance(text, str) else text
    file = SimpleUploadedFile(name, content)
    return client.post("/schools/imports/new/", {"file": file, **more}, follow=True)


def confirm(client: Client, **more: Any) -> Any:
    run = ImportRun.objects.latest("id")
    return client.post(f"/schools/imports/{run.pk}/confirm/", more, follow=True)


def read_by_worker(client: Client) -> Any:
    """The page of the upload after the worker has read it."""
    token = ProcrastinateJob.objects.get(task_name="registry.import").args["token"]
    run_errand(token)
    return client.get(f"/schools/imports/work/{token}/", follow=True)


class TestUpload:
    def test_shows_what_would_change_and_changes_nothing(self, officer: Client) -> None:
        text = words_of(upload(officer, HEADER + DENTON))
        assert "One school would change. Nothing is changed yet." in text
        assert "Load 1 school" in text
        assert not School.objects.exists()

    def test_takes_gzip_and_removes_the_file(self, officer: Client, tmp_path: Path) -> None:
        answer = upload(officer, gzip.compress((HEADER + DENTON).encode()), "r.csv.gz")
        assert "Waiting for its turn." in words_of(answer)  # however small it looks
        assert "Load 1 school" in words_of(read_by_worker(officer))
        assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["about.json"]

    def test_facts_are_as_at_the_date_in_the_name(self, officer: Client) -> None:
        upload(officer, HEADER + DENTON, "edubasealldata20220425.csv")
        assert ImportRun.objects.get().as_at == dt.date(2022, 4, 25)

    def test_a_date_that_is_said_goes_before(self, officer: Client) -> None:
        upload(officer, HEADER + DENTON, "edubasealldata20220425.csv", as_at="2022-05-01")
        assert ImportRun.objects.get().as_at == dt.date(2022, 5, 1)

    def test_a_date_to_come_is_refused(self, officer: Client) -> None:
        day = timezone.localdate() + dt.timedelta(days=1)
        text = words_of(upload(officer, HEADER + DENTON, as_at=day.isoformat()))
        assert "Enter today's date or an earlier one." in text

    @pytest.mark.parametrize("name", ["a.csv", "a20221399.csv", "a29991231.csv"])
    def test_not_every_number_in_a_name_is_a_date(self, name: str) -> None:
        assert day_in_name(name) is None

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            ("a,b,c\n1,2,3\n", "not those of a register that is known here"),
            ("URN,LinkURN,LinkType\n1,2,x\n", "clusterwork schools links FILE"),
            (b"PK\x03\x04rest", "It is a ZIP archive or an Excel workbook."),
            ("", "The file is empty"),
        ],
    )
    def test_another_file_is_said_beside_the_field(
        self, officer: Client, content: str | bytes, said: str
    ) -> None:
        text = words_of(upload(officer, content))
        assert "There is a problem" in text
        assert said in text
        assert not ImportRun.objects.exists()

    def test_a_wrong_source_is_said(self, officer: Client) -> None:
        text = words_of(upload(officer, HEADER + DENTON, source="wales"))
        assert "The import stopped" in text
        assert "The first line of the file lacks these columns" in text
        assert "The register is as it was." in text

    def test_a_truncated_file_is_said(self, officer: Client) -> None:
        cut = gzip.compress((HEADER + DENTON * 200).encode())[:-20]
        upload(officer, cut, "r.csv.gz")
        assert "The file is cut short or damaged" in words_of(read_by_worker(officer))

    def test_a_line_without_end_is_said_beside_the_field(self, officer: Client) -> None:
        text = words_of(upload(officer, gzip.compress(b"x" * 2_000_000), "r.csv.gz"))
        assert "A line of the file is too long to be a row." in text
        assert not ProcrastinateJob.objects.exists()

    def test_what_breaks_is_said_on_its_page(
        self, officer: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        module = "clusterwork.registry.services.running.stage_import"
        monkeypatch.setattr(module, lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            upload(officer, HEADER + DENTON)
        (about,) = (Path(settings.MEDIA_ROOT) / "imports").iterdir()
        text = words_of(officer.get(f"/schools/imports/work/{about.name}/"))
        assert "The import broke off. Something in the system went wrong. Upload" in text

    def test_without_a_file_says_so(self, officer: Client) -> None:
        text = words_of(officer.post("/schools/imports/new/", {}))
        assert "Choose the file to upload." in text

    def test_only_officers(self, head_of_denton: Client) -> None:
        assert upload(head_of_denton, HEADER + DENTON).status_code == 403
        assert not ImportRun.objects.exists()


class TestLargeFiles:
    @pytest.fixture(autouse=True)
    def everything_is_large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(views, "AT_ONCE_BYTES", 1)
        monkeypatch.setattr(views, "AT_ONCE_SCHOOLS", 0)

    def test_wait_for_the_worker_on_a_page_that_may_be_left(self, officer: Client) -> None:
        answer = upload(officer, HEADER + DENTON)
        assert "Waiting for its turn." in words_of(answer)
        assert 'http-equiv="refresh"' in answer.content.decode()
        token = ProcrastinateJob.objects.get(task_name="registry.import").args["token"]
        assert run_errand(token).state == errands.DONE
        leads_on = officer.get(f"/schools/imports/work/{token}/", follow=True)
        assert "Load 1 school" in words_of(leads_on)

    def test_are_read_once_however_often_the_job_runs(self, officer: Client) -> None:
        upload(officer, HEADER + DENTON)
        token = ProcrastinateJob.objects.get(task_name="registry.import").args["token"]
        run_errand(token)
        run_errand(token)
        assert ImportRun.objects.count() == 1

    def test_can_be_stopped(self, officer: Client) -> None:
        upload(officer, HEADER + DENTON)
        token = ProcrastinateJob.objects.get(task_name="registry.import").args["token"]
        assert officer.get(f"/schools/imports/work/{token}/stop/").status_code == 405
        asked = officer.post(f"/schools/imports/work/{token}/stop/", follow=True)
        assert "Stopping, as asked." in words_of(asked)
        run_errand(token)
        text = words_of(officer.get(f"/schools/imports/work/{token}/"))
        assert "The reading of the file was stopped as asked." in text
        assert not ImportRun.objects.exists()

    def test_a_file_larger_than_any_register_is_refused(
        self, officer: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("clusterwork.web.registry.forms.imports.LARGEST_MB", 0)
        text = words_of(upload(officer, HEADER + DENTON))
        assert "The file is larger than 60 megabytes." in text
        assert not ProcrastinateJob.objects.exists()

    def test_a_job_that_breaks_off_ends_in_words(self, officer: Client) -> None:
        upload(officer, HEADER + DENTON)
        token = ProcrastinateJob.objects.get(task_name="registry.import").args["token"]
        give_up(token)
        text = words_of(officer.get(f"/schools/imports/work/{token}/"))
        assert "The import broke off." in text

    def test_loading_is_a_job_too(self, officer: Client) -> None:
        token = upload(officer, HEADER + DENTON).request["PATH_INFO"].split("/")[-2]
        run_errand(token)
        answer = confirm(officer)
        assert "Loading the schools" in words_of(answer)
        run = ImportRun.objects.get()
        back = officer.get(f"/schools/imports/{run.pk}/", follow=True)
        assert "Loading the schools" in words_of(back)
        run_errand(errands.token_of_load(run.pk))
        assert School.objects.get().name == "Denton CofE School"
        assert "Loaded: one school." in words_of(officer.get(f"/schools/imports/{run.pk}/"))


class TestConfirm:
    def test_loads_and_says_who(self, officer: Client) -> None:
        upload(officer, HEADER + DENTON)
        text = words_of(confirm(officer))
        assert "The schools of the file are loaded." in text
        school = School.objects.get(urn=120_518)
        assert Change.objects.get(school=school).happening == "new"
        assert "Programme_Officer" in words_of(officer.get("/schools/imports/"))

    def test_rows_that_cannot_be_taken_are_left_out_only_if_somebody_says_so(
        self, officer: Client
    ) -> None:
        text = words_of(upload(officer, HEADER + DENTON + NO_URN))
        assert "Load the one good row and leave out those that cannot be taken: 1" in text
        assert "3 URN – The row has no URN" in text
        refused = words_of(confirm(officer))
        assert "Say that the good rows are to be loaded alone." in refused
        assert not School.objects.exists()
        confirm(officer, accept_good_rows="on")
        assert School.objects.count() == 1

    def test_rejected_rows_come_back_as_a_file_to_mend(self, officer: Client) -> None:
        upload(officer, HEADER + DENTON + NO_URN.replace("Nowhere", "=1+1"))
        run = ImportRun.objects.get()
        text = officer.get(f"/schools/imports/{run.pk}/rejected.csv").content.decode("utf-8-sig")
        header, row = text.splitlines()
        assert header == HEADER.strip() + ",line,column,reason"
        assert row.startswith(",925,Lincolnshire,3018,'=1+1 School,Open")
        assert ",3,URN," in row

    def test_a_change_is_shown_field_by_field(self, officer: Client) -> None:
        upload(officer, HEADER + DENTON, as_at="2022-04-25")
        confirm(officer)
        text = words_of(upload(officer, HEADER + CLOSED, as_at="2023-04-25"))
        assert "Closed (1)" in text
        assert "Status: Open → becomes Closed" in text
        confirm(officer)
        assert School.objects.get().status == "closed"

    def test_the_same_file_again_changes_nothing(self, officer: Client) -> None:
        upload(officer, HEADER + DENTON)
        confirm(officer)
        text = words_of(upload(officer, HEADER + DENTON))
        assert "Nothing would change: the register holds all of this already." in text
        assert "Load " not in text

    def test_put_aside_changes_nothing(self, officer: Client) -> None:
        upload(officer, HEADER + DENTON)
        run = ImportRun.objects.get()
        answer = officer.post(f"/schools/imports/{run.pk}/abandon/", follow=True)
        assert "The file was put aside. The register is as it was." in words_of(answer)
        assert not School.objects.exists()
        confirm(officer)
        assert ImportRun.objects.get().state == "abandoned"
        assert not School.objects.exists()

    def test_loading_that_breaks_can_be_tried_again(
        self, officer: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        upload(officer, HEADER + DENTON)
        with monkeypatch.context() as patch, pytest.raises(ZeroDivisionError):
            module = "clusterwork.registry.services.running.confirm_import"
            patch.setattr(module, lambda **_: 1 / 0)
            confirm(officer)
        page = words_of(officer.get(f"/schools/imports/{ImportRun.objects.get().pk}/"))
        assert "Something in the system went wrong." in page
        assert "The schools of the file are loaded." in words_of(confirm(officer))

    def test_a_second_time_leaves_the_work_that_waits(self, officer: Client) -> None:
        upload(officer, HEADER + DENTON)
        run = ImportRun.objects.get()
        about = errands.Errand(
            errands.token_of_load(run.pk), errands.LOAD, None, "Other", run_id=run.pk
        )
        errands.write(about)
        assert "Loading the schools" in words_of(confirm(officer))
        assert errands.errand_with(about.token) == about
        assert not School.objects.exists()

    def test_what_is_loaded_is_not_loaded_again(self, officer: Client) -> None:
        upload(officer, HEADER + DENTON)
        confirm(officer)
        about = errands.errand_with(errands.token_of_load(ImportRun.objects.get().pk))
        assert "Loaded: one school" in words_of(confirm(officer))
        assert errands.errand_with(about.token) == about

    @pytest.mark.parametrize("verb", ["confirm", "abandon"])
    def test_what_is_not_there_is_said(self, officer: Client, verb: str) -> None:
        assert officer.post(f"/schools/imports/999999/{verb}/").status_code == 404

    def test_an_officer_of_another_organisation_only_looks(self, officer: Client) -> None:
        upload(officer, HEADER + DENTON)
        run = ImportRun.objects.get()
        other = signed_in("programme_officer", organisation=rutland(), local="other")
        page = officer.get(f"/schools/imports/{run.pk}/").content.decode()
        seen = other.get(f"/schools/imports/{run.pk}/").content.decode()
        assert ("/confirm/" in page, "/confirm/" in seen) == (True, False)
        for verb in ("confirm", "abandon"):
            refused = other.post(f"/schools/imports/{run.pk}/{verb}/")
            assert refused.status_code == 403
            assert "Uploaded by: Programme_Officer." in words_of(refused)
        assert "Confirm an import" not in words_of(other.get("/"))
        assert ImportRun.objects.get().state == "staged"

    def test_an_officer_of_the_same_organisation_decides(
        self, officer: Client, council: Organisation
    ) -> None:
        upload(officer, HEADER + DENTON)
        other = signed_in("programme_officer", organisation=council, local="other")
        assert "The schools of the file are loaded." in words_of(confirm(other))

    def test_a_register_that_moved_on_is_said(self, officer: Client) -> None:
        upload(officer, HEADER + DENTON)
        first = ImportRun.objects.get()
        upload(officer, HEADER + DENTON)
        confirm(officer)
        answer = officer.post(f"/schools/imports/{first.pk}/confirm/", follow=True)
        assert "The register has changed since this file was read." in words_of(answer)

    @pytest.mark.parametrize("verb", ["confirm", "abandon"])
    def test_looking_at_a_verb_does_nothing(self, officer: Client, verb: str) -> None:
        upload(officer, HEADER + DENTON)
        run = ImportRun.objects.get()
        assert officer.get(f"/schools/imports/{run.pk}/{verb}/").status_code == 405
        run.refresh_from_db()
        assert run.state == "staged"


class TestFilesOfClusters:
    @pytest.fixture
    def run(self) -> ImportRun:
        facts = {"file_name": "clusters.csv", "as_at": dt.date(2026, 11, 21)}
        return ImportRun.objects.create(source="clusters", **facts)

    def test_have_pages_of_their_own(self, officer: Client, run: ImportRun) -> None:
        assert officer.get(f"/schools/imports/{run.pk}/").status_code == 404
        assert officer.post(f"/schools/imports/{run.pk}/confirm/").status_code == 404
        assert "clusters.csv" not in words_of(officer.get("/schools/imports/"))
        assert "clusters.csv" not in words_of(officer.get("/"))
        run.refresh_from_db()
        assert run.state == "staged"

    def test_do_not_make_a_register_wait(self, officer: Client, run: ImportRun) -> None:
        upload(officer, HEADER + DENTON)
        ended = timezone.now() + dt.timedelta(seconds=1)
        ImportRun.objects.filter(pk=run.pk).update(state="confirmed", ended_at=ended)
        confirm(officer)
        assert School.objects.count() == 1


class TestTasksOfTheOfficer:
    def test_an_import_that_waits_is_one(self, officer: Client, denton: School) -> None:
        upload(officer, HEADER + DENTON.replace("120518", "120519").replace("3017", "3019"))
        assert "Confirm an import, or put it aside: register.csv" in words_of(officer.get("/"))

    def test_an_empty_register_is_one(self, officer: Client, lincolnshire: Authority) -> None:
        assert "Import a school register" in words_of(officer.get("/"))


class TestQueries:
    def test_few_however_many_rows(
        self, officer: Client, django_assert_max_num_queries: Any
    ) -> None:
        rows = [
            DENTON.replace("120518", str(200_000 + n)).replace("3017", str(n)) for n in range(120)
        ]
        upload(officer, HEADER + "".join(rows) + NO_URN * 60)
        run = ImportRun.objects.get()
        for show in ("new", "rejected", "notices"):
            with django_assert_max_num_queries(20):
                officer.get(f"/schools/imports/{run.pk}/?show={show}")
