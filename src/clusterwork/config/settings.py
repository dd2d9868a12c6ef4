"""Django's settings, read from the environment (docs/user/production.md lists every variable)."""

from __future__ import annotations

import os
from pathlib import Path

import pghistory
import pgtrigger
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from clusterwork.config import oidc
from clusterwork.config.environment import flag, folder, listed, secret_key
from clusterwork.config.logs import logging_settings
from clusterwork.embedded.urls import django_database

PACKAGE = Path(__file__).resolve().parent.parent
BUILT_ASSETS = folder("CLUSTERWORK_ASSETS", PACKAGE.parent.parent / "build" / "assets")
DATA = folder("CLUSTERWORK_DATA", None)

DEBUG = False
DEMO = flag("CLUSTERWORK_DEMO", default=False)
SECRET_KEY = secret_key()
ALLOWED_HOSTS = listed("CLUSTERWORK_HOSTS", "127.0.0.1,localhost")
SITE_ADDRESS = os.environ.get("CLUSTERWORK_ADDRESS", "http://127.0.0.1:8000")
SECURE = SITE_ADDRESS.startswith("https://")
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS] if SECURE else []

DATABASES = {
    "default": {
        **django_database(os.environ.get("DATABASE_URL", "postgresql:///clusterwork")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
# The role that web and worker connect as; tables are granted to it after each migration.
DATABASE_APP_ROLE = os.environ.get("CLUSTERWORK_APP_ROLE", "")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "rules",
    "clusterwork.audit",
    "clusterwork.registry",
    "clusterwork.accounts",
    "clusterwork.notify",
    "clusterwork.clusters",
    "clusterwork.measures",
    "clusterwork.plans",
    "clusterwork.evaluation",
    "clusterwork.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "clusterwork.web.middleware.security_headers",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "clusterwork.api.unanswered.refusals_in_json",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "clusterwork.web.middleware.ask_for_second_factor",
    "clusterwork.web.middleware.answer_problems",
]

ROOT_URLCONF = "clusterwork.config.urls"
WSGI_APPLICATION = "clusterwork.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja2",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "clusterwork.web.jinja.environment",
            "context_processors": ["clusterwork.web.context.frame"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "django",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Languages: English and Welsh; what a reader sees is decided by the address (`/cy/…`).
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English")), ("cy", _("Welsh"))]
LOCALE_PATHS = [PACKAGE / "locale", PACKAGE / "locale_third_party"]
USE_I18N = True
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = folder("CLUSTERWORK_STATIC", PACKAGE.parent.parent / "build" / "static")
STATICFILES_DIRS = [BUILT_ASSETS]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = (DATA or PACKAGE.parent.parent / "build") / "uploads"
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 24 * 1024 * 1024

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "web_cache",
        # Counters of failed sign-ins stand here: they may expire, never be pushed out.
        "OPTIONS": {"MAX_ENTRIES": 1_000_000, "CULL_FREQUENCY": 10},
    },
    # Drawn charts, about 50 kB each: those that are pushed out are drawn again.
    "charts": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "web_charts",
        "TIMEOUT": 30 * 24 * 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": 2_000, "CULL_FREQUENCY": 10},
    },
}

# Sessions, cookies, headers: OWASP ASVS 4, level 2, chapters 3 and 14.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_FAILURE_VIEW = "clusterwork.web.errors.stale_form"
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
BEHIND_PROXY = flag("CLUSTERWORK_BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MAP_STYLE_URL = os.environ.get("CLUSTERWORK_MAP_STYLE_URL", "")
MAP_HOSTS = listed("CLUSTERWORK_MAP_HOSTS", "")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", *MAP_HOSTS],
        "font-src": [SELF],
        "connect-src": [SELF, *MAP_HOSTS],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

# Signing in.
OUR_FORMS = "clusterwork.web.accounts.forms.sign_in"
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "clusterwork.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_SESSION_REMEMBER = False
# Many schools share one network address, so limits by address are wide; those by person are not.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    "reset_password": "30/m/ip,3/15m/key",
    "reauthenticate": "5/5m/user",
}
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_FORMS = {
    "login": f"{OUR_FORMS}.SignInForm",
    "reauthenticate": f"{OUR_FORMS}.ConfirmPasswordForm",
    "change_password": f"{OUR_FORMS}.ChangePasswordForm",
    "set_password": f"{OUR_FORMS}.SetPasswordForm",
    "reset_password": f"{OUR_FORMS}.AskForResetForm",
    "reset_password_from_key": f"{OUR_FORMS}.ResetPasswordForm",
}
SOCIALACCOUNT_ADAPTER = "clusterwork.accounts.adapters.SocialAccountAdapter"
SOCIALACCOUNT_PROVIDERS = oidc.providers()
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False
MFA_ADAPTER = "clusterwork.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": f"{OUR_FORMS}.SecondStepForm",
    "reauthenticate": f"{OUR_FORMS}.ConfirmCodeForm",
    "activate_totp": f"{OUR_FORMS}.SetUpAppForm",
    "add_webauthn": f"{OUR_FORMS}.AddPasskeyForm",
    "edit_webauthn": f"{OUR_FORMS}.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Clusterwork"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
SECOND_FACTOR_REQUIRED = flag("CLUSTERWORK_SECOND_FACTOR", default=not DEMO)
USERSESSIONS_TRACK_ACTIVITY = False

EMAIL_BACKEND = os.environ.get(
    "CLUSTERWORK_EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_HOST = os.environ.get("CLUSTERWORK_EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("CLUSTERWORK_EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("CLUSTERWORK_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("CLUSTERWORK_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = flag("CLUSTERWORK_EMAIL_STARTTLS", default=EMAIL_PORT == 587)
EMAIL_USE_SSL = flag("CLUSTERWORK_EMAIL_TLS", default=EMAIL_PORT == 465)
EMAIL_TIMEOUT = 20
EMAIL_FILE_PATH = str((DATA or PACKAGE.parent.parent / "build") / "mail")
DEFAULT_FROM_EMAIL = os.environ.get("CLUSTERWORK_EMAIL_FROM", "clusterwork@localhost")

# History by statement-level triggers: the only kind that sees bulk changes and SQL.
PGHISTORY_APPEND_ONLY = True
PGHISTORY_LEVEL = pgtrigger.Statement
PGHISTORY_DEFAULT_TRACKERS = (
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
)

PROCRASTINATE_IMPORT_PATHS = [
    "clusterwork.registry.tasks",
    "clusterwork.notify.tasks",
    "clusterwork.clusters.tasks",
    "clusterwork.config.tasks",
]

LOGGING_CONFIG = "clusterwork.config.logs.configure"
LOGGING = logging_settings()

SILENCED_SYSTEM_CHECKS = ["auth.W004"]
