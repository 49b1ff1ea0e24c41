"""What comes after a decision as tests of several subjects play it: a grant with a term, one whose
facts may be changed, and whole stories of each kind."""

import json
from datetime import date
from functools import cache, partial
from typing import Any

from permits.casework import commands as c
from permits.casework import commands_after as a
from permits.casework import inputs as i
from permits.casework.rows import due_rows
from permits.definitions import loader
from permits.definitions.edition import Edition, compile_edition
from permits.definitions.findings import Marks
from permits.definitions.procedure import DeregistrationGround as G
from tests.casework.duties import add_fee
from tests.definitions.shipped import resolved as shipped_resolved
from tests.kit import OTHER_PARTY, PARTY, SEAL, Play, variant
from tests.staged import Site, served

START = "report_start"
BOTH = {"zh": "示例", "en": "An example"}
EXAMPLE = {"example": BOTH}
SILENCE = {"law": "licensing_act", "article": "50"}
OTHER = {"contractor_code": PARTY}
"""Another contractor than the tower has."""


def changed(permit: str, change: Any) -> Edition:
    """A shipped permit type changed by a test; it must still be sound."""
    data = json.loads(shipped_resolved(permit).content)
    change(data)
    built, findings = loader.build(data, Marks())
    assert built is not None and not findings, "\n".join(map(str, findings))
    return compile_edition(built.definition, built.digest)


def written(data: Any, *milestones: str) -> None:
    """A document at each of these milestones."""
    for milestone in milestones:
        data["documents"][f"at_{milestone}"] = {
            "title": BOTH,
            "drawn_at": milestone,
            "word": "例",
            "says": [BOTH],
            "basis": EXAMPLE,
        }


def add_term(data: Any, **renewal: Any) -> None:
    """The grant holds for six months, and may be renewed for as long."""
    rule = {"each": "6m", "days_before": 30, "approver": "leader", "silence_basis": SILENCE}
    data["term"] = {
        "length": "6m",
        "expires": "expire",
        "renewal": {**rule, "basis": EXAMPLE, **renewal},
        "basis": EXAMPLE,
    }
    chart = data["chart"]
    chart["states"]["expired"] = {"title": BOTH, "phase": "lapsed", "code": 11}
    chart["actions"]["expire"] = {
        "title": BOTH,
        "act": "expire",
        "by": ["timer"],
        "moves": [{"from": ["granted", "in_force", "concluded"], "to": "expired"}],
    }
    chart["actions"]["deregister"]["moves"][1]["from"].append("expired")
    written(data, "renewed", "not_renewed", "expired")


@cache
def lasting(**renewal: Any) -> Edition:
    """The exemption, if it held for a term."""
    return variant(lambda data: add_term(data, **renewal))


def for_a_term(on: str = "2022-06-09", **renewal: Any) -> Play:
    """Granted and served on a day; by 9 December 2022, if that was 9 June."""
    return Play(lasting(**renewal)).served(on)


def permitted(on: str = "2022-03-01", stage: str = "whole") -> Play:
    """A construction permit, served."""
    return served(Site().granted(stage, on), on)


def asked(play: Play, on: str, name: str = START) -> Play:
    play.must("applicant", a.AskExtension(name, SEAL), on)
    return play


def decided(play: Play, on: str, by: str = "", name: str = START) -> Play:
    play.must("leader", a.DecideExtension(name, granted=True, by=by, reason=SEAL), on)
    return play


def not_put_off(play: Play, on: str, name: str = START) -> Play:
    play.must("leader", a.DecideExtension(name, granted=False, reason=SEAL), on)
    return play


def due(play: Play, name: str = START) -> str:
    return str(play.case.obligations[name].due)


def annulment(on: str, *, anew: bool, body: Any = "court") -> a.RecordAnnulment:
    return a.RecordAnnulment(body, date.fromisoformat(on), anew, SEAL, SEAL)


def refused(on: str = "2022-06-09") -> Play:
    """Refused and served."""
    play = Play().accepted(on).do("examiner", "examine", on, i.Opinion("refuse", SEAL))
    play.do("leader", "refuse", on, i.Reasoned(SEAL))
    service = i.Service(date.fromisoformat(on), "online")
    return play.do("window", "deliver", on, service).do("window", "publish", on)


def charged(ends: str = "cancelled") -> Edition:
    """The construction permit, if there was a charge for its floor area that may be corrected."""
    return changed("staged_construction", partial(_charge, ends=ends))


