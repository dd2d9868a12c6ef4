"""What every test of the house can use."""

from tests.database import django_db_modify_db_settings, django_db_setup, queue_left_empty

__all__ = ["django_db_modify_db_settings", "django_db_setup", "queue_left_empty"]
