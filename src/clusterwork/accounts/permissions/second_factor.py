"""Whose roles ask for a second step of signing in, and whom a head lets send for her."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils import timezone

from clusterwork.accounts.models import Person, Role
from clusterwork.accounts.selectors import roles_on
from clusterwork.accounts.selectors.delegations import delegations_to

# Roles that touch money, pupils or a whole programme.
NEEDS_SECOND_FACTOR = frozenset(
    {
        Role.Kind.PROGRAMME_OFFICER,
        Role.Kind.FINANCE_LEAD,
        Role.Kind.LINK_ADVISER,
        Role.Kind.EVALUATOR,
        Role.Kind.INSPECTOR,
        Role.Kind.HEADTEACHER,
        Role.Kind.PROVISION_WORKER,
    }
)
REAL_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def needs_second_factor(person: Person) -> bool:
    """Whether a role that `person` holds today asks for a second factor, or sending for a head."""
    if not settings.SECOND_FACTOR_REQUIRED:
        return False
    today = timezone.localdate()
    return (
        roles_on(person, today).filter(kind__in=NEEDS_SECOND_FACTOR).exists()
        or delegations_to(person, today).filter(may_send=True).exists()
    )


def has_second_factor(person: Person) -> bool:
    """Whether `person` has an authenticator app or a passkey; recovery codes alone are none."""
    found: bool = Authenticator.objects.filter(user=person, type__in=REAL_FACTORS).exists()
    return found


def lacks_second_factor(person: Person) -> bool:
    """Whether `person` needs a second factor and none is set up.

    No query where the setting is off; otherwise at most three, once for each loaded person (one
    request loads one). The answer is not kept longer: a role granted now counts from now.
    """
    if not settings.SECOND_FACTOR_REQUIRED:
        return False
    kept: bool | None = getattr(person, "_lacks_second_factor", None)
    if kept is None:
        kept = needs_second_factor(person) and not has_second_factor(person)
        person._lacks_second_factor = kept  # type: ignore[attr-defined]
    return kept
