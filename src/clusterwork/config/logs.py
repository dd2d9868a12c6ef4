"""Structured logs: one JSON object a line, without names, e-mail or what people wrote."""

from __future__ import annotations

import logging.config
from collections.abc import MutableMapping
from typing import Any

import structlog

# The only fields that may leave the process in a log line.
ALLOWED = frozenset(
    {"event", "level", "timestamp", "logger", "status_code", "method", "route", "seconds"}
    | {"queries", "job", "task", "person_id", "exception", "problem"}
    # structlog's own, taken out by its formatter:
    | {"_record", "_from_structlog"}
)


def keep_allowed(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drops every field that is not in `ALLOWED`, so that no log line can carry personal data."""
    return {key: value for key, value in event.items() if key in ALLOWED}


def name_exception(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replaces a traceback, whose lines may quote values, by its frames and the error's class."""
    info = event.pop("exc_info", None)
    if isinstance(info, tuple) and info[0] is not None:
        event["exception"] = {"class": info[0].__name__, "frames": frames(info[2])}
    return event


def frames(traceback: Any) -> list[str]:
    """The last eight frames as `module:line`, innermost last."""
    found = []
    while traceback is not None:
        module = traceback.tb_frame.f_globals.get("__name__", "?")
        found.append(f"{module}:{traceback.tb_lineno}")
        traceback = traceback.tb_next
    return found[-8:]


def route_only(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Other libraries' lines keep their wording without its values; of an address, the route."""
    record = event.get("_record")
    if record is None:
        return event
    event["event"] = str(record.msg)
    request = getattr(record, "request", None)
    if request is not None:
        match = getattr(request, "resolver_match", None)
        event["route"] = match.view_name if match else "unknown"
        event["method"] = request.method
        event["status_code"] = getattr(record, "status_code", None)
        event["event"] = "request failed"
    return event


CHAIN: tuple[Any, ...] = (
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.ExtraAdder(),
    route_only,
    name_exception,
    keep_allowed,
)


def logging_settings() -> dict[str, Any]:
    """The dictionary for `logging.config.dictConfig`."""
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "processor": structlog.processors.JSONRenderer(),
        "foreign_pre_chain": CHAIN,
    }
    handler = {"class": "logging.StreamHandler", "formatter": "json"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": formatter},
        "handlers": {"stderr": handler},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {"clusterwork": {"level": "INFO"}},
    }


def configure(settings: dict[str, Any]) -> None:
    """Applies `settings` and points structlog at the same handlers."""
    logging.config.dictConfig(settings)
    structlog.configure(
        processors=[*CHAIN, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
