"""The Spark session of the tests here."""

from clusterwork.kernel.tests.spark_session import spark

__all__ = ["spark"]
