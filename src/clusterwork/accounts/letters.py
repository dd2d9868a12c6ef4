"""The words of this room's letters."""

from __future__ import annotations

from clusterwork.kernel.messages import N_
from clusterwork.notify.letters import register

INVITATION = "accounts.invitation"
RESET = "accounts.password_reset"
SIGN_IN_CHANGED = "accounts.sign_in_changed"
NAMED = "accounts.named"

# What changed about a sign-in, by the name that allauth gives the event.
CHANGES = {
    "account/email/password_changed": N_("Your password was changed."),
    "account/email/password_set": N_("A password was set."),
    "account/email/password_reset": N_("Your password was replaced by way of a link."),
    "mfa/email/totp_activated": N_("An app was set up as the second step."),
    "mfa/email/totp_deactivated": N_("The app for the second step was removed."),
    "mfa/email/webauthn_added": N_("A passkey was added."),
    "mfa/email/webauthn_removed": N_("A passkey was removed."),
    "mfa/email/recovery_codes_generated": N_("New recovery codes were made."),
    "socialaccount/email/account_connected": N_("A work account can now be used to sign in."),
    "socialaccount/email/account_disconnected": N_("A work account can no longer be used."),
}

# Those after which a session that began before was begun with too little.
FACTOR_ADDED = frozenset({"mfa/email/totp_activated", "mfa/email/webauthn_added"})


def register_letters() -> None:
    """Adds this room's letters to the outbox's list; called once when Django starts."""
    register(
        INVITATION,
        N_("Invitation: %(role)s, %(place)s"),
        N_("You are invited to work in Clusterwork."),
        N_("Role: %(role)s\nWhere: %(place)s\nInvited by: %(by)s"),
        N_("Answer by %(until)s. Open this page to see what is asked and to accept:"),
        "%(link)s",
    )
    register(
        RESET,
        N_("A new password for Clusterwork"),
        N_("Somebody, probably you, asked for a new password. Choose it here:"),
        "%(link)s",
        N_("If it was not you, do nothing: your password stays as it is."),
    )
    register(
        SIGN_IN_CHANGED,
        N_("Your sign-in to Clusterwork was changed"),
        "%(change)s",
        N_("If it was not you, choose a new password at once and tell your programme officer:"),
        "%(link)s",
    )
    register(
        NAMED,
        N_("You are named to act for a headteacher: %(school)s"),
        N_("School: %(school)s\nNamed by: %(by)s\nYou may: %(what)s\nFrom: %(start)s"),
        N_("Signatures stay with the headteacher. See what waits for you:"),
        "%(link)s",
    )
