"""The pages on which a plan is read and written keep their promises."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from clusterwork.accounts.models import Person, Role
from clusterwork.clusters.models import Participation
from clusterwork.clusters.services.programmes import ProgrammeFacts, start_programme
from clusterwork.clusters.tests.made_clusters import BEGUN
from clusterwork.measures.selectors.measures import shipped
from clusterwork.plans.models import Action, Plan, PlanComment, Reuse
from clusterwork.plans.selectors.plans import whole_plan
from clusterwork.plans.services.talking import open_part
from clusterwork.plans.services.writing import remove_part, save_part
from clusterwork.plans.tests.made_plans import Planning, fill_up
from clusterwork.registry.models import Census
from clusterwork.web.plans.writing.drawing import picture_of
from clusterwork.web.plans.writing.help import ADD_WORDS

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Visit:
    """A head with a full plan before her."""

    def __init__(self) -> None:
        self.made = Planning()
        self.plan = self.made.full()
        self.client = client_of(self.made.head)

    @property
    def whole(self):
        return whole_plan(self.plan)

    def get(self, name, *args, query=""):
        return self.client.get(reverse(name, args=args) + query)

    def edit(self, section, uid, **changed):
        """Posts the form as it stands, with these fields changed."""
        address = reverse("plan_part", args=[self.plan.pk, section, uid])
        return self.client.post(address, {**typed(self.whole.part(section, uid)), **changed})


def client_of(person):
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def typed(part):
    """What a browser sends of an action or definition as it stands."""
    sent = {"seen": part.version}
    for name, value in part.values.items():
        if name == "end_on":
            sent[name] = str(value - dt.timedelta(1))
        elif value is not None:
            sent[name] = [str(each) for each in value] if isinstance(value, tuple) else str(value)
    return sent


def words_of(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def visit():
    return Visit()


class TestTheWholePlan:
    def test_shows_every_part_once(self, visit):
        page = words_of(visit.get("plan", visit.plan.pk))
        for action in visit.whole.actions:
            assert page.count(f'id="p{action.uid}"') == 1
        for name in ("Reading lead", "The Fenland Trust", "Reading buddy", "Step 5: more is read"):
            assert name in page

    def test_asks_the_database_at_most_30_times_however_long_it_is(self, visit):
        visit.client.post(reverse("plan_withdraw", args=[visit.plan.pk]))
        visit.plan = visit.made.full(n_priorities=12, n_actions=80)
        visit.get("plan", visit.plan.pk)
        with CaptureQueriesContext(connection) as asked:
            assert visit.get("plan", visit.plan.pk).status_code == 200
        assert len(asked) <= 30

    def test_opens_in_welsh(self, visit):
        with translation.override("en-gb"):  # the answer leaves its own language behind
            assert visit.client.get(f"/cy/plans/{visit.plan.pk}/").status_code == 200

    def test_says_who_else_writes_and_what_waits(self, visit):
        action = visit.whole.actions[0]
        other = visit.made.other_head
        open_part(person=other, plan=visit.plan, uid=action.uid, now=timezone.now())
        PlanComment.objects.create(plan=visit.plan, uid=action.uid, text="Who?", by=other)
        page = words_of(visit.get("plan", visit.plan.pk))
        assert f"Ben Rees is writing here now: {action.title}" in page
        assert "one comment" in page

    def test_offers_no_writing_once_it_is_sent_in(self, visit):
        Plan.objects.update(state="submitted")
        page = words_of(visit.get("plan", visit.plan.pk))
        assert "Add an action" not in page
        assert "it waits for its review" in page

    def test_has_how_it_should_work_as_a_picture_and_as_a_list(self, visit):
        page = words_of(visit.get("plan_steps", visit.plan.pk))
        assert "<svg" in page
        assert "<desc" in page
        assert page.count("The boxes come round in time.") >= 4
        picture = picture_of(visit.whole.outcomes, ("activity", "output", "short"))
        assert [level for level, _x in picture.columns] == ["activity", "output", "short"]
        assert len(picture.arrows) == 2

    def test_is_refused_to_the_authority_while_it_is_written(self, visit):
        client = client_of(visit.made.county.officer)
        answer = client.get(reverse("plan", args=[visit.plan.pk]))
        assert answer.status_code == 403
        assert "still being written" in words_of(answer)

    def test_leads_the_authority_to_its_review_and_to_nothing_private(self, visit):
        Plan.objects.filter(pk=visit.plan.pk).update(state=Plan.State.SUBMITTED)
        address = reverse("plan", args=[visit.plan.pk])
        page = client_of(visit.made.county.officer).get(address).content.decode()
        assert f'href="{reverse("plan_said", args=[visit.plan.pk])}"' in page
        assert reverse("plan_comments", args=[visit.plan.pk]) not in page

    def test_leads_governors_to_no_page_that_is_refused_to_them(self, visit):
        governor = Person.objects.create_user("gov@example.org", "x" * 20, name="Gov Lee")
        facts = {"kind": "chair_of_governors", "school": visit.made.schools[0], "start_on": BEGUN}
        Role.objects.create(person=governor, **facts)
        client = client_of(governor)
        page = client.get(reverse("plan", args=[visit.plan.pk])).content.decode()
        assert reverse("plan_comments", args=[visit.plan.pk]) in page
        for name in ("plan_send", "plan_forms"):
            address = reverse(name, args=[visit.plan.pk])
            assert client.get(address).status_code == 403 and f'href="{address}"' not in page


class TestAForm:
    @pytest.mark.parametrize("section", sorted(ADD_WORDS))
    def test_of_each_kind_opens_filled_with_help_beside_it(self, visit, section):
        query = "?measure=" if section == "targets" else ""
        answer = visit.get("plan_part_new", visit.plan.pk, section, query=query)
        assert answer.status_code == 200
        assert "If this is your first plan" in words_of(answer)
        part = visit.whole.section(section)[0]
        answer = visit.get("plan_part", visit.plan.pk, section, part.uid)
        assert answer.status_code == 200

    def test_adds_an_action_filled_from_its_strand_and_counts_what_was_not_asked(self, visit):
        strand = visit.whole.strands[0]
        address = reverse("plan_part_new", args=[visit.plan.pk, "actions"])
        address += f"?strand={strand.uid}"
        page = words_of(visit.client.get(address))
        assert "filled in. Correct" in page
        sent = {
            "title": "A van",
            "strand": str(strand.uid),
            "schools": [str(pk) for pk in strand.schools],
            "owner_name": "Cora Lee",
            "start_on": "2026-10-01",
            "end_on": "2026-11-30",
        }
        answer = visit.client.post(address, sent)
        action = Action.objects.get(title="A van")
        assert action.end_on == dt.date(2026, 12, 1)
        assert answer["Location"].endswith(f"#p{action.uid}")
        counted = Reuse.objects.filter(form__endswith=str(action.uid))
        assert {each.field for each in counted} >= {"schools", "owner_name"}

    def test_keeps_what_was_typed_when_it_is_refused(self, visit):
        action = visit.whole.actions[0]
        answer = visit.edit("actions", action.uid, end_on="2030-01-01", text="My long words")
        page = words_of(answer)
        assert "outside the time of the plan" in page
        assert "My long words" in page
        assert visit.whole.actions[0].text == action.text

    def test_refuses_a_pasted_document_with_its_size_and_keeps_it(self, visit):
        action = visit.whole.actions[0]
        answer = visit.edit("actions", action.uid, text="word " * 2_097_152)
        assert answer.status_code == 200
        page = answer.content.decode()
        assert "10,485,759 characters" in page or "10,485,760 characters" in page
        assert "20,000 characters at most" in page
        assert page.count("word ") > 2_000_000

    def test_takes_pounds_and_per_cent(self, visit):
        whole = visit.whole
        action, payer = whole.actions[0], whole.payers[0]
        address = reverse("plan_part_new", args=[visit.plan.pk, "budget_lines"])
        sent = {"title": "Books", "action": str(action.uid), "kind": "resources"}
        sent |= {"amount_pence": "£1,250.50", f"share_{payer.uid}": "62.5"}
        assert visit.client.post(address, sent).status_code == 302
        line = visit.whole.budget_lines[-1]
        assert line.amount_pence == 125_050
        assert line.shares[0].share == Decimal("0.625")
        page = words_of(visit.client.post(address, {**sent, f"share_{payer.uid}": "101"}))
        assert "at most 100 per cent" in page

    def test_says_that_a_budget_line_needs_an_action(self, visit):
        address = reverse("plan_part_new", args=[visit.plan.pk, "budget_lines"])
        page = words_of(visit.client.post(address, {"title": "Books", "amount_pence": "5"}))
        assert "belongs to no action" in page

    def test_says_all_that_is_wrong_with_a_budget_line_at_once(self, visit):
        payer = visit.whole.payers[0]
        address = reverse("plan_part_new", args=[visit.plan.pk, "budget_lines"])
        sent = {"amount_pence": "lots", f"share_{payer.uid}": "101"}
        page = words_of(visit.client.post(address, sent))
        for said in ("Something is missing", "belongs to no action", "This is not an amount",
                     "at most 100 per cent"):  # fmt: skip
            assert said in page
        assert 'value="lots"' in page

    def test_asks_of_a_target_only_what_its_form_has(self, visit):
        address = reverse("plan_part_new", args=[visit.plan.pk, "targets"])
        on = {"wanted_on": "2027-08-31"}
        measure = shipped("attendance").pk
        page = words_of(visit.client.post(f"{address}?measure={measure}", on))
        assert "Enter the value that you want." in page
        assert "leave the measure empty" not in page
        page = words_of(visit.client.post(f"{address}?measure=", on))
        assert "Write what success would look like." in page

    def test_fills_pupils_on_roll_from_the_register(self, visit):
        address = reverse("plan_part_new", args=[visit.plan.pk, "targets"])
        address += f"?measure={shipped('pupils-on-roll').pk}"
        schools = visit.made.schools
        counts = [Census.objects.get(school=each, year=2026).pupils for each in schools]
        whole = words_of(visit.client.get(address))
        assert f'value="{float(sum(counts))}"' in whole
        assert "Census in the register, school year: 2025/26" in whole
        one = words_of(visit.client.get(f"{address}&school={schools[0].pk}"))
        assert f'value="{float(counts[0])}"' in one
        Census.objects.filter(school=schools[0]).delete()
        assert "Census in the register" not in words_of(visit.client.get(address))

    def test_says_what_to_do_when_the_plan_is_sent_in_meanwhile(self, visit):
        action = visit.whole.actions[0]
        sent = {**typed(action), "text": "Kept words"}
        Plan.objects.update(state="submitted")
        address = reverse("plan_part", args=[visit.plan.pk, "actions", action.uid])
        page = words_of(visit.client.post(address, sent))
        assert "Nothing can be written in this plan now." in page
        assert "Kept words" in page

    def test_moves_and_removes_a_part(self, visit):
        first, second = visit.whole.priorities
        address = reverse("plan_part_move", args=[visit.plan.pk, "priorities", second.uid])
        visit.client.post(address, {"up": "1"})
        assert visit.whole.priorities[0].uid == second.uid
        word = visit.whole.definitions[0]
        args = [visit.plan.pk, "definitions", word.uid]
        assert "history" in words_of(visit.get("plan_part_remove", *args))
        visit.client.post(reverse("plan_part_remove", args=args))
        assert visit.whole.definitions == ()
        page = words_of(visit.get("plan_part_history", *args))
        assert "Removed" in page
        assert first.uid != second.uid


class TestTwoAtOnce:
    def test_see_both_versions_side_by_side_and_choose(self, visit):
        action = visit.whole.actions[0]
        sent = {**typed(action), "title": "Mine"}
        values = {"title": "Theirs", "text": "Also theirs"}
        theirs = {"section": "actions", "uid": action.uid, "values": values}
        who = {**visit.made.who, "person": visit.made.other_head, "plan_pk": visit.plan.pk}
        save_part(**who, **theirs, seen=1)
        address = reverse("plan_part", args=[visit.plan.pk, "actions", action.uid])
        page = words_of(visit.client.post(address, sent))
        assert "Both of you changed: Action" in page
        assert "Mine" in page
        assert "Theirs" in page
        assert 'name="seen" value="2"' in page
        assert 'value="Mine"' in page
        assert "Also theirs</textarea>" in page
        visit.client.post(address, {**sent, "seen": 2, "take_title": "theirs", "text": "New"})
        now = visit.whole.actions[0]
        assert (now.title, now.text) == ("Theirs", "New")

    def test_put_back_what_another_removed(self, visit):
        word = visit.whole.definitions[0]
        sent = {**typed(word), "meaning": "My meaning"}
        who = {**visit.made.who, "plan_pk": visit.plan.pk}
        remove_part(**who, section="definitions", uid=word.uid)
        address = reverse("plan_part", args=[visit.plan.pk, "definitions", word.uid])
        page = words_of(visit.client.post(address, sent))
        assert "Somebody removed this" in page
        assert "My meaning" in page
        visit.client.post(address, {**sent, "again": "1"})
        assert visit.whole.definitions[0].meaning == "My meaning"


class TestTalking:
    def test_a_comment_is_made_and_settled(self, visit):
        action = visit.whole.actions[0]
        address = reverse("plan_comments", args=[visit.plan.pk]) + f"?about={action.uid}"
        visit.client.post(address, {"text": "Who drives?"})
        comment = PlanComment.objects.get()
        assert comment.uid == action.uid
        assert "Who drives?" in words_of(visit.client.get(address))
        visit.client.post(reverse("plan_comment_answer", args=[comment.pk]), {"answer": "Hana"})
        assert "Settled" in words_of(visit.client.get(address))

    def test_the_history_tells_who_changed_which_field(self, visit):
        action = visit.whole.actions[0]
        visit.edit("actions", action.uid, title="A van of books")
        page = words_of(visit.get("plan_history", visit.plan.pk))
        assert "A van of books" in page
        assert action.title in page
        assert "Hana Jones" in page


class TestTheClustersPage:
    def test_says_the_stage_and_leads_to_the_plan(self, visit):
        page = words_of(visit.get("cluster_plan", visit.made.cluster.pk))
        assert "Plan being written." in page
        assert reverse("plan", args=[visit.plan.pk]) in page
        overview = words_of(visit.get("cluster", visit.made.cluster.pk))
        assert "Plan being written." in overview

    def test_starts_a_plan(self, visit):
        address = reverse("plan_start", args=[visit.made.cluster.pk])
        assert visit.client.get(address).status_code == 200
        sent = {"title": "Later", "start_on": "2027-09-01", "end_on": "2028-08-31"}
        sent |= {"language": "en-gb", "begin": "known"}
        assert visit.client.post(address, sent).status_code == 302
        page = words_of(visit.client.post(address, sent))
        assert "already writing a plan" in page


class TestSimilarClusters:
    def test_lie_beside_the_form_when_they_share_their_approved_plan(self, visit):
        made = visit.made
        programme = start_programme(
            person=made.county.officer,
            day=dt.date(2026, 11, 21),
            organisation=made.county.organisation,
            facts=ProgrammeFacts("Together", "", dt.date(2024, 9, 1), None),
        )
        other = made.county.open("Marsh", made.schools[2:])
        for cluster in (made.cluster, other):
            Participation.objects.create(
                cluster=cluster, programme=programme, start_on=dt.date(2024, 9, 1)
            )
        theirs = Plan.objects.create(
            cluster=other,
            title="Marsh plan",
            start_on=dt.date(2026, 9, 1),
            end_on=dt.date(2027, 9, 1),
        )
        fill_up(theirs, made.head, made.schools[2:])
        Plan.objects.filter(pk=theirs.pk).update(state="approved", approved_on=dt.date(2026, 9, 1))
        query = visit.get("plan_part_new", visit.plan.pk, "strands")
        assert "Marsh" not in words_of(query)
        assert visit.get("plan_alongside", theirs.pk).status_code == 403
        Plan.objects.filter(pk=theirs.pk).update(shared_at=timezone.now())
        page = words_of(visit.get("plan_part_new", visit.plan.pk, "strands"))
        assert "How similar clusters wrote it" in page
        assert "Strand 1: libraries" in page
        assert visit.get("plan_alongside", theirs.pk).status_code == 200
