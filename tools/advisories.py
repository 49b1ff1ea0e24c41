"""Asks the package index whether a hole is known in any release that is pinned.

    python -m tools.advisories            what requirements.lock pins
    python -m tools.advisories --at URL   at another index that answers /pypi/NAME/VERSION/json

Exit 1 if a hole is known; 2 if the index did not answer for every release, because who was not
asked has not said that there is none.
"""

import argparse
import json
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import NamedTuple

from tools.components import LOCK, pinned

INDEX = "https://pypi.org"
SECONDS = 30


class Unanswered(Exception):
    """The index did not answer for a release; the message says which and why."""


class Hole(NamedTuple):
    """A hole that is known: of which release, under which name, and in which it is mended."""

    release: str
    name: str
    mended: str

    def __str__(self) -> str:
        return f"{self.release}: {self.name}, mended in {self.mended or 'no release'}"


def holes(index: str, name: str, version: str) -> Iterator[Hole]:
    """What is known of a release. Unanswered if the index does not say."""
    address = f"{index}/pypi/{name}/{version}/json"
    try:
        with urllib.request.urlopen(address, timeout=SECONDS) as answer:  # noqa: S310 - our own
            known = json.load(answer)["vulnerabilities"]
        for one in known:
            if not one.get("withdrawn"):
                names = " ".join([one["id"], *one.get("aliases", ())])
                yield Hole(f"{name} {version}", names, ", ".join(one.get("fixed_in") or ()))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unanswered(f"{name} {version}: {error}") from error


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--at", default=INDEX)
    index = parser.parse_args(words).at.rstrip("/")
    found: list[Hole] = []
    unanswered = count = 0
    for one in pinned(LOCK.read_text(encoding="utf-8")):
        count += 1
        try:
            found += holes(index, one.name, one.version)
        except Unanswered as error:
            unanswered += 1
            print(f"not answered for {error}")
    for hole in found:
        print(hole)
    print(f"{count} releases, {len(found)} holes, {unanswered} not answered for")
    return 2 if unanswered else int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
