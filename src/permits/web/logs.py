"""How the log is written: lines for people, or a JSON object a line for what collects them."""

import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Literal

import msgspec

Form = Literal["plain", "json"]

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request that is being served; empty outside of one."""

PLAIN = "%(levelname)s %(message)s"

FIELDS = ("method", "route", "status", "ms")
"""What is noted of a request that was served. Never its address, which may say of whom it is."""


class AsJson(logging.Formatter):
    """One object a line: `at` (UTC), `level`, `logger`, `says`; `request` where one is served, so
    that all its lines are found; `fault` with the traceback; and the fields of a request."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, object] = {
            "at": at.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "says": record.getMessage(),
            "process": record.process,
        }
        if request := getattr(record, "request", None) or request_id.get():
            line["request"] = request
        line |= {name: value for name in FIELDS if (value := getattr(record, name, None))}
        if record.exc_info:
            line["fault"] = self.formatException(record.exc_info)
        return msgspec.json.encode(line).decode()


def write_log(form: Form) -> None:
    """Write what happens to the standard error of this process."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(AsJson() if form == "json" else logging.Formatter(PLAIN))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
