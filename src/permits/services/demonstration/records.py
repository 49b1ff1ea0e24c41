"""Records that other offices have delivered to the demonstration: of its own example builders."""

from datetime import date

import msgspec

from permits.outside.record_folder import RecordFolder
from permits.outside.records import Record
from permits.outside.sources import read_sources
from permits.services.demonstration.people import PARTIES
from permits.services.office import Office

AS_OF = date(2022, 5, 30)
"""Before the first case that asks for one of them."""


class Delivered(msgspec.Struct, frozen=True):
    """A source, the material it gives, and whose records it has delivered."""

    id: str
    zh: str
    en: str
    material: str
    document: str
    holders: tuple[str, ...]
    permit: str = "early_start"


SOURCES = (
    Delivered(
        id="land_register",
        zh="土地登记数据（示例）",
        en="Land register (example)",
        material="land_document",
        document="土地出让合同（示例）",
        holders=("builder_a", "builder_b", "builder_c"),
    ),
    Delivered(
        id="scheme_reviews",
        zh="设计方案审查数据（示例）",
        en="Design scheme reviews (example)",
        material="scheme_opinion",
        document="设计方案审查意见（示例）",
        holders=("builder_a", "builder_b"),
    ),
    Delivered(
        id="plot_grants",
        zh="随土地出让的方案数据（示例）",
        en="Schemes granted with plots (example)",
        material="design_scheme",
        document="随土地出让的规划设计方案（示例）",
        holders=("builder_a", "builder_b"),
        permit="industrial_plot",
    ),
)
"""Of the third builder no opinion was delivered: it is asked from the applicant."""

FRESH_DAYS = 3650


def deliver(office: Office) -> None:
    """Describe the sources, put their records into folders beside, and let the office ask them."""
    file = office.settings.sources
    described = [
        {
            "id": one.id,
            "title": {"zh": one.zh, "en": one.en},
            "gives": [f"{one.permit}/{one.material}"],
            "fresh_days": FRESH_DAYS,
            "folder": f"shared_data/{one.id}",
        }
        for one in SOURCES
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(msgspec.json.format(msgspec.json.encode({"sources": described}), indent=2))
    for one in SOURCES:
        folder = RecordFolder(file.parent / "shared_data" / one.id)
        for holder in one.holders:
            data = {"document": one.document}
            record = Record(one.material, PARTIES[holder][0], AS_OF, data)
            folder.take_in(msgspec.json.encode(record))
    office.shared.sources = read_sources(file)
