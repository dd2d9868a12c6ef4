"""The pages of statistics of pupils and of value added, for those named and for nobody else."""

import datetime as dt
import json

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from clusterwork.audit.models import Entry
from clusterwork.clusters.tests.made import school
from clusterwork.evaluation.impact_adapter.tests.made_pupils import cells_text, from_json, rows
from clusterwork.evaluation.impact_adapter.value_added import Model
from clusterwork.evaluation.models import CellFit, CellSet, Study, StudyPerson
from clusterwork.evaluation.permissions.restricted import as_person
from clusterwork.evaluation.services.cells.fitting import work_on_fit
from clusterwork.evaluation.services.cells.keeping import erase_cells
from clusterwork.evaluation.tests.made_cells import WHOLE, MadeStudy
from clusterwork.web.clusters.tests.conftest import client_of, words_of
from clusterwork.web.clusters.tests.conftest import without_second_factor as without_second_factor

pytestmark = pytest.mark.django_db
SIZES = [12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 3]


@pytest.fixture
def made() -> MadeStudy:
    return MadeStudy()


@pytest.fixture
def analyst(made):
    return client_of(made.analyst)


def address(made: MadeStudy, name: str, *keys: int) -> str:
    return reverse(name, args=[made.study.pk, *keys])


def told(made: MadeStudy, text: str, **other: str) -> dict[str, object]:
    return {
        "file": SimpleUploadedFile("CELLS.json", text.encode()),
        "label": "Lincolnshire",
        "year": str(made.today.year),
        "cohort": "Year 6",
        "keep_until": (made.today + dt.timedelta(200)).isoformat(),
        **other,
    }


class TestUploading:
    def test_keeps_the_file_and_says_until_when(self, made, analyst):
        answer = analyst.post(address(made, "cells_new"), told(made, cells_text()), follow=True)
        assert "The statistics are in the study." in words_of(answer)
        with as_person(made.analyst.pk):
            assert CellSet.objects.get().cohort == "Year 6"

    def test_refuses_beside_the_file_and_keeps_what_was_typed(self, made, analyst):
        single = cells_text(rows(sizes=[12, 12, 12, 1]))
        answer = analyst.post(address(made, "cells_new"), told(made, single))
        assert "--fewest 2" in words_of(answer)
        assert 'id="id_file-error"' in answer.content.decode()
        assert 'value="Lincolnshire"' in answer.content.decode()

    def test_says_what_to_fill_in(self, made, analyst):
        words = words_of(analyst.post(address(made, "cells_new"), {}))
        for each in ("Choose the file", "Give it a name", "Say which school year"):
            assert each in words

    def test_offers_the_columns_of_what_is_there(self, made, analyst):
        cells = made.upload()
        words = words_of(analyst.get(address(made, "cells_new")))
        assert "--centre COLUMNS.json" in words
        text = analyst.get(address(made, "cells_columns", cells.pk)).content.decode()
        assert from_json(text).columns == from_json(cells_text()).columns
        assert json.loads(text)["groups"] == []

    def test_hands_no_means_of_a_few_pupils_on(self, made, analyst):
        cells = made.upload(cells_text(rows(sizes=[10, 10, 10])))
        answer = analyst.get(address(made, "cells_columns", cells.pk))
        assert answer.status_code >= 400
        assert "means of few pupils" in words_of(answer)


