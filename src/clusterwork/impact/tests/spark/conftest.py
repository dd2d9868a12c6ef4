"""The Spark session that the tests of forming use too."""

from clusterwork.formation.tests.spark.conftest import spark

__all__ = ["spark"]
