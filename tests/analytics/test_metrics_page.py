"""The page of figures: every example on it is what the program says of the cases on it."""

import re
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine, insert

from permits.analytics.choosing import Chosen
from permits.analytics.measures import RULES, Measure, Unit
from permits.analytics.measuring import NOTHING, Asked, measured
from permits.analytics.rule_book import compressed
from permits.casework.asked_rows import OpinionRow
from permits.casework.figures import FactsRow
from permits.casework.measured_rows import DutyRow, FeeRow, TermRow
from permits.casework.rows import Interval
from permits.store.caseload import plain
from permits.store.measured_tables import case_duty, case_facts, case_fee, case_term, interval
from permits.store.pile_tables import opinion_row
from permits.store.shape import metadata
from tests.kit import beijing, calendar, plan_exempt

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "metrics.md").read_text("utf-8")
TODAY = date(2022, 7, 11)
EARLY = date(2022, 6, 1)


def tables():
    """The tables of the page by their first head, each row by its heads."""
    found = {}
    for block in re.findall(r"(?:^\|.*\n)+", PAGE, re.MULTILINE):
        head, _rule, *lines = ([c.strip() for c in line.split("|")[1:-1]] for line in
                               block.splitlines())  # fmt: skip
        found[head[0]] = [dict(zip(head, line, strict=True)) for line in lines]
    return found


def number(text):
    return None if text == "–" else int(text)


def day(text):
    return None if text == "–" else date.fromisoformat(text)


def facts(row):
    granted, used = row["result"] == "granted", number(row["used"])
    causes = [int(row[name]) for name in ("exempt", "shared", "committed")]
    promised, statutory = int(row["promised"]), int(row["statutory"])
    return FactsRow(
        case_id=row["case"],
        number=row["case"],
        permit="plan_exempt",
        definition="d",
        department="planning",
        track=row["track"],
        kind="",
        result=row["result"],
        received_on=EARLY,
        accepted_on=None,
        decided_on=None,
        result_on=day(row["result on"]),
        by_silence=False,
        baseline_materials=5,
        handed_in=5 - sum(causes),
        saved_materials=sum(causes),
        saved_exempt=causes[0],
        saved_shared=causes[1],
        saved_committed=causes[2],
        deferred=int(row["deferred"]),
        promised_wd=promised,
        statutory_wd=statutory,
        used_wd=used,
        suspended_wd=number(row["suspended"]),
        saved_wd=promised - used if granted else 0,
        saved_statutory_wd=statutory - used if granted else 0,
        corrections=int(row["corrections"]),
        late=row["late"] == "yes",
        visits=int(row["visits"]),
    )


def limit(row):
    kind, warned = row["kind"].removeprefix("–"), day(row["warned from"])
    ended, more = day(row["ended on"]), int(row["extensions"])
    case, name = row["limit of"], row["name"]
    return TermRow(
        case, name, kind, row["debtor"], EARLY, None, warned, ended, more, 0, row["fate"]
    )


def stays(rows):
    at = beijing("2022-06-01")
    for seq, row in enumerate(rows):
        left = day(row["left on"])
        entered = day(row["entered on"])
        gone = at if left else None
        code = int(row["code"])
        yield Interval(row["stay of"], seq, row["state"], code, at, entered, gone, left)


def opinion(row):
    given = day(row["given on"])
    asked, standing = day(row["asked on"]), "given" if given else "waiting"
    name, last = row["department"], date.max
    return OpinionRow(
        row["opinion in"], name, 1, "o", name, standing, asked, None, last, None, given, False
    )


def duty(row):
    case, name, how = row["obligation of"], row["name"], row["verified by"]
    return DutyRow(case, name, how, "applicant", EARLY, None, None, 0, False, row["fate"])


def fee(row):
    owed, left = int(row["owed (fen)"]), int(row["balance (fen)"])
    put_off, case = row["deferred"] == "yes", row["fee of"]
    return FeeRow(
        case, row["name"], EARLY, owed, owed, owed - left, left, put_off, None, None, row["fate"]
    )


@pytest.fixture(scope="module")
def told():
    """What the program says of the cases on the page, figure by figure."""
    page = tables()
    rows = {
        case_facts: map(facts, page["case"]),
        case_term: map(limit, page["limit of"]),
        interval: stays(page["stay of"]),
        opinion_row: map(opinion, page["opinion in"]),
        case_duty: map(duty, page["obligation of"]),
        case_fee: map(fee, page["fee of"]),
    }
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        for table, these in rows.items():
            connection.execute(insert(table), [plain(row) for row in these])
        asked = Asked(Chosen(), TODAY)
        days = calendar()
        found = {m: measured(connection, m, asked, days).get("", NOTHING) for m in Measure}
    engine.dispose()
    return found


def test_every_figure_is_on_the_page_once():
    assert re.findall(r"^### `(\w+)`$", PAGE, re.MULTILINE) == [measure.value for measure in ORDER]
    assert set(ORDER) == set(Measure)


ORDER = [Measure(word) for word in re.findall(r"^### `(\w+)`$", PAGE, re.MULTILINE)]


@pytest.mark.parametrize("measure", Measure)
def test_an_example_is_what_the_program_says(told, measure):
    section = PAGE.split(f"### `{measure}`\n")[1].split("\n#")[0]
    (result,) = re.findall(r"^Example: .+: \*\*(.+)\*\*\.$", section, re.MULTILINE)
    one = told[measure].spread
    if RULES[measure].unit is Unit.SHARE:
        assert result == f"{one.total} of {one.count}"
    else:
        written = f"sum {one.total}, count {one.count}, median {one.median:g}, p90 {one.p90}"
        assert result == written.replace("1.4375e+06", "1437500")


def test_the_sum_on_the_left_of_an_example_is_its_sum(told):
    """Where the working is a sum of plain numbers, it is that of the result."""
    for measure, working in re.findall(
        r"### `(\w+)`.*?^Example: (.+?): \*\*", PAGE, re.MULTILINE | re.DOTALL
    ):
        last = working.split("=")[-1].removesuffix(" fen").replace(",", "").replace("−", "-")
        if re.fullmatch(r"[-\d +()]+", last):
            assert (
                sum(int(part.replace(" ", "")) for part in re.findall(r"-? ?\d+", last))
                == told[Measure(measure)].spread.total
            )


def test_the_compression_of_the_example():
    definition = plan_exempt().definition

    def limits(statutory, promised):
        those = {"statutory": f"{statutory}wd", "promised": f"{promised}wd"}
        ordinary = definition.tracks["ordinary"].model_copy(update=those)
        return definition.model_copy(update={"tracks": {"ordinary": ordinary}})

    found = next(compressed([limits(30, 2), limits(20, 18)]))
    assert (found.track, found.items) == ("ordinary", 2)
    assert (found.saved, found.statutory) == (30, 50)
    assert "(50 − 20) ÷ 50 = 60 %" in PAGE
