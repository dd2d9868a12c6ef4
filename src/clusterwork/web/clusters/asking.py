"""Who asks and on which day: the two things that enter the rooms from here."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.http import HttpRequest
from django.utils import timezone

from clusterwork.accounts.models import Person


def person_of(request: HttpRequest) -> Person:
    """The person who is signed in; the guards see to it that there is one."""
    return cast(Person, request.user)


def today() -> dt.date:
    """The day of the request, in local time."""
    return timezone.localdate()
