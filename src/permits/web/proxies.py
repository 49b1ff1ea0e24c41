"""Whose word about the browser is taken: that of servers in front that are named."""

import ipaddress
from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.types import Scope

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class Proxies:
    """The servers in front. `X-Forwarded-For` and `X-Forwarded-Proto` count only from them."""

    def __init__(self, trusted: Sequence[Network]) -> None:
        self._trusted = tuple(trusted)

    def client(self, scope: Scope) -> tuple[str, int] | None:
        """The address a request comes from, past every server in front that is trusted.

        Each server adds at the right whom it was asked by. Read from there, the first that is not
        trusted is the browser; what stands further left is whatever that browser said.
        """
        peer: tuple[str, int] | None = scope.get("client")
        if peer is None or not self.trusts(peer[0]):
            return peer
        farthest = peer[0]
        for hop in reversed(_hops(Headers(scope=scope))):
            if _address(hop) is None:
                break
            farthest = hop
            if not self.trusts(hop):
                break
        return (farthest, 0) if farthest != peer[0] else peer

    def says_plain(self, scope: Scope) -> bool:
        """Whether a server in front says that the browser came without TLS."""
        peer: tuple[str, int] | None = scope.get("client")
        if peer is None or not self.trusts(peer[0]):
            return False
        said = Headers(scope=scope).getlist("x-forwarded-proto")
        return bool(said) and said[-1].rpartition(",")[2].strip().lower() == "http"

    def trusts(self, host: str) -> bool:
        address = _address(host)
        return address is not None and any(address in network for network in self._trusted)


def _hops(headers: Headers) -> list[str]:
    said = ",".join(headers.getlist("x-forwarded-for"))
    return [one.strip() for one in said.split(",")] if said else []


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return mapped or found
