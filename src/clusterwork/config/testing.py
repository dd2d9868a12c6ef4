"""Settings of the test suite: the same house, connected as the owner until the tables stand."""

import os

from clusterwork.embedded.urls import django_database

os.environ.setdefault("CLUSTERWORK_SECRET_KEY", "only-for-tests-" + "0" * 40)
DATABASE_URL = os.environ.setdefault("DATABASE_URL", "postgresql:///clusterwork")

from clusterwork.config.settings import *  # noqa: F403
from clusterwork.config.settings import DATABASES, STORAGES

DATABASES["default"] = {
    **django_database(os.environ.get("DATABASE_OWNER_URL", DATABASE_URL)),
    "CONN_MAX_AGE": 0,
}
DATABASE_APP_ROLE = "clusterwork_app"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Quick by default; the journeys sign in at a server with the real settings.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
SECOND_FACTOR_REQUIRED = False  # the tests of the second step switch it on
