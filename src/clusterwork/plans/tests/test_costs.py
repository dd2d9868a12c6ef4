"""What each funder pays adds up to the line, to the penny."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from clusterwork.plans.rules.costs import costs_of, split
from clusterwork.plans.rules.parts import BudgetLinePart, Share

ONE, OTHER = UUID(int=1), UUID(int=2)
ten_thousandths = st.integers(1, 5000).map(lambda n: Decimal(n) / 10_000)


class TestSplitting:
    def test_gives_the_odd_penny_to_the_largest_remainder(self):
        third = Decimal("0.3333")
        assert split(100, [Share(ONE, third), Share(OTHER, third)]) == [33, 33, 34]

    def test_leaves_nothing_where_one_pays_all(self):
        assert split(101, [Share(ONE, Decimal(1))]) == [101, 0]

    @given(st.integers(0, 10**9), ten_thousandths, ten_thousandths)
    def test_never_loses_a_penny(self, amount, first, second):
        parts = split(amount, [Share(ONE, first), Share(OTHER, second)])
        assert sum(parts) == amount
        assert all(part >= 0 for part in parts)

    def test_adds_up_lines(self):
        line = BudgetLinePart(
            uid=uuid4(), title="A", amount_pence=1001, shares=(Share(ONE, Decimal("0.5")),)
        )
        found = costs_of([line, line])
        assert found.total == 2002
        assert found.by_payer[ONE] + found.rest == 2002
