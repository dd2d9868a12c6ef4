"""A programme's policy: as it is, as it was, and changing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Role
from clusterwork.clusters.formation_adapter import BadPolicy, checked_policy
from clusterwork.clusters.models import PolicyVersion, Programme
from clusterwork.clusters.permissions import programme_for
from clusterwork.clusters.selectors.programmes import policies_of, policy_now
from clusterwork.clusters.services.programmes import save_policy
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.forms.policies import PolicyForm
from clusterwork.web.clusters.frame import programme_frame
from clusterwork.web.clusters.refusing import done_or_said
from clusterwork.web.clusters.shown.policies import (
    NAMES,
    Difference,
    differences,
    findings_shown,
    policy_shown,
)
from clusterwork.web.clusters.shown.policy_files import policy_toml
from clusterwork.web.guards import needs_role, only


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@require_safe
def policy(request: HttpRequest, pk: int) -> HttpResponse:
    """The rules that hold now, and the earlier versions."""
    programme = programme_for(person_of(request), pk, today())
    return _policy_page(request, programme, policy_now(programme))


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@require_safe
def policy_version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The rules as they were saved once."""
    programme = programme_for(person_of(request), pk, today())
    return _policy_page(request, programme, _version(programme, number))


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@require_safe
def policy_file(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The rules as a POLICY.toml for the command line."""
    version = _version(programme_for(person_of(request), pk, today()), number)
    response = HttpResponse(policy_toml(version.mapping), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="POLICY-{number}.toml"'
    return response


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("GET", "HEAD", "POST")
def policy_change(request: HttpRequest, pk: int) -> HttpResponse:
    """All rules on one page, with what the reports found beside each."""
    programme = programme_for(person_of(request), pk, today())
    now = policy_now(programme)
    form = PolicyForm(
        request.POST or None,
        initial=PolicyForm.initial_from(checked_policy(now.mapping), now.number),
    )
    if form.is_valid():
        saved = done_or_said(
            form,
            None,
            lambda: save_policy(
                person=person_of(request),
                day=today(),
                pk=pk,
                mapping=form.mapping,
                seen=form.cleaned_data["seen"],
            ),
        )
        if saved:
            messages.success(request, _("The policy has been saved."))
            return redirect("policy", pk)
    context = {
        **programme_frame(programme, "policy"),
        "form": form,
        "names": NAMES,
        "findings": {key: findings_shown(key) for key in NAMES},
        "now": now,
        "theirs": _theirs(form, now),
    }
    return render(request, "clusters/policy_form.html", context, using="jinja2")


def _theirs(form: PolicyForm, now: PolicyVersion) -> list[Difference]:
    """What somebody else has saved meanwhile and what was typed here, where they differ."""
    if not form.is_bound or form.cleaned_data.get("seen") in (None, now.number):
        return []
    try:
        typed = checked_policy(form.mapping)
    except (KeyError, BadPolicy):
        return []
    return differences(now.mapping, typed)


def _policy_page(
    request: HttpRequest, programme: Programme, version: PolicyVersion
) -> HttpResponse:
    versions = list(policies_of(programme))
    context = {
        **programme_frame(programme, "policy"),
        "version": version,
        "is_latest": version.number == versions[0].number,
        "versions": versions,
        "groups": policy_shown(version.mapping),
    }
    return render(request, "clusters/policy.html", context, using="jinja2")


def _version(programme: Programme, number: int) -> PolicyVersion:
    found = policies_of(programme).filter(number=number).first()
    if found is None:
        raise NotThere(Message(N_("There is no such version of the policy.")))
    return found
