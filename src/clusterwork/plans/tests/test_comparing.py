"""What changed between two submissions."""

from __future__ import annotations

from clusterwork.plans.rules.comparing import ADDED, CHANGED, REMOVED, changes_between

OLD = {
    "plan": {"title": "Reading together"},
    "actions": [{"uid": "a", "title": "Visit"}, {"uid": "b", "title": "Train"}],
}


class TestParts:
    def test_the_same_plan_has_no_changes(self):
        assert changes_between(OLD, OLD) == ()

    def test_a_part_that_only_moved_has_not_changed(self):
        assert changes_between(OLD, {**OLD, "actions": OLD["actions"][::-1]}) == ()

    def test_names_what_was_added_removed_and_changed(self):
        new = {
            "plan": {"title": "Reading for all"},
            "actions": [{"uid": "b", "title": "Train staff"}, {"uid": "c", "title": "Meet"}],
        }
        found = [(each.section, each.uid, each.what) for each in changes_between(OLD, new)]
        assert found == [
            ("plan", "", CHANGED),
            ("actions", "b", CHANGED),
            ("actions", "c", ADDED),
            ("actions", "a", REMOVED),
        ]

    def test_says_what_stood_in_the_field_before(self):
        new = {**OLD, "actions": [OLD["actions"][0], {"uid": "b", "title": "Train staff"}]}
        field = changes_between(OLD, new)[0].fields[0]
        assert (field.field, field.old, field.new) == ("title", "Train", "Train staff")

    def test_a_section_that_one_of_them_lacks_is_all_added(self):
        found = changes_between({"plan": {}}, {"plan": {}, "posts": [{"uid": "p"}]})
        assert [each.what for each in found] == [ADDED]