class TestWhoSees:
    @pytest.mark.parametrize("name", ["cells", "cells_new", "cell_fit_new"])
    def test_the_officer_is_told_who_can_name_them(self, made, name):
        made.upload()
        answer = client_of(made.officer).get(address(made, name))
        assert answer.status_code == 403
        assert "officers can name people on the study" in words_of(answer)

    def test_nothing_is_kept_by_the_browser(self, made, analyst):
        cells = made.upload()
        fit = made.fit(cells)
        for where in (address(made, "cell_set", cells.pk), address(made, "cell_fit", fit.pk)):
            assert "no-store" in analyst.get(where)["Cache-Control"]

    def test_every_look_and_every_file_is_recorded(self, made, analyst):
        fit = made.fit(made.upload())
        here = address(made, "cell_fit", fit.pk)
        before = Entry.objects.filter(verb="evaluation.cells_read").count()
        for each in (here, f"{here}?figure=value-added&form=csv", f"{here}?form=png"):
            analyst.get(each)
        entries = Entry.objects.filter(verb="evaluation.cells_read")
        assert entries.count() == before + 3
        assert {entry.actor_id for entry in entries} == {made.analyst.pk}

    def test_a_set_of_another_study_is_not_there(self, made, analyst):
        cells = made.upload()
        other = Study.objects.create(
            programme=made.study.programme, title="Another", started_at=made.now
        )
        StudyPerson.objects.create(study=other, person=made.analyst, start_on=made.today)
        answer = analyst.get(reverse("cell_set", args=[other.pk, cells.pk]))
        assert answer.status_code == 404


class TestChoosing:
    def test_one_set_needs_no_question(self, made, analyst):
        cells = made.upload()
        answer = analyst.get(address(made, "cell_fit_new"))
        assert answer["Location"].endswith(f"?of={cells.pk}")

    def test_several_are_asked_for_and_added_up(self, made, analyst):
        one = made.upload()
        two = made.upload(cells_text(rows(seed=4)), label="Norfolk")
        here = address(made, "cell_fit_new")
        assert "Which statistics?" in words_of(analyst.get(here))
        assert "Tick one or several" in words_of(analyst.get(f"{here}?asked=1"))
        chosen = {"covariates": ["0"], "levels": ["1"]}
        answer = analyst.post(f"{here}?of={one.pk}&of={two.pk}", chosen)
        with as_person(made.analyst.pk):
            fit = CellFit.objects.get()
            assert (fit.covariates, fit.levels) == (["ks1"], ["school"])
            assert {each.pk for each in fit.sets.all()} == {one.pk, two.pk}
        assert answer["Location"] == address(made, "cell_fit", fit.pk)
        work_on_fit(fit.pk, made.analyst.pk)
        words = words_of(analyst.get(answer["Location"]))
        assert "Pupils counted: 270." in words
        assert "Lincolnshire; Norfolk" in words

    def test_of_other_columns_says_which(self, made, analyst):
        one = made.upload()
        two = made.upload(cells_text(covariates=["ks1"]), label="Norfolk")
        here = address(made, "cell_fit_new")
        words = words_of(analyst.get(f"{here}?of={one.pk}&of={two.pk}", follow=True))
        assert "cannot be added up: Lincolnshire; Norfolk" in words

    def test_needs_a_level(self, made, analyst):
        cells = made.upload()
        answer = analyst.post(f"{address(made, 'cell_fit_new')}?of={cells.pk}", {})
        assert "Choose one or several groups." in words_of(answer)

    def test_a_slope_can_be_left_out(self, made, analyst):
        cells = made.upload(cells_text(slope="ks1"))
        here = f"{address(made, 'cell_fit_new')}?of={cells.pk}"
        assert "count differently by school: ks1" in words_of(analyst.get(here))
        chosen = {"covariates": ["0", "1"], "levels": ["0", "1"]}
        analyst.post(here, chosen)
        analyst.post(here, {**chosen, "with_slope": "on"})
        with as_person(made.analyst.pk):
            assert sorted(CellFit.objects.values_list("slope", flat=True)) == ["", "ks1"]


