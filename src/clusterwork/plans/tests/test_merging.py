"""What two people write into the same part is put together, and no change is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clusterwork.plans.rules.merging import changed_fields, merged, same

FIELDS = ("title", "text", "area", "schools")
LISTS = frozenset({"schools"})
words = st.sampled_from(["", "a", "b", "c"])
schools = st.frozensets(st.integers(1, 5)).map(lambda found: tuple(sorted(found)))
parts = st.fixed_dictionaries({"title": words, "text": words, "area": words, "schools": schools})


def together(base, theirs, mine):
    return merged(base, theirs, mine, lists=LISTS)


class TestPuttingTogether:
    def test_takes_each_field_from_whoever_changed_it(self):
        base = {"title": "Books", "text": "", "schools": (1, 2)}
        theirs = {"title": "Books", "text": "A van", "schools": (1, 2, 3)}
        mine = {"title": "More books", "text": "", "schools": (2,)}
        found = together(base, theirs, mine)
        assert found.values == {"title": "More books", "text": "A van", "schools": (2, 3)}
        assert not found.clashes
        assert found.taken == ("text",)

    def test_asks_where_both_changed_the_same_field_differently(self):
        found = together({"title": "A"}, {"title": "B"}, {"title": "C"})
        assert found.values == {"title": "C"}
        [clash] = found.clashes
        assert (clash.base, clash.theirs, clash.mine) == ("A", "B", "C")

    def test_asks_nothing_where_both_wrote_the_same(self):
        assert not together({"title": "A"}, {"title": "B"}, {"title": "B"}).clashes

    @given(parts, parts, parts)
    def test_never_loses_a_change(self, base, theirs, mine):
        found = together(base, theirs, mine)
        clashing = {each.field for each in found.clashes}
        for name in ("title", "text", "area"):
            for changed in (theirs, mine):
                if changed[name] != base[name] and name not in clashing:
                    assert found.values[name] == changed[name]
        for clash in found.clashes:
            assert clash.theirs == theirs[clash.field]
            assert clash.mine == mine[clash.field]
        for changed in (theirs, mine):
            kept = set(found.values["schools"])
            other = set((mine if changed is theirs else theirs)["schools"])
            assert set(changed["schools"]) - set(base["schools"]) <= kept
            gone = set(base["schools"]) - set(changed["schools"])
            assert not gone & kept or gone & kept <= other - set(base["schools"])

    @given(parts, parts, parts)
    def test_comes_to_the_same_whoever_saves_first_unless_they_clash(self, base, one, other):
        first, second = together(base, one, other), together(base, other, one)
        assert {each.field for each in first.clashes} == {each.field for each in second.clashes}
        if not first.clashes:
            assert first.values == second.values

    @given(parts, parts)
    def test_changes_nothing_where_nobody_else_wrote(self, base, mine):
        found = together(base, base, mine)
        assert not found.clashes
        assert found.values == mine

    @given(parts, parts)
    def test_names_the_fields_that_differ(self, one, other):
        names = changed_fields(one, other)
        assert all(same(one[name], other[name]) == (name not in names) for name in FIELDS)
