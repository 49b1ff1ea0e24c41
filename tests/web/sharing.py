"""Other offices that have delivered records about the parties of tests."""

import json
from collections.abc import Sequence
from datetime import date

from permits.outside.record_folder import RecordFolder
from permits.outside.sources import read_sources
from tests.web.housing import FIRE_BRIGADE, Housing

MATERIALS = ("land_document", "scheme_opinion")
TITLES = {
    "land_document": "土地登记数据",
    "scheme_opinion": "设计方案审查数据",
    "land_title": "不动产登记数据",
}


def deliver(
    housing: Housing,
    *materials: str,
    as_of: str = "2022-06-01",
    party: str = FIRE_BRIGADE,
    permit: str = "early_start",
    known: Sequence[str] = MATERIALS,
) -> None:
    """Each material that is known of has a source; those named have delivered a record of the
    party."""
    file = housing.office.settings.sources
    described = [
        {
            "id": name,
            "title": {"zh": TITLES[name], "en": name},
            "gives": [f"{permit}/{name}"],
            "fresh_days": 30,
            "folder": f"shared/{name}",
        }
        for name in known
    ]
    file.write_text(json.dumps({"sources": described}), encoding="utf-8")
    for name in known:
        folder = RecordFolder(file.parent / "shared" / name)
        folder.folder.mkdir(parents=True, exist_ok=True)
        if name in materials:
            data = {"document": f"{name} {date.fromisoformat(as_of).year}"}
            record = {"material": name, "party": party, "as_of": as_of, "data": data}
            folder.take_in(json.dumps(record).encode())
    housing.office.shared.sources = read_sources(file)
