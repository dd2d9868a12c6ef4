"""What a form hands to the page for each field."""

from __future__ import annotations

import pytest
from django import forms
from django.template.loader import get_template
from django.utils.safestring import SafeString

from clusterwork.web.formparts import parts_of, summary_of


class Note(forms.Form):
    words = forms.CharField(max_length=5)
    own = forms.CharField(max_length=5, required=False, error_messages={"max_length": "Cut it."})


class TestTextThatIsTooLong:
    def test_no_browser_cuts_what_is_pasted_without_saying_so(self):
        assert "maxlength" not in parts_of(Note()["words"])["attributes"]

    def test_the_form_says_how_long_it_is_and_keeps_it(self):
        part = parts_of(Note({"words": "far too long"})["words"])
        assert part["error"] == ("The text is too long. It can have 5 characters; this has 12.")
        assert part["value"] == "far too long"

    def test_the_summary_says_the_same(self):
        listed = summary_of(Note({"words": "far too long"}))
        assert listed == [
            {
                "text": "The text is too long. It can have 5 characters; this has 12.",
                "href": "#id_words",
            }
        ]

    def test_a_field_with_words_of_its_own_keeps_them(self):
        assert parts_of(Note({"words": "a", "own": "far too long"})["own"])["error"] == "Cut it."


class TestWhatIsMissing:
    def test_is_called_by_its_name_so_that_the_summary_tells_one_from_another(self):
        listed = [each["text"] for each in summary_of(Note({}))]
        assert listed == ["Something is missing here: Words"]


class Choice(forms.Form):
    ways = forms.MultipleChoiceField(
        label="Which ways?", widget=forms.CheckboxSelectMultiple, required=False
    )


def shown(form: forms.Form) -> SafeString:
    environment = get_template("base.html").backend.env
    return environment.get_template("parts/form.html").module.field(form["ways"])


class TestQuestionsWithoutAnswers:
    def test_nothing_is_asked_where_there_is_nothing_to_choose(self):
        assert shown(Choice()).strip() == ""

    @pytest.mark.parametrize("data", [None, {"ways": "by-foot"}])
    def test_a_question_with_answers_is_asked(self, data):
        form = Choice(data)
        form.fields["ways"].choices = [("by-bus", "By bus")]
        assert "Which ways?" in shown(form)
