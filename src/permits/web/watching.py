"""Tells the access log which requests took something along, and which were refused."""

import logging
import re
from collections.abc import Mapping

from starlette.concurrency import run_in_threadpool
from starlette.types import Scope

from permits.services.watching import Watching
from permits.store.people import Account
from permits.web.api.shown.parts import V1
from permits.web.visits import Visit

log = logging.getLogger(__name__)

_ID = re.compile(r"[0-9A-Za-z_.:-]{1,64}")
"""What an id can look like; anything else that stands in an address may be anything."""


class Watch:
    """Notes for accounts. Of whoever is not signed in nothing is known that could be noted."""

    def __init__(self, watching: Watching) -> None:
        self._watching = watching

    async def taken(self, scope: Scope) -> None:
        """Note that a file goes to whoever asks; what cannot be noted fails. Applicants take
        along what is theirs."""
        account = _account(scope)
        if account is not None and not account.actor.party:
            note = self._watching.taken
            await run_in_threadpool(note, account.id, _route(scope), _ids(scope))

    async def refused(self, scope: Scope, status: int) -> None:
        """Note a refusal, after it was answered. If that fails, the answer stands. Asking for a
        proof of who one is refuses nothing."""
        account = _account(scope)
        if account is None or scope["state"]["visit"].prompted:
            return
        try:
            note = self._watching.refused
            await run_in_threadpool(note, account.id, _route(scope), _ids(scope), status)
        except Exception:
            log.exception("a refusal could not be noted")


def _account(scope: Scope) -> Account | None:
    visit: Visit | None = scope["state"].get("visit")
    return visit.account if visit is not None else None


def _route(scope: Scope) -> str:
    path = str(getattr(scope.get("route"), "path", "-"))
    for_program = scope["path"].startswith(V1) and not path.startswith(V1)
    return f"{V1}{path}" if for_program else path


def _ids(scope: Scope) -> tuple[str, ...]:
    """The ids of an address, in order. Words of people are not kept."""
    parts: Mapping[str, object] = scope.get("path_params", {})
    return tuple(value for value in map(str, parts.values()) if _ID.fullmatch(value))
