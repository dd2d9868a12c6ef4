"""No sequence of told tables reveals a hidden number: a solver of another kind tries."""

from hypothesis import given, settings
from hypothesis import strategies as st

from clusterwork.kernel.disclosure import NOTHING, percentages, suppress, two_way, with_totals
from clusterwork.kernel.tests.attacker import every_value_of, range_of

SMALLEST = 5
COUNTS = st.one_of(st.integers(0, 8), st.integers(0, 60))
some = settings(max_examples=60, deadline=None, derandomize=True)


@st.composite
def overlapping(draw):
    """Schools with their counts, and groups of them that overlap as they like."""
    facts = {f"s{k}": draw(COUNTS) for k in range(draw(st.integers(2, 7)))}
    group = st.lists(st.sampled_from(sorted(facts)), min_size=1, unique=True)
    groups = draw(st.lists(group, max_size=5))
    return facts, {f"g{k}": members for k, members in enumerate(groups)}


def holds_against_a_solver(facts, decided, secrets, *, knows=()):
    """Every secret stays in doubt by as much as was promised, whatever has been told so far."""
    for secret in secrets - decided.exposed:
        low, high = range_of(secret, decided.after.told, facts, knows=knows)
        assert high - low >= SMALLEST - 1, (secret, low, high)


def small_facts(facts):
    return {frozenset([key]) for key, n in facts.items() if 0 < n < SMALLEST}


class TestASolverFindsNothing:
    @some
    @given(overlapping())
    def test_in_totals_that_overlap(self, table):
        facts, groups = table
        decided = suppress(facts, with_totals(facts, groups), SMALLEST)
        assert not decided.exposed
        holds_against_a_solver(facts, decided, small_facts(facts) | decided.after.kept)

    @some
    @given(st.data())
    def test_in_two_ways_with_margins_and_groups(self, data):
        rows, columns = range(data.draw(st.integers(1, 4))), range(data.draw(st.integers(1, 3)))
        facts = {(r, c): data.draw(COUNTS) for r in rows for c in columns}
        groups = {"A": rows[:2], "B": rows[1:]}
        decided = suppress(facts, two_way(rows, columns, row_totals=groups), SMALLEST)
        holds_against_a_solver(facts, decided, decided.after.kept)

    @some
    @given(overlapping(), st.data())
    def test_in_percentages(self, table, data):
        sizes, groups = table
        counts = {key: (data.draw(st.integers(0, n)), n) for key, n in sizes.items()}
        facts, cells = percentages(counts, {**{key: [key] for key in sizes}, **groups})
        decided = suppress(facts, cells, SMALLEST)
        holds_against_a_solver(facts, decided, decided.after.kept)

    @some
    @given(overlapping(), st.data())
    def test_in_one_table_after_another(self, table, data):
        facts, groups = table
        cells = data.draw(st.permutations(sorted(with_totals(facts, groups).items())))
        before = NOTHING
        for start in range(0, len(cells), 2):
            decided = suppress(facts, dict(cells[start : start + 2]), SMALLEST, before=before)
            assert not decided.exposed
            before = decided.after
        holds_against_a_solver(facts, decided, small_facts(facts) | before.kept)

    @some
    @given(overlapping())
    def test_though_each_school_knows_its_own(self, table):
        facts, groups = table
        insiders = [[key] for key in facts]
        private = set(facts)
        decided = suppress(
            facts, {k: [v] for k, v in groups.items()}, SMALLEST, private=private, insiders=insiders
        )
        assert not decided.exposed
        for own in facts:
            others = {frozenset([key]) for key in facts if key != own}
            holds_against_a_solver(facts, decided, others, knows=[own])


class TestNoCellHidesInVain:
    @some
    @given(overlapping())
    def test_every_hidden_cell_can_have_another_value(self, table):
        facts, groups = table
        cells = with_totals(facts, groups)
        decided = suppress(facts, cells, SMALLEST)
        for key in decided.hidden:
            low, high = range_of(frozenset(cells[key][0]), decided.after.told, facts)
            assert low < high

    @some
    @given(overlapping())
    def test_telling_one_more_would_give_a_secret_away(self, table):
        facts, groups = table
        cells = with_totals(facts, groups)
        decided = suppress(facts, cells, SMALLEST)
        for key in decided.hidden - decided.small:
            told = decided.after.told | {frozenset(cells[key][0])}
            ranges = [range_of(secret, told, facts) for secret in decided.after.kept]
            assert min(high - low for low, high in ranges) < SMALLEST - 1

    @some
    @given(overlapping())
    def test_nothing_hides_where_nothing_is_small(self, table):
        facts, groups = table
        large = {key: n + SMALLEST for key, n in facts.items()}
        assert not suppress(large, with_totals(large, groups), SMALLEST).hidden

    @some
    @given(overlapping())
    def test_the_same_table_has_the_same_answer(self, table):
        facts, groups = table
        cells = with_totals(facts, groups)
        assert suppress(facts, cells, SMALLEST) == suppress(facts, cells, SMALLEST)


class TestByTryingEveryTable:
    @settings(max_examples=25, deadline=None, derandomize=True)
    @given(st.lists(st.integers(0, 6), min_size=2, max_size=4), st.data())
    def test_two_values_stay_possible(self, counts, data):
        facts = dict(enumerate(counts))
        group = st.lists(st.sampled_from(sorted(facts)), min_size=1, unique=True)
        groups = dict(zip("abc", data.draw(st.lists(group, max_size=3)), strict=False))
        decided = suppress(facts, with_totals(facts, groups), SMALLEST)
        for secret in small_facts(facts):
            values = every_value_of(secret, decided.after.told, facts, up_to=12)
            assert max(values) - min(values) >= SMALLEST - 1
