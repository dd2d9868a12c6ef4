"""Two people at one agreement at the same time: one is done, the other is told why not."""

from __future__ import annotations

import pytest

from clusterwork.clusters.models import AgreementVersion
from clusterwork.clusters.services.agreements.library import HasClausesAlready, take_over_starter
from clusterwork.clusters.services.agreements.loading import AlreadySigned, OneUnderWay
from clusterwork.clusters.services.agreements.starting import start_version
from clusterwork.clusters.tests.made_agreements import Five
from clusterwork.clusters.tests.test_two_at_once import at_once
from clusterwork.kernel.states import MoveNotAllowed

pytestmark = pytest.mark.django_db(transaction=True)


class TestTwoAtOnce:
    def test_never_begin_two_versions(self):
        five = Five()

        def verb():
            return start_version(**five.as_chair, cluster_pk=five.cluster.pk, kind="memorandum")

        (problem,) = at_once(verb, verb)
        assert isinstance(problem, OneUnderWay)
        assert AgreementVersion.objects.count() == 1

    def test_never_take_the_library_over_twice(self):
        five = Five(bare=True)

        def verb():
            return take_over_starter(
                **five.who, organisation_pk=five.organisation.pk, kind="memorandum"
            )

        (problem,) = at_once(verb, verb)
        assert isinstance(problem, HasClausesAlready)

    def test_never_seal_twice(self):
        five = Five()
        version = five.filled()
        (problem,) = at_once(lambda: five.put_it(version), lambda: five.put_it(version))
        assert isinstance(problem, MoveNotAllowed)

    def test_never_sign_twice_and_the_last_two_bring_it_into_force_once(self):
        five = Five()
        version = five.put()
        for n in range(4):
            five.sign_for(version, n)
        head, governors = five.heads[4], five.governors[4]
        problems = at_once(
            lambda: five.sign(version, head, 4, "head"),
            lambda: five.sign(version, head, 4, "head"),
            lambda: five.sign(version, governors, 4, "governors"),
        )
        assert [type(each) for each in problems] == [AlreadySigned]
        version.refresh_from_db()
        assert version.state == "in_force" and version.signatures.count() == 10
