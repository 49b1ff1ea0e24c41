"""From where a request comes: the address behind the servers in front that are believed."""

from ipaddress import ip_address

from starlette.requests import Request

from permits.services.sessions import Client
from permits.web.visits import house_of

FORWARDED = "x-forwarded-for"
MARK = "known"
"""The cookie of a browser that has signed in before."""


def address_of(request: Request) -> str:
    """The network address of whoever asks; empty if it is not known.

    Only what a server in front that is believed says of the one it forwards counts, and of a row
    of them the nearest that is none of these: the others anybody can make up.
    """
    house = house_of(request)
    peer = request.client.host if request.client else ""
    if not house.https or not _believed(peer, request):
        return peer
    said = ",".join(request.headers.getlist(FORWARDED)).split(",")
    for one in reversed([word.strip() for word in said if word.strip()]):
        if not _is_address(one):
            return ""
        if not _believed(one, request):
            return one
    return ""


def client_of(request: Request) -> Client:
    """From where somebody signs in."""
    mark = request.cookies.get(house_of(request).cookie(MARK), "")
    return Client(address_of(request), request.headers.get("user-agent", ""), mark)


def _believed(address: str, request: Request) -> bool:
    if not _is_address(address):
        return False
    proxies = house_of(request).office.settings.proxies
    return any(ip_address(address) in network for network in proxies)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