class TestTheResult:
    def test_has_schools_by_name_and_hides_the_small(self, made, analyst):
        for urn in ("900011", "900003"):
            school(made.county.authority, int(urn) + 50_000, f"Named {urn}")
        names = [str(950_000 + n) for n in range(12)]
        fit = made.fit(made.upload(cells_text(rows(names, sizes=SIZES))))
        here = address(made, "cell_fit", fit.pk)
        words = words_of(analyst.get(here))
        assert "Named 900003 18" in words
        assert "Named 900011 c c c c" in words
        lines = analyst.get(f"{here}?form=csv").content.decode("utf-8-sig").splitlines()
        assert "Named 900011,c,c,c,c" in lines
        assert "950006,c,c,c,c" in lines
        with as_person(made.analyst.pk):
            effects = CellFit.objects.get().found["effects"]["school"]
        small = next(each for each in effects if each["key"][-1] == "950011")
        assert f"{small['estimate']:.3f}" not in "".join(lines)

    def test_has_a_picture_that_is_in_no_cache(self, made, analyst):
        caches["charts"].clear()
        fit = made.fit(made.upload())
        here = address(made, "cell_fit", fit.pk)
        page = analyst.get(here).content.decode()
        assert page.count("<svg") >= 2
        picture = analyst.get(f"{here}?form=png")
        assert picture.content.startswith(b"\x89PNG")
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM web_charts")
            assert cursor.fetchone() == (0,)

    def test_leads_to_each_level(self, made, analyst):
        fit = made.fit(made.upload(cells_text(rows(sizes=SIZES))))
        words = words_of(analyst.get(address(made, "cell_fit", fit.pk) + "?level=0"))
        assert "Group: authority" in words
        assert "Average of all" in words

    def test_shows_none_where_all_are_small(self, made, analyst):
        made.study.programme.smallest_number = 1000
        made.study.programme.save()
        fit = made.fit(made.upload())
        here = address(made, "cell_fit", fit.pk)
        words = words_of(analyst.get(here))
        assert "Of the groups on this page nothing is shown." in words
        assert analyst.get(f"{here}?form=csv").status_code == 200

    def test_never_ranks_or_blames(self, made, analyst):
        fit = made.fit(made.upload())
        words = words_of(analyst.get(address(made, "cell_fit", fit.pk))).lower()
        for forbidden in ("due to", "caused by", "no impact", "no effect", "best", "worst", "p ="):
            assert forbidden not in words

    def test_says_how_far_it_is_and_why_there_is_none(self, made, analyst):
        one = made.upload()
        two = made.upload(cells_text(constants={"ks1": 0.0, "fsm": 0.0, "ks2": 0.0}), label="Two")
        here = f"{address(made, 'cell_fit_new')}?of={one.pk}&of={two.pk}"
        where = analyst.post(here, {"covariates": ["0"], "levels": ["1"]})["Location"]
        assert "It waits for its turn." in words_of(analyst.get(where))
        assert analyst.get(f"{where}progress/").json()["is_open"] is True
        work_on_fit(int(where.rstrip("/").split("/")[-1]), made.analyst.pk)
        assert "centred at different constants" in words_of(analyst.get(where))

    def test_says_when_it_was_erased(self, made, analyst):
        cells = made.upload()
        fit = made.fit(cells, model=Model(("ks1",), WHOLE.levels))
        who = {"person": made.analyst, "day": made.today, "now": made.now}
        erase_cells(**who, study_pk=made.study.pk, pk=cells.pk)
        words = words_of(analyst.get(address(made, "cell_fit", fit.pk)))
        assert "erased with the statistics" in words
        assert "Erased" in words_of(analyst.get(address(made, "cells")))


class TestKeeping:
    def test_longer_needs_a_reason(self, made, analyst):
        cells = made.upload()
        here = address(made, "cells_keep", cells.pk)
        later = (made.today + dt.timedelta(500)).isoformat()
        assert "Say why" in words_of(analyst.post(here, {"until": later}))
        answer = analyst.post(here, {"until": later, "because": "A second year."}, follow=True)
        assert "A second year." in words_of(answer)

    def test_erasing_asks_first(self, made, analyst):
        cells = made.upload()
        made.fit(cells)
        here = address(made, "cells_erase", cells.pk)
        assert "one result that was worked out" in words_of(analyst.get(here))
        assert "are gone" in words_of(analyst.post(here, follow=True))
