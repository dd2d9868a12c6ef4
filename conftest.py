"""What every test of the house can use."""

from hypothesis import HealthCheck, settings
from tests.database import django_db_modify_db_settings, django_db_setup, queue_left_empty

__all__ = ["django_db_modify_db_settings", "django_db_setup", "queue_left_empty"]

# How long an example takes says something of the machine and nothing of the code.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
