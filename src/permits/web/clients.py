"""From where a request comes: the address behind the servers in front that are believed."""

from starlette.requests import Request

from permits.services.sessions import Client
from permits.web.visits import house_of

MARK = "known"
"""The cookie of a browser that has signed in before."""


def address_of(request: Request) -> str:
    """The network address of whoever asks, as `permits.web.security` has found it behind the
    servers in front that are believed; empty if it is not known."""
    return request.client.host if request.client else ""


def client_of(request: Request) -> Client:
    """From where somebody signs in."""
    mark = request.cookies.get(house_of(request).cookie(MARK), "")
    return Client(address_of(request), request.headers.get("user-agent", ""), mark)
