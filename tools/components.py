"""What the program is made of: a licence check, and a bill of materials (CycloneDX 1.6).

    python -m tools.components           check the licences; write the bill of materials
    python -m tools.components --check   check the licences, write nothing; exit 1 for a finding
    python -m tools.components --check --lock FILE   the same for another lock

Everything that `requirements.lock` pins is looked at, as it is installed here: a package that says
no licence, or one that is not on the list, is a finding.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.markers import Marker

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"
BILL = ROOT / "docs" / "security" / "components.cdx.json"

ALLOWED = frozenset({
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "LGPL-3.0-only",
    "MIT", "MIT-0", "MIT-CMU", "MPL-2.0", "PSF-2.0", "Unlicense", "Zlib",
})  # fmt: skip
"""LGPL is for psycopg, which is a library of its own that anybody can replace."""

BESIDE_THE_LOCK = (
    ("govuk-frontend", "6.3.0", "MIT", "pkg:npm/govuk-frontend@6.3.0"),
    ("swagger-ui-dist", "5.35.0", "Apache-2.0", "pkg:npm/swagger-ui-dist@5.35.0"),
)
"""What stands in `static/` with its licence."""

READ = {("pysqlite3", "0.6.1"): "Zlib"}
"""What does not say its licence in its metadata, and was read where it comes from."""

_SAID = {
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "apache-2.0": "Apache-2.0",
    "bsd": "BSD-3-Clause",
    "bsd license": "BSD-3-Clause",
    "bsd 3-clause": "BSD-3-Clause",
    "gnu lesser general public license v3 (lgplv3)": "LGPL-3.0-only",
    "isc license (iscl)": "ISC",
    "lgpl-3.0-only": "LGPL-3.0-only",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "python software foundation license": "PSF-2.0",
    "zlib/libpng license": "Zlib",
}
"""Ways to say a licence that are no SPDX identifiers."""

_LINE = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==([^\s;]+)(?:\s*;\s*(.*?))?\s*\\?$")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True)
class Component:
    """A package at the version that is pinned; `hashes` are those of its files. `here` if it is
    one that this machine has."""

    name: str
    version: str
    hashes: tuple[str, ...]
    here: bool


def pinned(lock: str) -> Iterator[Component]:
    """The packages of a lock."""
    for entry in re.split(r"\n(?=[A-Za-z0-9])", lock):
        first = entry.strip().partition("\n")[0]
        found = _LINE.match(first)
        if found is None:
            if first and not first.startswith(("#", "--")):
                raise ValueError(f"a line of the lock cannot be read: {first}")
            continue
        name, version, marker = found.groups()
        here = marker is None or Marker(marker).evaluate({"extra": ""})
        yield Component(name, version, tuple(_HASH.findall(entry)), here)


def licence_of(said: Mapping[str, list[str]]) -> str:
    """The SPDX expression of a package's metadata; as it was said if it is none, empty if nothing
    was said."""
    expression = said.get("License-Expression", [""])[0]
    if expression:
        return expression
    classified = [
        one.rpartition(" :: ")[2]
        for one in said.get("Classifier", [])
        if one.startswith("License :: ") and not one.endswith("OSI Approved")
    ]
    words = classified or [one for one in said.get("License", [""]) if one]
    # Of a whole licence in the place of its name only the beginning is told.
    return " AND ".join(_SAID.get(one.strip().lower(), one.strip()[:60]) for one in words)


def allowed(expression: str) -> bool:
    """Whether everything that an SPDX expression asks for is on the list. One of several may be
    chosen; what is asked for besides (AND, WITH) has to be on it too."""
    choices = re.split(r"\s+OR\s+", expression.replace("(", "").replace(")", "").strip())
    return any(
        choice and all(part in ALLOWED for part in re.split(r"\s+(?:AND|WITH)\s+", choice))
        for choice in choices
    )


def licences(components: list[Component]) -> dict[str, str]:
    """What each package that is here says of its licence; empty where nothing is said."""
    return {one.name: _installed(one) for one in components if one.here}


def _installed(one: Component) -> str:
    try:
        found = metadata.metadata(one.name)
    except metadata.PackageNotFoundError:
        return "not installed"
    keys = ("License-Expression", "License", "Classifier")
    said = licence_of({key: found.get_all(key) or [] for key in keys if found.get_all(key)})
    return said or READ.get((one.name, one.version), "")


def findings(found: Mapping[str, str]) -> list[str]:
    """The packages whose licence is not on the list, with what they say."""
    return [
        f"{name}: {licence or 'says no licence'}"
        for name, licence in sorted(found.items())
        if not allowed(licence)
    ]


def bill(components: list[Component], found: Mapping[str, str], version: str) -> str:
    """The bill of materials, the same every time it is made of the same."""
    listed = [_listed(one, found.get(one.name, "")) for one in components]
    listed += [
        {"type": "library", "name": name, "version": at, "purl": purl, **_licensed(licence)}
        for name, at, licence, purl in BESIDE_THE_LOCK
    ]
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": "permits",
                "version": version,
                **_licensed("Apache-2.0"),
            }
        },
    }
    parts = sorted(listed, key=lambda one: str(one["purl"]))
    head = json.dumps(document, indent=1, ensure_ascii=False).removesuffix("\n}")
    lines = ",\n".join(f"  {json.dumps(one, ensure_ascii=False)}" for one in parts)
    return f'{head},\n "components": [\n{lines}\n ]\n}}\n'


def _listed(one: Component, licence: str) -> dict[str, object]:
    return {
        "type": "library",
        "name": one.name,
        "version": one.version,
        "purl": f"pkg:pypi/{one.name}@{one.version}",
        "scope": "required" if one.here else "optional",
        **(_licensed(licence) if licence else {}),
        "externalReferences": [
            {
                "type": "distribution",
                "url": f"https://pypi.org/project/{one.name}/{one.version}/",
                "hashes": [{"alg": "SHA-256", "content": digest} for digest in one.hashes],
            }
        ],
    }


def _licensed(expression: str) -> dict[str, object]:
    if re.search(r"\s", expression):
        return {"licenses": [{"expression": expression}]}
    return {"licenses": [{"license": {"id": expression}}]}


def main() -> int:
    """Check, and write unless told not to; the exit code."""
    parser = argparse.ArgumentParser(description="Licences and bill of materials.")
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("--lock", type=Path, default=LOCK)
    asked = parser.parse_args()
    components = list(pinned(asked.lock.read_text(encoding="utf-8")))
    found = licences(components)
    wrong = findings(found)
    for one in wrong:
        print(f"licence not on the list: {one}", file=sys.stderr)
    if not asked.check:
        BILL.parent.mkdir(parents=True, exist_ok=True)
        BILL.write_text(bill(components, found, metadata.version("permits")), encoding="utf-8")
    print(f"{len(found)} packages, {len(wrong)} with a licence that is not on the list")
    return 1 if wrong or not components else 0


if __name__ == "__main__":
    sys.exit(main())
