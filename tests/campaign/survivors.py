"""The mistakes no rule finds, as they are listed: what they are, and why nothing is found."""

import re
from pathlib import Path

FILE = Path(__file__).with_name("survivors.txt")
_SECTION = re.compile(r"== (equivalent|content): .+ ==")


def listed() -> dict[str, dict[str, list[str]]]:
    """The keys under each reason, and the reasons under `equivalent` and `content`.

    An equivalent mistake changes no decision; one of content makes another rule that is as sound,
    and only somebody who knows the law or the office can tell it from the first.
    """
    found: dict[str, dict[str, list[str]]] = {}
    reasons: dict[str, list[str]] = {}
    keys: list[str] = []
    for line in FILE.read_text(encoding="utf-8").splitlines()[1:]:
        if section := _SECTION.fullmatch(line):
            reasons = found[section[1]] = {}
        elif line.startswith("# "):
            keys = reasons[line[2:]] = []
        elif line:
            keys.append(line)
    return found


def keys_of(section: str) -> list[str]:
    return [key for keys in listed()[section].values() for key in keys]
