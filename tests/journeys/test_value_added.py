"""Value added without sending pupils' data: an analyst, a file that stays, and who may look.

"Nobody can attribute outcomes to clusters without a full value-added analysis which controls for
other factors" (Excellence Clusters 7.7). Anest of the authority runs the command on her own
machine, brings the sums, and reads what may be shown; Olwen, who runs the programme, may not look
until she is named.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import timezone

from clusterwork.audit.models import Entry
from clusterwork.clusters.services.programmes import ProgrammeFacts, start_programme
from clusterwork.evaluation.impact_adapter.tests.made_pupils import rows, write_pupils
from clusterwork.evaluation.models import CellSet, Study, StudyPerson
from clusterwork.evaluation.permissions.restricted import as_person
from clusterwork.registry.models import Authority, School
from tests.journeys.people import LONG_AGO, a_person, an_organisation

pytestmark = pytest.mark.browser
SIZES = [14, 18, 25, 30, 22, 19, 28, 16, 3, 21, 26, 24]
COLUMNS = ["--outcome", "ks2", "--covariates", "ks1,fsm", "--levels", "authority,school"]


@pytest.fixture
def study(transactional_db) -> Study:
    """A programme's study; Anest is named on it, Olwen runs the programme."""
    council = an_organisation("Fenland County Council", colour="#1d70b8", is_welsh=True)
    authority = Authority.objects.create(code="997", name="Fenland", country="E")
    council.authorities.add(authority)
    olwen = a_person("olwen@fen.example", "Olwen", "programme_officer", organisation=council)
    anest = a_person("anest@fen.example", "Anest", "evaluator", organisation=council)
    for n in range(len(SIZES)):
        School.objects.create(
            urn=990_000 + n, authority=authority, name=f"Fen {n + 1} School", phase="primary"
        )
    programme = start_programme(
        person=olwen,
        day=timezone.localdate(),
        organisation=council,
        facts=ProgrammeFacts("Reading together", "", LONG_AGO, None),
    )
    made = Study.objects.create(
        programme=programme, title="Reading at eleven", started_by=olwen, started_at=timezone.now()
    )
    StudyPerson.objects.create(study=made, person=anest, start_on=LONG_AGO, named_by=olwen)
    return made


@pytest.fixture
def pupils(tmp_path) -> Path:
    """The file of pupils on the authority's machine."""
    path = tmp_path / "PUPILS.csv"
    urns = [str(990_000 + n) for n in range(len(SIZES))]
    write_pupils(path, rows(urns, sizes=SIZES))
    return path


def clusterwork(*words: object) -> None:
    """The command as she types it."""
    command = [sys.executable, "-m", "clusterwork", "impact", *map(str, words)]
    subprocess.run(command, check=True, capture_output=True)


def test_value_added_without_sending_pupils(visit, study, pupils):
    anest, olwen = visit(), visit()
    anest.sign_in("anest@fen.example")
    olwen.sign_in("olwen@fen.example")
    upload(anest, study, pupils)
    choose_and_read(anest, study, pupils)
    is_refused(olwen, study)
    erase(anest, study)


def upload(anest, study, pupils) -> None:
    """A wrong file is refused with the way out; the right one holds no pupil."""
    anest.open(f"/studies/{study.pk}/")
    anest.follow("Statistics of pupils")
    anest.sees("No statistics of pupils are kept in this study.")
    anest.look("value-added-none")
    anest.follow("Bring statistics of pupils")
    anest.sees("clusterwork impact cells PUPILS.csv")
    anest.look("value-added-new")
    anest.fill("What to call it", "Fenland")
    anest.choose("School year of the outcome", school_year())
    anest.fill("Which pupils", "Year 6")
    anest.attach("The file that the command made", pupils)
    anest.press("Upload the statistics")
    anest.sees("This file holds no statistics of pupils.")
    anest.sees("Make it with the command: clusterwork impact cells")
    anest.check("value-added-refused")
    cells = pupils.with_name("CELLS.json")
    clusterwork("cells", pupils, *COLUMNS, "--fewest", 2, "--out", cells)
    anest.attach("The file that the command made", cells)
    anest.press("Upload the statistics")
    anest.sees("The statistics are in the study.")
    anest.look("value-added-set")


def school_year() -> str:
    year = timezone.localdate().year
    return f"{year - 1}/{year % 100:02}"


def choose_and_read(anest, study, pupils) -> None:
    """The result is that of the command line on the rows themselves, small schools hidden."""
    anest.follow("Work out value added")
    anest.look("value-added-model")
    anest.press("Work it out")
    anest.sees("lies between groups of this level: school", seconds=60)
    fit = pupils.with_name("FIT.json")
    clusterwork("value-added", pupils, *COLUMNS, "--out", fit)
    told = json.loads(fit.read_text())
    shown = {each["id"]: each for each in told["effects"]["school"]}
    anest.sees("Fen 1 School")
    row = anest.page.locator("tr", has_text="Fen 4 School")
    assert f"{shown['990003']['estimate']:.2f}".replace("-", "") in row.inner_text()
    small = anest.page.locator("tr", has_text="Fen 9 School").inner_text()
    assert small.split()[-4:] == ["c"] * 4
    names = anest.page.locator(".cw-figure tbody th").all_inner_texts()
    assert names == sorted(names)
    anest.look("value-added")
    address = anest.page.url
    anest.open(f"/studies/{study.pk}/pupils/")
    anest.look("value-added-list")
    anest.open(address.removeprefix(anest.house))
    with anest.page.expect_download() as download:
        anest.follow("Table (CSV)")
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert "Fen 9 School,c,c,c,c" in text
    assert f"{shown['990008']['estimate']:.3f}" not in text


def is_refused(olwen, study) -> None:
    """Whoever runs the programme is told who can name them; her attempt reads nothing."""
    with as_person(StudyPerson.objects.get().person_id):
        cells = CellSet.objects.get()
    for page in ("pupils/", f"pupils/{cells.pk}/", "pupils/value-added/"):
        olwen.open(f"/studies/{study.pk}/{page}")
        olwen.was_refused(403)
        olwen.sees("You cannot see the statistics of pupils in this study.")
        olwen.sees("The programme’s officers can name people on the study.")
    olwen.look("value-added-not-named")
    olwen.was_refused(403)
    assert not Entry.objects.filter(verb="evaluation.cells_read", actor_label="Olwen")
    assert Entry.objects.filter(verb="evaluation.cells_read", actor_label="Anest").count() > 5


def erase(anest, study) -> None:
    """They go with everything that was made of them; the record stays."""
    anest.open(f"/studies/{study.pk}/pupils/")
    anest.follow("Fenland")
    anest.follow("Keep them longer")
    anest.look("value-added-keep")
    anest.follow("Leave it as it is")
    anest.follow("Erase them")
    anest.look("value-added-erase")
    anest.press("Erase the statistics")
    anest.sees("The statistics and what was worked out from them are gone.")
    anest.sees("Erased")
    with as_person(StudyPerson.objects.get().person_id):
        assert CellSet.objects.get().content is None
