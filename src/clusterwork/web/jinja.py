"""The Jinja2 environment of all pages: ours first, GOV.UK's components under their own prefix."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import json_script
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader

from clusterwork.accounts.permissions import lacks_second_factor
from clusterwork.web import formats
from clusterwork.web.accounts.providers import sign_in_providers
from clusterwork.web.address import with_query
from clusterwork.web.formparts import parts_of, summary_of

GOVUK = "govuk_frontend_jinja"


def environment(**options: Any) -> Environment:
    """Django's hook: the environment with our loaders, translation, filters and globals."""
    options["loader"] = ChoiceLoader(
        [
            FileSystemLoader(settings.PACKAGE / "web" / "templates"),
            PrefixLoader({GOVUK: PackageLoader(GOVUK)}),
        ]
    )
    env = Environment(**options, extensions=["jinja2.ext.i18n", "jinja2.ext.do"])  # noqa: S701
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    env.globals.update(
        static=static,
        url=address,
        language=get_language,
        parts_of=parts_of,
        summary_of=summary_of,
        with_query=with_query,
        json_script=json_script,
        lacks_second_factor=lacks_second_factor,
        sign_in_providers=sign_in_providers,
    )
    env.filters.update(
        day=formats.day,
        last_day=formats.last_day,
        moment=formats.moment,
        number=formats.number,
        percent=formats.percent,
        said=formats.said,
    )
    return env


def address(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of the page called `name`, in the language of the moment."""
    return reverse(name, args=args or None, kwargs=kwargs or None)
