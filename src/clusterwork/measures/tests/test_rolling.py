"""A cluster's figure counts each school once, and says what it is made of."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from clusterwork.measures.rules.rolling import By, Part, roll_up

unhurried = settings(deadline=None)


def part(key, value, **facts):
    return [Part(key, None if value is None else Decimal(str(value)), **facts)]


@st.composite
def clusters(draw):
    """Schools with a value or a code each, and clusters that overlap as they like."""
    figures = {}
    for key in range(draw(st.integers(1, 12))):
        n = draw(st.integers(1, 90))
        some = draw(st.integers(0, n))
        share = Decimal(100 * some) / n
        figures[key] = draw(
            st.sampled_from(
                (
                    [Part(key, round(share, 4), denominator=n, numerator=some)],
                    [Part(key, None, code="SUPP")],
                    [],
                )
            )
        )
    group = st.lists(st.sampled_from(sorted(figures)))
    return figures, draw(st.lists(group, max_size=5))


class TestNothingCountsTwice:
    @unhurried
    @given(clusters(), st.randoms())
    def test_a_programme_is_the_sum_of_its_schools_whatever_overlap_and_order(self, made, chance):
        figures, groups = made
        named = [school for group in groups for school in group]
        chance.shuffle(named)
        rolled = roll_up(named, figures, "weighted")
        inside = [figures[school][0] for school in set(named) if figures[school]]
        valued = [each for each in inside if each.value is not None]
        n = sum(each.denominator for each in valued)
        assert rolled.n_schools == len(set(named))
        assert rolled.n_in == len(valued)
        assert rolled == roll_up(reversed(named), figures, "weighted")
        if valued:
            assert rolled.denominator == n
            exact = Decimal(100 * sum(each.numerator for each in valued)) / n
            assert abs(rolled.value - exact) <= Decimal("0.00005")

    @unhurried
    @given(clusters())
    def test_every_school_is_in_or_said_to_be_out(self, made):
        figures, _groups = made
        told = roll_up(figures, figures, "weighted")
        out = sum(n for _code, n in told.codes) + told.n_missing + told.n_left_out
        assert told.n_in + out == told.n_schools

    def test_two_schools_that_came_out_of_one_count_its_figure_once(self):
        before = part("old", 120)
        rolled = roll_up(["Ash", "Beech"], {"Ash": before, "Beech": before}, "sum")
        assert rolled.value == 120
        assert (rolled.n_schools, rolled.n_in) == (2, 2)


class TestHowFiguresGoTogether:
    def test_percentages_by_the_numbers_counted(self):
        figures = {
            "Ash": part("a", 50, denominator=10),
            "Beech": part("b", 80, denominator=90),
        }
        rolled = roll_up(figures, figures, "weighted")
        assert (rolled.value, rolled.by, rolled.denominator) == (77, By.NUMBERS, 100)

    def test_from_the_counts_where_the_percentage_was_rounded(self):
        figures = {"Ash": part("a", 33, denominator=3, numerator=1)}
        assert roll_up(figures, figures, "weighted").value == Decimal("33.3333")

    def test_one_whose_number_is_unknown_is_left_out_and_said(self):
        figures = {"Ash": part("a", 50, denominator=10), "Beech": part("b", 80)}
        rolled = roll_up(figures, figures, "weighted")
        assert (rolled.value, rolled.n_in, rolled.n_left_out) == (50, 1, 1)

    def test_all_alike_where_no_number_is_known(self):
        figures = {"Ash": part("a", 50), "Beech": part("b", 80)}
        rolled = roll_up(figures, figures, "weighted")
        assert (rolled.value, rolled.by, rolled.denominator) == (65, By.SCHOOLS, None)

    def test_sums_add_up_and_a_code_is_no_zero(self):
        figures = {"Ash": part("a", 3), "Beech": part("b", None, code="SUPP"), "Cedar": []}
        rolled = roll_up(figures, figures, "sum")
        assert (rolled.value, rolled.n_in, rolled.n_missing) == (3, 1, 1)
        assert rolled.codes == (("SUPP", 1),)

    def test_grades_are_not_put_together(self):
        figures = {"Ash": part("a", 2)}
        rolled = roll_up(figures, figures, "none")
        assert rolled.value is None
        assert rolled.by is By.NOTHING

    def test_no_school_has_no_figure_rather_than_zero(self):
        assert roll_up([], {}, "sum").value is None
