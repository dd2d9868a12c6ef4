"""An officer enters a setting that has no official number, and later matches it to a school."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwork.accounts.models import Role
from clusterwork.accounts.permissions.register import authorities_kept_by, check_may_keep
from clusterwork.kernel.errors import Problem
from clusterwork.registry.services.settings import NotASetting, enter_by_hand, match_by_hand
from clusterwork.web.accounts.reader import person_of
from clusterwork.web.formats import said
from clusterwork.web.guards import needs_role, only
from clusterwork.web.registry.forms import posted
from clusterwork.web.registry.forms.settings import MatchForm, SettingForm
from clusterwork.web.registry.loading import school_to_change

officer = needs_role(Role.Kind.PROGRAMME_OFFICER)


@officer
@only("GET", "HEAD", "POST")
def setting_new(request: HttpRequest) -> HttpResponse:
    """Adds a setting."""
    by = person_of(request)
    kept = authorities_kept_by(by, timezone.localdate())
    form = SettingForm(posted(request)[0], authorities=kept)
    if request.method == "POST" and form.is_valid():
        try:
            setting = enter_by_hand(by=by, **form.cleaned_data)
        except Problem as problem:
            form.add_error(None, said(problem))
        else:
            messages.success(request, _("The setting is entered."))
            return redirect("school", pk=setting.pk)
    return render(request, "registry/setting_new.html", {"form": form}, using="jinja2")


@officer
@only("GET", "HEAD", "POST")
def setting_match(request: HttpRequest, pk: int) -> HttpResponse:
    """Says which school of the register the setting is; searched by its name at first."""
    setting = school_to_change(request, pk)
    if not setting.by_hand or setting.matched_to_id:
        raise NotASetting(setting)
    words = request.GET.get("q", setting.name.split(" ")[0]).replace("\x00", "")
    form = MatchForm(posted(request)[0], setting=setting, words=words)
    if request.method == "POST" and form.is_valid():
        by = person_of(request)
        try:
            school = form.cleaned_data["school"]
            check_may_keep(by, school.authority, timezone.localdate())
            match_by_hand(setting=setting, school=school, by=by)
        except Problem as problem:
            form.add_error(None, said(problem))
        else:
            messages.success(request, _("The setting is matched to this school."))
            return redirect("school", pk=school.pk)
    context = {"setting": setting, "form": form, "words": words}
    return render(request, "registry/setting_match.html", context, using="jinja2")
