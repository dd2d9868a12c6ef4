"""A Welsh-medium priority, in Welsh throughout: said, proposed, ranked and chosen.

Priorities "not visible in performance data but valued, particularly in Welsh medium" (EAS 4.1.4).
A head says what no figure shows, in her own language, with a laptop at 360 pixels; the others rank
it first and the cluster agrees. Every page is under /cy/, and what was written stays as it was
written. Fields are found by their names, so that the story does not hang on a translation.
"""

from __future__ import annotations

import pytest

from clusterwork.clusters.models import Decision
from clusterwork.plans.models import Choosing, Need
from clusterwork.plans.selectors.choosing import chosen_candidates
from tests.journeys.the_five import Five, after, five_schools
from tests.journeys.visitor import PASSWORD

pytestmark = pytest.mark.browser

PLAYGROUND = "Y Gymraeg ar y buarth"
WHY = "Mae’r plant yn siarad Saesneg â’i gilydd amser chwarae, er eu bod yn rhugl yn y dosbarth."
READING = "Darllen ar y cyd"


@pytest.fixture
def five(transactional_db) -> Five:
    return five_schools(language="cy")


def signed_in(visit, email: str, **told):
    """By the Welsh page of signing in."""
    visitor = visit(**told)
    visitor.open("/cy/account/login/")
    visitor.page.locator("main input[name=login]").fill(email)
    visitor.page.locator("main input[name=password]").fill(PASSWORD)
    visitor.page.locator("main form button:not([type=button])").first.click()
    visitor.page.wait_for_url(lambda address: "/login/" not in address)
    return visitor


def send(visitor, action: str = "") -> None:
    """The first form of the page, or the one with this ending of its address."""
    form = f'main form[action$="{action}"]' if action else "main form"
    visitor.page.locator(form).first.locator("button:not([type=button])").first.click()
    is_in_welsh(visitor)


def is_in_welsh(visitor) -> None:
    visitor.page.wait_for_load_state()
    assert visitor.page.locator("html").get_attribute("lang") == "cy"
    assert "/cy/" in visitor.page.url


def she_says_what_no_figure_shows(ann, five: Five) -> None:
    ann.open(f"/cy/schools/{five.schools[0].pk}/needs/{five.year}/add?kind=priority")
    ann.page.locator("textarea[name=text]").fill(f"{PLAYGROUND}\n{WHY}")
    ann.page.locator("select[name=area]").select_option("welsh")
    send(ann)
    ann.sees(PLAYGROUND)
    send(ann, f"/needs/{five.year}/send")
    ann.sees(PLAYGROUND)
    need = Need.objects.get(statement__school=five.schools[0], statement__year=five.year)
    assert need.text.splitlines() == [PLAYGROUND, WHY]


def it_is_proposed_in_her_words(cora, ann, five: Five) -> Choosing:
    cora.open(f"/cy/clusters/{five.cluster.pk}/choosing/start")
    send(cora)
    choosing = Choosing.objects.get()
    ann.open(f"/cy/clusters/choosing/{choosing.pk}/")
    send(ann, "/propose-needs")
    ann.sees(WHY)
    cora.open(f"/cy/clusters/choosing/{choosing.pk}/propose")
    cora.page.locator("input[name=title]").fill(READING)
    cora.page.locator("input[name=every]").check()
    send(cora)
    cora.sees(READING)
    cora.open(f"/cy/clusters/choosing/{choosing.pk}/ask")
    cora.page.locator("input[name=rank_by]").fill(after(7).isoformat())
    send(cora)
    return choosing


def all_rank_it(visit, five: Five, choosing: Choosing) -> None:
    welsh, reading = (choosing.candidates.get(title=each).pk for each in (PLAYGROUND, READING))
    for number, order in enumerate(
        ((welsh, reading), (welsh,), (reading, welsh), (welsh, reading))
    ):
        head = signed_in(visit, five.heads[number].email, width=360, script=number % 2 == 0)
        head.open(f"/cy/clusters/choosing/{choosing.pk}/rank/{five.schools[number].pk}")
        for place, pk in enumerate(order, 1):
            head.page.locator(f"select[name=place_{pk}]").select_option(str(place))
        send(head)


def it_stands_first(cora, choosing: Choosing) -> None:
    cora.open(f"/cy/clusters/choosing/{choosing.pk}/result")
    is_in_welsh(cora)
    first = cora.page.locator("main table").first.locator("tbody tr").first
    assert PLAYGROUND in first.inner_text()


def the_cluster_agrees(cora, visit, five: Five, choosing: Choosing) -> None:
    cora.open(f"/cy/clusters/choosing/{choosing.pk}/vote")
    send(cora)
    decision = Decision.objects.get(about="priorities")
    assert decision.text.splitlines()[0] == f"1. {PLAYGROUND}"
    for number in range(5):
        head = signed_in(visit, five.heads[number].email)
        head.open(f"/cy/clusters/decisions/{decision.pk}/vote/{five.schools[number].pk}")
        head.page.locator("input[name=answer][value=agree]").check()
        send(head)
    cora.open(f"/cy/clusters/choosing/{choosing.pk}/")
    send(cora, "/settle")
    cora.sees(PLAYGROUND)
    chosen = chosen_candidates(five.cluster, choosing.for_start_on)
    assert [each.title for each in chosen] == [PLAYGROUND, READING]
    assert chosen[0].text.splitlines() == [PLAYGROUND, WHY]


def test_a_welsh_medium_priority(visit, five):
    cora, ann = signed_in(visit, "cora@wolder.example"), signed_in(visit, "ann@wolder.example")
    she_says_what_no_figure_shows(ann, five)
    choosing = it_is_proposed_in_her_words(cora, ann, five)
    all_rank_it(visit, five, choosing)
    it_stands_first(cora, choosing)
    the_cluster_agrees(cora, visit, five, choosing)
