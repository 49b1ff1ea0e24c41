"""The scene of the authorisation matrix, and how its table is read.

The table is `matrix.txt`, written by hand. A row is a method and a pattern of paths (`*` stands
for one part of a path, `**` for any number of them), then a cell for each of `ROLES`: status codes
for the relations `own/other/elsewhere/missing`, or one for all four; `-` is not asked.

What is another's and what is missing are asked for with the same person; `Scene.things` says what
each relation is for whom.
"""

import re
import uuid
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from permits.casework.signed_texts import read, texts_of
from permits.definitions import loader
from permits.definitions.findings import Marks
from permits.definitions.procedure import Role
from permits.services.accounts import NewAccount
from permits.services.demonstration.desk import Written, answers
from permits.services.demonstration.works import GAS
from tests.definitions.shipped import resolved
from tests.kit import DEPARTMENT, OFFICE, content
from tests.web.entitled_scene import entitled
from tests.web.housing import BUILDER, FIRE_BRIGADE, PASSWORD, Housing

TABLE = Path(__file__).with_suffix(".txt")
ROLES = (
    "nobody", "applicant", "window", "examiner", "auditor", "sysadmin", "secadmin", "logadmin",
)  # fmt: skip
SEES_ALL = ("auditor", "sysadmin", "secadmin")
"""Whom no case, or no account, is hidden from: what is not in one may be in another."""
RELATIONS = ("own", "other", "elsewhere", "missing")
OUTSIDER = "924101720000000037"
MISSING_PARTY = "92410172000000004X"


class Row(NamedTuple):
    """A row of the table: the codes of each role by relation, None where nothing is asked."""

    method: str
    pattern: str
    cells: dict[str, tuple[int | None, ...]]

    @property
    def shape(self) -> re.Pattern[str]:
        words = re.escape(self.pattern).replace(r"\*\*", ".*").replace(r"\*", r"[^/]+")
        return re.compile(words)

    @property
    def programs(self) -> bool:
        """Whether it is of an operation of the API; the pages about the API are pages."""
        return self.pattern.startswith("/api/v1/") and not self.pattern.endswith("/openapi.json")

    def matches(self, method: str, path: str) -> bool:
        return method == self.method and self.shape.fullmatch(path) is not None


def rows(text: str) -> list[Row]:
    """The rows of a table. Lines that begin with # are remarks."""
    found = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        head, *cells = (part.strip() for part in line.split("|"))
        method, pattern = head.split()
        assert len(cells) == len(ROLES), line
        found.append(Row(method, pattern, dict(zip(ROLES, map(_cell, cells), strict=True))))
    return found


def _cell(text: str) -> tuple[int | None, ...]:
    codes = [None if one == "-" else int(one) for one in text.split("/")]
    whole = codes * len(RELATIONS) if len(codes) == 1 else codes
    assert len(whole) == len(RELATIONS), text
    return tuple(whole)


def row_of(known: Iterable[Row], method: str, path: str) -> Row:
    """The one row that says who gets what at an address."""
    found = [row for row in known if row.matches(method, path)]
    assert len(found) == 1, (method, path, found)
    return found[0]


(SIGNED,) = (
    digest for digest, text in texts_of(resolved().definition).items() if read(text).kind == "A"
)
"""The text that the commitment of the exemption is signed under."""

NAMES = {
    "section": "works",
    "material": "land_title",
    "thing": "counter.paper",
    "commitment": "true_declaration",
    "upload": "unknown",
    "invitation": "unknown",
    "report": "01a22337-424f-726e-8fc7-a65f72bf9ac5",
    "clock": "promise",
    "obligation": "report_completion",
    "fee": "none",
    "place": "1",
    "step": "publish",
    "action": "withdraw",
    "command": "rectify",
    "what": "ask_recusal",
    "of": "fire",
    "name": "promise",
    "code": "2201-410172-89-01-544060",
    "number": "1",
    "matter": "result",
    "language": "en",
    "permit": "plan_exempt",
    "session": "none",
    "issuer": "province",
    "token": "none",
    "note": "none",
    "card": "open",
    "reason": "no_such_case",
    "proposal": "none",
    "digest": "none",
    "rate": "none",
    "state": "on",
    "measure": "days_used",
    "metric": "days_used",
}
"""What stands for the parts of an address that say nothing of whose something is."""


