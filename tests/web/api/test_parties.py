"""Parties to programs: read by those they are for, stepped through, listed for everybody."""

from permits.services.requests import Revocation
from tests.web.api.program import V1, Programs, refused
from tests.web.housing import BUILDER, FIRE_BRIGADE, Housing, at
from tests.web.standings import E, look

HOME = f"{V1}/parties/{FIRE_BRIGADE}"


NOTICE = {"entry": E, "degree": "breach", "grounds": "逾期未整改。"}


def test_a_breach_is_a_task_with_its_steps(programs: Programs, breached: str) -> None:
    supervisor = programs["supervisor"]
    [task] = supervisor.read(f"{V1}/party-tasks")["items"]
    assert (task["kind"], task["name"], task["href"]) == ("draft", E, HOME)
    found = supervisor.read(HOME)
    assert [one["step"] for one in found["offers"]] == [
        "notice_entry",
        "drop_entry",
        "merge_party",
    ]
    [entry] = found["entries"]
    assert (entry["status"], entry["degree"], entry["stands"]) == ("drafted", None, False)
    assert programs["fire"].read(HOME)["entries"] == []
    assert programs["fire"].read(f"{V1}/party-tasks")["items"] == []
    assert breached


def test_from_notice_to_the_public_list(
    housing: Housing, programs: Programs, breached: str
) -> None:
    done = programs["supervisor"].must(f"{HOME}/notice_entry", NOTICE)
    assert (done["code"], done["href"], done["events"]) == (FIRE_BRIGADE, HOME, ["EntryNoticed"])
    [entry] = programs["fire"].read(HOME)["entries"]
    assert (entry["waits_until"], entry["grounds"]) == ("2022-07-15", "逾期未整改。")
    early = programs["leader"].order(f"{HOME}/make_entry", {"entry": E})
    refused(early, 409, "may_still_object")
    programs.later(2022, 7, 18)
    programs["leader"].must(f"{HOME}/make_entry", {"entry": E})
    assert programs["fire"].read(HOME)["shut_until"] == "2023-07-18"
    assert programs.anyone.read(f"{V1}/credit-entries")["items"] == []
    housing.clock.now = at(2022, 7, 27)
    look(housing)
    page = programs.anyone.read(f"{V1}/credit-entries?limit=1")
    [shown] = page["items"]
    assert (shown["code"], shown["published_on"]) == (FIRE_BRIGADE, "2022-07-27")
    assert page["next"] is None
    refused(programs.anyone.get(f"{V1}/credit-entries?after=nonsense"), 422, "unfit")
    assert breached


def test_the_version_that_was_seen_is_asked_for(programs: Programs, breached: str) -> None:
    answer = programs["supervisor"].get(HOME)
    seen = answer.headers["etag"]
    programs["supervisor"].must(f"{HOME}/notice_entry", NOTICE)
    late = programs["supervisor"].order(
        f"{HOME}/drop_entry", {"entry": E, "reason": "x"}, **{"if-match": seen}
    )
    refused(late, 409, "overtaken")
    assert breached


def test_bars_reviews_names_and_people_are_shown(housing: Housing, programs: Programs) -> None:
    case = housing.published()
    housing.revoke(case, Revocation(ground="69-2", reason="虚假材料。"))
    leader, window = programs["leader"], programs["window"]
    bar = {"ground": "deceit", "case": case, "concerns": "health", "reason": "涉及燃气安全。"}
    leader.must(f"{HOME}/impose_bar", bar)
    leader.must(
        f"{HOME}/conclude_review",
        {"review": "review_1", "outcome": "referred", "reason": "移送。"},
    )
    window.must(f"{HOME}/rename_party", {"name": "新名", "reason": "通知书"})
    account = programs["fire"].read(f"{V1}/sessions/current")["account"]["id"]
    window.must(
        f"{HOME}/authorise_person",
        {"account": account, "power": "sign", "since": "2022-06-09", "letter": "委托书"},
    )
    found = leader.read(HOME)
    [held] = found["bars"]
    assert (held["until"], held["holds"], held["reason"]) == ("2025-06-09", True, "涉及燃气安全。")
    assert found["reviews"][0]["outcome"] == "referred"
    assert [one["name"] for one in found["names"]] == ["消防救援支队特勤大队", "新名"]
    assert found["authorised"][0]["holds"]
    assert programs["fire"].read(HOME)["reviews"] == []
    leader.must(f"{HOME}/merge_party", {"into": BUILDER, "reason": "合并协议"})
    assert leader.read(HOME)["successor"] == BUILDER


def test_a_party_of_others_is_not_there(programs: Programs, breached: str) -> None:
    refused(programs["builder"].get(HOME), 404, "no_such_party")
    refused(programs["fire"].get(f"{V1}/parties/{BUILDER}"), 404, "no_such_party")
    assert breached
