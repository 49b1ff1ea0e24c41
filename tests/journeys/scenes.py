"""Where a story begins: something is filed in the browser, or was granted, as told elsewhere."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from msgspec.structs import replace

from permits.services.demonstration.desk import Written
from permits.services.heard import AskOpinions, GiveOpinion, JoinOpinions
from permits.services.requests import OpinionIn, Service, Verify
from tests.journeys.applications import stage
from tests.journeys.driving import INSPECTED
from tests.journeys.revoking import Revocable
from tests.journeys.town import Town
from tests.journeys.writing import Writer

WHO = "fire"


def filed(town: Town, written: Written, track: str) -> Revocable:
    """Somebody applies: writes, hands in, signs, files."""
    edition = town.publish(written.permit)
    writer = Writer(town.person(WHO), edition)
    writer.writes(written, track)
    return Revocable(town, edition, writer.files(), WHO)


def granted(
    town: Town, written: Written, *, agreed: Mapping[str, str] = MappingProxyType({})
) -> Revocable:
    """A case of today, on commitment, granted, delivered and published: that is told elsewhere.
    Before the decision departments `agreed`, each through an officer."""
    edition, people = town.publish(written.permit), town.housing.people
    case = people.apply(replace(written, party=WHO), "commitment")
    people.act("window", case, "accept")
    if INSPECTED in people.record("window", case).case.obligations:
        looked_at(town, case)
    if agreed:
        people.beside("examiner", case, AskOpinions(asked=tuple(agreed)))
        for department, who in agreed.items():
            given = GiveOpinion(asked=department, view="agree", opinion="符合要求，同意。")
            people.beside(who, case, given)
        people.beside("examiner", case, JoinOpinions(opinion="各部门均同意。"))
    if edition.definition.tracks["commitment"].on_the_spot:
        people.act("window", case, "grant_on_the_spot")
    else:
        opinion = OpinionIn(recommends="grant", opinion="符合条件，建议准予。")
        people.act("examiner", case, "examine", opinion)
        people.act("leader", case, "grant")
    day = date.fromisoformat(town.today)
    people.act("window", case, "deliver", Service(on=day, means="online"))
    people.act("window", case, "publish")
    return Revocable(town, edition, case.removeprefix("case/"), WHO)


def looked_at(town: Town, case: str) -> None:
    """Two inspectors look at a building before it passes; that is told elsewhere."""
    people = town.housing.people
    two = ("inspector", "inspector2")
    given = Verify(
        obligation=INSPECTED,
        passed=True,
        on=date.fromisoformat(town.today),
        inspectors=tuple(people.actors[one].id for one in two),
        finding="与竣工图一致。",
    )
    people.check(two, case, given)


def finished(town: Town) -> None:
    """The building stands, permitted as a whole, and everything about it was reported."""
    case = granted(town, stage("whole"))
    for duty in ("report_start", "report_completion"):
        day = date.fromisoformat(town.today)
        town.housing.people.report(WHO, f"case/{case.case}", duty, day)
