"""A school's answer about its place: accept, accept with a comment, ask to move, decline."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models import Answer, ProposedCluster

LONGEST = 2000
Kind = Answer.Kind
NEEDED = {
    Kind.ACCEPT: (),
    Kind.ACCEPT_WITH_COMMENT: ("comment",),
    Kind.ASK_TO_MOVE: ("wanted", "why"),
    Kind.DECLINE: ("reason",),
}


def words(label: Any, **options: Any) -> forms.CharField:
    """A few sentences, or none."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": _("Write 2,000 characters or fewer.")},
        **options,
    )


class AnswerForm(forms.Form):
    """The four answers; what belongs to one of them is not asked of the others."""

    kind = forms.ChoiceField(
        label=_("What does your school answer?"),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the four answers.")},
    )
    comment = words(_("Your comment"))
    wanted = forms.ModelChoiceField(
        ProposedCluster.objects.none(),
        label=_("Where to?"),
        required=False,
        empty_label=_("I do not know where, only why"),
    )
    why = words(_("Why?"))
    reason = words(_("Your reason"), help_text=_("You need not give one."))

    def __init__(
        self, *args: Any, clusters: list[tuple[ProposedCluster, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["wanted"]
        field.queryset = ProposedCluster.objects.filter(pk__in=[each.pk for each, _w in clusters])
        choices = [(each.pk, text) for each, text in clusters]
        field.choices = [("", field.empty_label), *choices]

    def clean(self) -> dict[str, Any]:
        """A comment where one was promised; where to or why where the school asks to move."""
        data = super().clean() or {}
        kind = data.get("kind")
        if kind == Kind.ACCEPT_WITH_COMMENT and not data.get("comment", "").strip():
            self.add_error("comment", _("Write your comment, or accept without one."))
        if kind == Kind.ASK_TO_MOVE and not (data.get("wanted") or data.get("why", "").strip()):
            self.add_error("why", _("Say where to, or why."))
        return data

    @property
    def answer(self) -> dict[str, Any]:
        """Kind, comment and wanted cluster, as the service takes them."""
        data = self.cleaned_data
        kind = Kind(data["kind"])
        said = next((data[name] for name in NEEDED[kind] if name != "wanted"), "")
        return {
            "kind": kind,
            "comment": said,
            "wanted": data["wanted"] if kind == Kind.ASK_TO_MOVE else None,
        }


def filled_from(answer: Answer | None) -> dict[str, Any]:
    """The form as the last answer left it."""
    if answer is None:
        return {}
    names = [name for name in NEEDED[Kind(answer.kind)] if name != "wanted"]
    return {"kind": answer.kind, "wanted": answer.wanted_id} | dict.fromkeys(names, answer.comment)
