"""The first permit type, asking for several houses as well; and applications that name two."""

from permits.casework.entries import text_of_entries
from permits.definitions import loader
from permits.definitions.findings import Marks
from tests.definitions.broken_entries import houses
from tests.kit import content
from tests.web.housing import Housing

TWO = [{"name": "一号楼", "area_m2": 800}, {"name": "门卫室", "area_m2": 45}]
THIRD = {"name": "三号楼", "area_m2": 100}


def publish(housing: Housing) -> None:
    """An edition of today that asks for two to ten houses, each with its name and area."""
    data = content()
    data["permit"]["effective_from"] = "2022-06-09"
    houses(title={"zh": "各栋房屋", "en": "The houses"}, entry={"zh": "房屋", "en": "House"})(data)
    data.pop("samples")
    resolved, findings = loader.build(data, Marks())
    assert resolved is not None, findings
    housing.office.shelf.publish(resolved, actor="setup", now=housing.clock())


def filed(housing: Housing, track: str = "ordinary") -> str:
    """A case with two houses; its id as addresses name it."""
    publish(housing)
    draft = housing.written(track, houses=text_of_entries(TWO))
    answer = housing.browser("fire").fill(f"{draft}/check")
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"].split("/")[2])


def typed(*entries: dict[str, object]) -> dict[str, str]:
    """The fields of a form with these houses."""
    return {
        f"houses.{place}.{name}": str(value)
        for place, entry in enumerate(entries, 1)
        for name, value in entry.items()
    }