class Scene:
    """An office with a case of each of three parties: one decided by the department that `window`
    and `examiner` are of, one by another department of their office, one by another office; and
    what else belongs to somebody."""

    def __init__(self, housing: Housing) -> None:
        self.housing = housing
        office = housing.office
        office.accounts.register_party(OUTSIDER, "外地建设单位", actor="setup")
        self._account("outsider", Role.APPLICANT, party=OUTSIDER)
        self._account("window2", Role.WINDOW, office=OFFICE, department="works")
        self._account("window3", Role.WINDOW, office="another_bureau", department=DEPARTMENT)
        for permit, where in (
            ("plan_works", (OFFICE, "works")),
            ("plan_elsewhere", ("another_bureau", DEPARTMENT)),
        ):
            office.shelf.publish(_permit(permit, *where), actor="setup", now=housing.clock())
        self.entitled = entitled(housing)
        cases = (
            housing.granted(),
            self._filed("builder", "plan_works"),
            self._filed("outsider", "plan_elsewhere"),
        )
        self.cases = (*cases, str(uuid.uuid4()))
        self.drafts = (
            self._begun("fire", "plan_exempt"),
            self._begun("builder", "plan_works"),
            self._begun("outsider", "plan_elsewhere"),
            str(uuid.uuid4()),
        )
        self.papers = (
            self._on_paper("window", "plan_exempt"),
            self._on_paper("window2", "plan_works"),
            self._on_paper("window3", "plan_elsewhere"),
            str(uuid.uuid4()),
        )
        self.parties = (FIRE_BRIGADE, BUILDER, OUTSIDER, MISSING_PARTY)

    def _account(
        self, name: str, role: Role, *, office: str = "", department: str = "", party: str = ""
    ) -> None:
        roles = frozenset({role})
        new = NewAccount(name, name, PASSWORD, roles, office, department, party)
        self.housing.office.accounts.open(new, actor="setup")

    def _filed(self, who: str, permit: str) -> str:
        written = Written(permit, who, answers(GAS))
        return self.housing.people.apply(written, "commitment").removeprefix("case/")

    def _begun(self, who: str, permit: str) -> str:
        return str(self.housing.office.filing.begin(permit, self.housing.people.actors[who]).id)

    def _on_paper(self, who: str, permit: str) -> str:
        actor = self.housing.people.actors[who]
        return str(self.housing.office.counter.begin(permit, FIRE_BRIGADE, actor, who).id)

    @cached_property
    def accounts(self) -> tuple[str, ...]:
        known = self.housing.people.actors
        return tuple(known[one].id for one in ("examiner", "window2", "window3"))

    def things(self, path: str, who: str) -> tuple[dict[str, str], ...]:
        """What the parts of an address are for each relation. For an officer what is their own is
        their department's, what is another's another department's, and `elsewhere` another
        office's; for an applicant their party's and others'."""
        mine = self.housing.people.actors[who].id if who != "nobody" else str(uuid.uuid4())
        accounts = (mine, *self.accounts[1:], str(uuid.uuid4()))
        drafts = self.papers if path.startswith("/review/counter") else self.drafts
        each = zip(self.cases, drafts, self.parties, accounts, self.entitled, strict=True)
        names = {**NAMES, **_named(path)}
        return tuple(
            {**names, **(claim if "entitle" in path else {}),
             "case": case, "draft": draft, "party": party, "account": account}
            for case, draft, party, account, claim in each
        )  # fmt: skip


def _named(path: str) -> dict[str, str]:
    """What is there under an address of this kind, but not under others."""
    if path.endswith("/evidence/{what}"):
        return {"what": "ask_amendment"}
    if path.startswith("/display/"):
        return {"what": "large-text"}
    if "/claims/" in path:
        return {"step": "recover"}
    return {"step": "confirm"} if path.startswith("/entitled/") else {}


def _permit(name: str, office: str, department: str) -> loader.Resolved:
    """The exemption, decided by another department."""
    data: dict[str, Any] = content()
    data["permit"]["id"] = name
    data["authority"] |= {"id": office, "department": department}
    if office != OFFICE:
        data["authority"]["number_prefix"] = "YDSP"
    built, findings = loader.build(data, Marks())
    assert built is not None and not findings, findings
    return built


OWNED = re.compile(
    r"\{(case|draft|party|account|policy|round|batch)\}|/v1/entitlements/(?!mine$)[a-z_]+$"
)


def relations(path: str) -> tuple[str, ...]:
    """The relations there are to what an address leads to: what belongs to nobody has but one."""
    return RELATIONS if OWNED.search(path) else RELATIONS[:1]


def address(path: str, parts: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: parts[found[1]], path)


_OF_ONE_ANSWER = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b\d{17}[0-9X]\b|\b2022-00\d\b"
    r"|\b(?:award_here|award_beside|award_elsewhere|no_award)(?:-2022-\d)?\b"
    r"|name=\"csrf\" value=\"[^\"]*\""
)


def told(text: str) -> str:
    """A page or a problem without what is of this one request: ids, codes, the form's token."""
    return _OF_ONE_ANSWER.sub("…", text)


def leaking(answers: Mapping[str, tuple[int, str]]) -> list[str]:
    """The relations of which an answer tells more than that nothing is there."""
    return [
        relation
        for relation in ("other", "elsewhere")
        if answers.get(relation, (0, ""))[0] == 404 and answers[relation] != answers["missing"]
    ]


Ask = Callable[[str, str, str, str], Any]
"""Asks as somebody, by a method, at a pattern of addresses, for what is related to them so."""


class Judged(NamedTuple):
    """What differs from the table, and what tells more than that nothing is there."""

    wrong: list[tuple[object, ...]]
    leaks: list[tuple[str, ...]]


def judged(known: Iterable[Row], doors: Iterable[tuple[str, str]], ask: Ask) -> Judged:
    """Ask for every door as everybody, for whatever is related to them in some way."""
    known, found = tuple(known), Judged([], [])
    for method, path in doors:
        row = row_of(known, method, path)
        for who in ROLES:
            answers = {}
            for relation, expected in zip(relations(path), row.cells[who], strict=False):
                if expected is None:
                    continue
                answer = ask(who, method, path, relation)
                answers[relation] = (answer.status_code, told(answer.text))
                if answer.status_code != expected:
                    status = answer.status_code
                    found.wrong.append((method, path, who, relation, status, expected))
            if who not in SEES_ALL:
                found.leaks.extend((method, path, who, one) for one in leaking(answers))
    return found
