"""Stages of the works applied for and permitted through pages, by browsers without scripts."""

from datetime import date

from tests.definitions.shipped import resolved as shipped_resolved
from tests.web.housing import PDF, Browser, Housing

CODE = "2201-410172-89-01-544060"
OTHER_CODE = "2201-410172-89-01-544061"
TOWER = {
    "buildings.1.name": "一号楼",
    "buildings.1.floor_area_m2": "23000",
    "buildings.1.floors_above": "22",
    "buildings.1.floors_below": "2",
    "buildings.1.structure": "concrete",
}
CONTRACTOR = "12410100MB00000015"


def publish(housing: Housing, permit: str) -> None:
    """Publish a shipped permit type."""
    resolved = shipped_resolved(permit)
    housing.office.shelf.publish(resolved, actor="setup", now=housing.clock())


def written(
    browser: Browser,
    stage: str,
    track: str = "commitment",
    project: dict[str, str] | None = None,
    **changed: str,
) -> str:
    """An application for a stage, filled in section by section and signed; its address. `project`
    is what an edition asks of the project besides."""
    draft = browser.fill("/guide/staged_construction", "/applications").headers["location"]
    typed = {
        "project_code": CODE,
        "contractor_code": CONTRACTOR,
        "admitted_plot": "false",
        **changed,
    }
    for section, fields in {
        "project": {
            "project_code": typed["project_code"],
            "project_name": "示例大厦",
            **(project or {}),
        },
        "works": {
            "works_name": "示例大厦一号楼",
            "works_place": "示例路",
            "area_m2": "23000",
            "contractor_code": typed["contractor_code"],
        },
        "stage": {"stage_covered": stage},
        "facts": {
            "admitted_plot": typed["admitted_plot"],
            "special_fire": "false",
            "restricted_place": "false",
        },
        "contact": {"contact_name": "经办人", "contact_phone": "0371-00000000"},
    }.items():
        answer = browser.fill(f"{draft}/sections/{section}", **fields)
        assert answer.status_code == 303, answer.text
    browser.fill(f"{draft}/track", track=track)
    if track == "commitment":
        browser.fill(f"{draft}/commitments/staged_commitment", agreed="yes")
    return draft


def handed_in(browser: Browser, housing: Housing, draft: str) -> str:
    """The draft with every material that is asked for."""
    for material in housing.office.filing.asked(housing.draft(draft)):
        action = f"{draft}/materials/{material}/files"
        browser.attach(f"{draft}/materials", action, f"{material}.pdf", PDF)
    return draft


def apply(browser: Browser, housing: Housing, stage: str, track: str = "commitment", **typed: str):
    """What comes of sending an application in."""
    draft = handed_in(browser, housing, written(browser, stage, track, **typed))
    return browser.fill(f"{draft}/check")


def filed(browser: Browser, housing: Housing, stage: str, track: str = "commitment") -> str:
    """A case that was filed; its id as addresses name it."""
    answer = apply(browser, housing, stage, track)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].split("/")[2]


def inspect(housing: Housing):
    """What comes of applying for the joint inspection, everything handed in."""
    browser = housing.browser("fire")
    draft = browser.fill("/guide/completion_inspection", "/applications").headers["location"]
    for section, fields in {
        "project": {"project_code": CODE, "project_name": "示例大厦"},
        "works": {
            "works_name": "示例大厦一号楼",
            "works_place": "示例路",
            "restricted_place": "false",
        },
        "finished": TOWER,
        "contact": {"contact_name": "经办人", "contact_phone": "0371-00000000"},
    }.items():
        browser.fill(f"{draft}/sections/{section}", **fields)
    browser.fill(f"{draft}/track", track="ordinary")
    return browser.fill(f"{handed_in(browser, housing, draft)}/check")


def take(browser: Browser, case: str, action: str, **fields: str) -> None:
    """Take an action of the chart on its page."""
    answer = browser.fill(f"/review/cases/{case}/actions/{action}", **fields)
    assert answer.status_code == 303, answer.text


def permitted(housing: Housing, stage: str) -> str:
    """A stage that was applied for, accepted, permitted on the spot, delivered and published."""
    case = filed(housing.browser("fire"), housing, stage)
    window = housing.browser("window")
    take(window, case, "accept")
    take(window, case, "grant_on_the_spot")
    take(window, case, "deliver", on=today(housing), means="online")
    take(window, case, "publish")
    return case


def report(housing: Housing, case: str, *names: str) -> None:
    """What is owed was done today; its developer signs in for it."""
    browser = housing.browser("fire")
    for name in names:
        page = f"/cases/{case}/obligations/{name}"
        browser.attach(page, f"{page}/files", "proof.pdf", PDF)
        record = housing.office.cases.recorded(f"case/{case}")
        held = [upload for upload in record.uploads if upload.material == name]
        answer = browser.fill(page, on=today(housing), upload=held[-1].id)
        assert answer.status_code == 303, answer.text


def check(housing: Housing, case: str, name: str, *, passed: bool = True) -> None:
    """Two inspectors checked something today."""
    browser = housing.browser("inspector")
    page = f"/review/cases/{case}/beside/verify/{name}"
    actors = housing.people.actors
    answer = browser.fill(
        page,
        on=today(housing),
        passed="true" if passed else "false",
        inspectors=[actors["inspector"].id, actors["inspector2"].id],
        finding="现场与图纸一致" if passed else "使用未经审查合格的图纸",
    )
    assert answer.status_code == 303, answer.text
    page = page.replace("/verify/", "/sign_check/")
    assert housing.browser("inspector2").fill(page, agrees="true").status_code == 303


def today(housing: Housing) -> str:
    day: date = housing.clock.now.date()
    return day.isoformat()
