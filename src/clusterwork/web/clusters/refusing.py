"""A problem that a service answers with: the form's error, or a message on the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from clusterwork.kernel.errors import NotAllowed, NotThere, Problem
from clusterwork.web.formats import said

T = TypeVar("T")


def done_or_said(form: forms.BaseForm, field: str | None, act: Callable[[], T]) -> T | None:
    """What `act` returns, or None with its problem added to the form.

    A refused permission and a thing that is not there are not the form's to say.
    """
    try:
        return act()
    except (NotAllowed, NotThere):
        raise
    except Problem as problem:
        form.add_error(field, said(problem))
        return None


def done_or_told(request: HttpRequest, act: Callable[[], T]) -> T | None:
    """What `act` returns, or None with its problem as a message for the page that comes next.

    For buttons that stand alone: their page says what happened, and is the way on.
    """
    try:
        return act()
    except (NotAllowed, NotThere):
        raise
    except Problem as problem:
        messages.warning(request, said(problem))
        return None
