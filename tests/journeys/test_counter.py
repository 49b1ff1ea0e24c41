"""At the counter in a browser: an application on paper, corrections, service, visits; and what
other offices gave to an applicant who writes on the web."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from permits.casework.tracks import notice_digest, signed_for
from permits.definitions.schema import TrackName
from permits.services.demonstration.desk import answers
from permits.services.demonstration.sites import early_works
from permits.services.demonstration.works import GAS
from permits.store.drafts import Draft
from permits.text.words import Language
from tests.journeys.walking import Walk
from tests.web.housing import FIRE_BRIGADE, Housing
from tests.web.sharing import deliver
from tests.web.sites import publish

Walks = Callable[..., Walk]


@pytest.fixture
def clerk(walks: Walks, language: Language) -> Walk:
    """The window, signed in."""
    walk = walks(language)
    walk.follow(walk.says("Sign in"))
    walk.sign_in("window")
    return walk


def brought(walk: Walk, button: str) -> None:
    """Say who brought it, and send."""
    walk.fill(walk.says("Who brought or sent it"), "王经办")
    walk.choose(walk.says("In which capacity"), walk.says("the applicant in person"))
    walk.choose(walk.says("How it came"), walk.says("brought to the counter: counts as a visit"))
    walk.press(button)


def scanned(walk: Walk, document: Path, what: str, place: int = 0) -> None:
    walk.page.locator("input[type=file]").nth(place).set_input_files(document)
    walk.press(walk.says("Upload"), of=what)


def test_corrections_on_paper_service_and_visits(
    housing: Housing, clerk: Walk, document: Path
) -> None:
    case = housing.correcting("material.land_title", "field.length_m")
    edition = housing.office.shelf.current("plan_exempt")
    assert edition is not None
    title = edition.definition.materials["land_title"].title.in_(clerk.language)
    action = edition.definition.chart.actions["supply_corrections"].title.in_(clerk.language)
    home = f"/review/cases/{case}"
    clerk.go(home)
    clerk.follow(action)
    brought(clerk, action)
    expect(clerk.page.get_by_role("alert").first).to_be_visible()
    scanned(clerk, document, clerk.says("The signed paper"))
    scanned(clerk, document, title, 2)
    clerk.fill(edition.questions["length_m"].title.in_(clerk.language), "120")
    brought(clerk, action)
    assert clerk.path == f"{home}?done=corrections"
    assert housing.record(case).case.answers["length_m"] == 120

    clerk.follow(clerk.says("Visits to the counter"))
    clerk.choose(clerk.says("What for"), clerk.says("to ask something"))
    clerk.press(clerk.says("Write it down"))
    clerk.follow(clerk.says("Service of documents"))
    scanned(clerk, document, clerk.says("Proof of service"))
    clerk.page.get_by_role("group", name=clerk.says("Which document")).get_by_role(
        "radio"
    ).first.check()
    clerk.choose(clerk.says("How"), clerk.says("at the counter"))
    clerk.press(clerk.says("Record the service"))
    held = housing.record(case).case
    assert (len(held.served), len(held.visits)) == (1, 2)


def written(housing: Housing) -> Draft:
    """An application on paper, written down and signed."""
    office, actor = housing.office, housing.people.actors["window"]
    draft = office.counter.begin("plan_exempt", FIRE_BRIGADE, actor, "a key of the form")
    assert isinstance(draft, Draft)
    draft = office.filing.save(draft, answers(GAS))
    assert isinstance(draft, Draft)
    draft = office.filing.choose(draft, "commitment")
    assert isinstance(draft, Draft)
    definition = office.filing.edition(draft).definition
    for name, text in signed_for(definition, TrackName.COMMITMENT).items():
        draft = office.filing.sign(draft, name, notice_digest(text))
        assert isinstance(draft, Draft)
    return draft


def test_an_application_on_paper(housing: Housing, clerk: Walk, document: Path) -> None:
    clerk.go("/review")
    clerk.follow(clerk.says("Applications on paper"))
    clerk.press(clerk.says("Begin"))
    expect(clerk.page.get_by_role("alert").first).to_be_visible()
    draft = written(housing)
    clerk.go("/review/counter")
    for page in ("", "/track", "/materials", "/commitments/true_declaration", "/check"):
        clerk.go(f"/review/counter/{draft.id}{page}")
    scanned(clerk, document, clerk.says("The signed paper"))
    brought(clerk, clerk.says("File the application"))
    case = draft.case_id.removeprefix("case/")
    assert clerk.path == f"/cases/{case}/documents/1"
    clerk.go(f"/review/cases/{case}")
    clerk.follow(clerk.says("Put errors right on the spot"))


def test_what_other_offices_gave(housing: Housing, walks: Walks) -> None:
    publish(housing, "early_start")
    deliver(housing, "land_document", as_of="2022-05-01")
    filing, actor = housing.office.filing, housing.people.actors["fire"]
    draft = filing.begin("early_start", actor)
    assert isinstance(draft, Draft)
    draft = filing.save(draft, dict(early_works(0, "2022-06-20").answers))
    assert isinstance(draft, Draft)
    filing.choose(draft, "commitment")
    walk = walks("zh")
    walk.follow(walk.says("Sign in"))
    walk.sign_in("fire")
    walk.go(f"/drafts/{draft.id}/materials")
    walk.go(f"/drafts/{draft.id}/check")
