"""An officer enters a setting that has no official number, and later matches it to a school."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clusterwork.accounts.models import Role
from clusterwork.kernel.errors import Problem
from clusterwork.registry.services.settings import NotASetting, enter_by_hand, match_by_hand
from clusterwork.web.formats import said
from clusterwork.web.guards import needs_role, only
from clusterwork.web.registry.forms import posted
from clusterwork.web.registry.forms.settings import MatchForm, SettingForm
from clusterwork.web.registry.loading import school_with

officer = needs_role(Role.Kind.PROGRAMME_OFFICER)


@officer
@only("GET", "HEAD", "POST")
def setting_new(request: HttpRequest) -> HttpResponse:
    """Adds a setting."""
    form = SettingForm(posted(request)[0])
    if request.method == "POST" and form.is_valid():
        by: Any = request.user
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
    setting = school_with(pk)
    if not setting.by_hand or setting.matched_to_id:
        raise NotASetting(setting)
    words = request.GET.get("q", setting.name.split(" ")[0])
    form = MatchForm(posted(request)[0], setting=setting, words=words)
    if request.method == "POST" and form.is_valid():
        by: Any = request.user
        try:
            school = match_by_hand(setting=setting, school=form.cleaned_data["school"], by=by)
        except Problem as problem:
            form.add_error(None, said(problem))
        else:
            messages.success(request, _("The setting is matched to this school."))
            return redirect("school", pk=school.pk)
    context = {"setting": setting, "form": form, "words": words}
    return render(request, "registry/setting_match.html", context, using="jinja2")
