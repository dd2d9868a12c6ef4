"""Which person is known by an e-mail address."""

from __future__ import annotations

from clusterwork.accounts.models import Person


def person_by_email(email: str) -> Person | None:
    """The person with this address, whatever its capitals."""
    return Person.objects.filter(email__iexact=email.strip()).first()