def _charge(data: Any, ends: str = "cancelled") -> None:
    add_fee(data)
    fee = data["fees"]["charge"]
    fee["quantity"], fee["ends"][0]["debt"] = "area_m2", ends
    data["amendment"]["fields"].append("area_m2")
    data["amendment"]["corrects"] = ["charge"]


def charged_for_basements() -> Edition:
    """The same with a line for the floor area of basements, which need not be said, and whose
    rate begins on 1 July 2022."""

    def change(data: Any) -> None:
        _charge(data)
        (works,) = (s for s in data["form"]["sections"] if "area_m2" in map(_id, s["fields"]))
        (area,) = (q for q in works["fields"] if _id(q) == "area_m2")
        works["fields"].append({**area, "id": "basement_m2", "required": False})
        fee, rates = data["fees"]["charge"], data["rates"]
        rates["basement"] = {**rates["per_metre"], "rows": rates["per_metre"]["rows"][1:]}
        line = {"title": fee["title"], "basis": fee["basis"]}
        del fee["quantity"], fee["rate"]
        fee["lines"] = {
            "area": {**line, "fields": ["area_m2"], "rate": "per_metre"},
            "basement": {**line, "fields": ["basement_m2"], "rate": "basement"},
        }
        data["amendment"]["fields"].append("basement_m2")

    return changed("staged_construction", change)


def _id(question: Any) -> str:
    return question["id"]


def void_and_deregistered() -> Play:
    """More time was given once and refused the second time; void, and deregistered."""
    play = permitted("2022-06-13")
    play.must("timer", a.RemindOfObligation(START), "2022-08-31")
    decided(asked(play, "2022-09-01"), "2022-09-02", "1m")
    not_put_off(asked(play, "2022-09-20"), "2022-09-26")
    play.must("timer", c.FlagOverdue(START), "2022-10-14")
    return play.do("window", "deregister", "2022-10-17", i.Deregistration(G.OTHER))


def restored_and_annulled() -> Play:
    """Void by mistake, restored, amended, and annulled at last while another change waits."""
    play = permitted()
    play.must("timer", c.FlagOverdue(START), "2022-06-02")
    play.must("leader", a.RestoreGrant(date(2022, 5, 30), SEAL), "2022-06-10")
    play.must("applicant", a.AskAmendment(OTHER, SEAL), "2022-06-13")
    play.must("examiner", a.ExamineAmendment("grant", SEAL), "2022-06-14")
    play.must("leader", a.DecideAmendment(granted=True, reason=SEAL), "2022-06-15")
    play.must("applicant", a.AskAmendment({"contractor_code": OTHER_PARTY}, SEAL), "2022-06-16")
    play.must("examiner", a.ExamineAmendment("refuse", SEAL), "2022-06-17")
    play.must("leader", a.DecideAmendment(granted=False, reason=SEAL), "2022-06-20")
    play.must("applicant", a.AskAmendment({"works_name": "示例"}, SEAL), "2022-06-21")
    play.must("leader", annulment("2022-06-22", anew=False), "2022-06-23")
    return play.do("window", "deregister", "2022-06-24", i.Deregistration(G.REVOKED))


def renewed_and_expired() -> Play:
    """Reminded of; renewed by a decision, by silence, refused; expired, and deregistered."""
    play = for_a_term()
    play.must("timer", a.RemindOfTerm(), "2022-10-28")
    play.must("applicant", a.AskRenewal(SEAL), "2022-11-01")
    play.must("leader", a.DecideRenewal(granted=True), "2022-11-08")
    play.must("applicant", a.AskRenewal(SEAL), "2023-05-04")
    play.must("timer", a.PassTerm(), "2023-06-12")
    play.must("applicant", a.AskRenewal(SEAL), "2023-11-01")
    play.must("leader", a.DecideRenewal(granted=False, reason=SEAL), "2023-11-02")
    play.must("timer", a.PassTerm(), "2023-12-12")
    return play.do("window", "deregister", "2023-12-13", i.Deregistration(G.EXPIRED))


FLAG = c.FlagOverdue(START)


def void(play: Play, on: str) -> Play:
    play.must("timer", FLAG, on)
    return play


def tells(play: Play, on: str) -> bool:
    """Whether the timer waits for the start of the works."""
    return any(row.name == START for row in due_rows(play.case, play.edition))
