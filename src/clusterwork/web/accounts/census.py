"""Who gets which page of signing in and of people."""

from __future__ import annotations

from clusterwork.web.census import EVERYONE, SIGNED_IN, Rule

NOBODY: frozenset[str] = frozenset()
LOOKS_AFTER_PEOPLE = frozenset({"officer", "other_officer", "headteacher"})

# Of ours.
OURS = {
    "account": Rule(SIGNED_IN),
    "api_tokens": Rule(SIGNED_IN),
    "api_token_withdraw": Rule(NOBODY, ("absent_number",)),  # your own only
    "people": Rule(LOOKS_AFTER_PEOPLE),
    "people_csv": Rule(LOOKS_AFTER_PEOPLE),
    "person": Rule(frozenset({"officer", "headteacher"}), ("school_staff_person",)),
    "role_end": Rule(frozenset({"officer", "headteacher"}), ("school_staff_role",)),
    "invite": Rule(LOOKS_AFTER_PEOPLE),
    "invitation_again": Rule(frozenset({"officer"}), ("sent_invitation",)),
    "invitation_withdraw": Rule(frozenset({"officer"}), ("sent_invitation",)),
    "delegates": Rule(frozenset({"headteacher"}), ("school",)),
    "delegate_end": Rule(frozenset({"headteacher"}), ("delegation",)),
    # For the person whose address was invited; the world's invitation is a stranger's.
    "own_invitation_accept": Rule(SIGNED_IN, ("sent_invitation",)),
    # For whoever holds the letter; the world's keys are nobody's, so they lead nowhere.
    "invitation": Rule(EVERYONE, ("invitation_key",)),
    "answer": Rule(NOBODY, ("forged_token",)),
}

# allauth's pages that anyone may open; signed in they lead home.
OPEN = {
    "account_login": Rule(EVERYONE),
    "account_logout": Rule(SIGNED_IN),
    "account_inactive": Rule(EVERYONE),
    "account_signup": Rule(EVERYONE),
    "account_reset_password": Rule(EVERYONE),
    "account_reset_password_done": Rule(EVERYONE),
    "account_reset_password_from_key": Rule(EVERYONE, ("reset_user", "reset_key")),
    "account_reset_password_from_key_done": Rule(EVERYONE),
    "socialaccount_login_cancelled": Rule(EVERYONE),
    "socialaccount_login_error": Rule(EVERYONE),
    "socialaccount_signup": Rule(EVERYONE),
}

# allauth's pages about your own sign-in.
OWN_SIGN_IN = {
    "account_email": Rule(SIGNED_IN),
    "account_change_password": Rule(SIGNED_IN),
    "account_set_password": Rule(SIGNED_IN),
    "account_reauthenticate": Rule(SIGNED_IN),
    "usersessions_list": Rule(SIGNED_IN),
    "socialaccount_connections": Rule(SIGNED_IN),
    "mfa_index": Rule(SIGNED_IN),
    "mfa_list_webauthn": Rule(SIGNED_IN),
    "mfa_activate_totp": Rule(SIGNED_IN),
    "mfa_add_webauthn": Rule(SIGNED_IN),
    "mfa_reauthenticate": Rule(SIGNED_IN),
    "mfa_reauthenticate_webauthn": Rule(SIGNED_IN),
    "mfa_generate_recovery_codes": Rule(SIGNED_IN),
}

# Steps that need what the world does not have: a sign-in half done, an app, codes, a provider.
WITHIN_A_STEP = {
    # Signed in they lead home; signed out to signing in.
    "mfa_authenticate": Rule(SIGNED_IN),
    "mfa_login_webauthn": Rule(SIGNED_IN),
    # They ask first who it is, and find only passkeys of one's own.
    "mfa_remove_webauthn": Rule(SIGNED_IN, ("absent_number",)),
    "mfa_edit_webauthn": Rule(SIGNED_IN, ("absent_number",)),
    "mfa_deactivate_totp": Rule(NOBODY),
    "mfa_view_recovery_codes": Rule(NOBODY),
    "mfa_download_recovery_codes": Rule(NOBODY),
    "openid_connect_login": Rule(NOBODY, ("absent_provider",)),
    "openid_connect_callback": Rule(NOBODY, ("absent_provider",)),
}

CENSUS = {**OURS, **OPEN, **OWN_SIGN_IN, **WITHIN_A_STEP}
