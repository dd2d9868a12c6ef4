"""PostgreSQL and the other programs of one machine, started and stopped together; no Django."""

from clusterwork.embedded.folders import data_folder
from clusterwork.embedded.server import Server

__all__ = ["Server", "data_folder"]
