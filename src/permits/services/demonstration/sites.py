"""Sites to build on: what example builders write when they hand in drawings or begin early."""

from permits.services.demonstration.desk import Written
from permits.services.demonstration.people import PARTIES

_SITES = (
    ("科学大道标准厂房", "科学大道"),
    ("莲花街研发楼", "莲花街"),
    ("瑞达路配套宿舍", "瑞达路"),
    ("长椿路社区中心", "长椿路"),
    ("冬青街停车楼", "冬青街"),
    ("翠竹街物流仓库", "翠竹街"),
)
_BUILDERS = ("builder_a", "builder_b", "builder_c")
_NO_RISK = {
    "special_fire_project": "false",
    "beyond_code_high_rise": "false",
    "major_hazard": "false",
    "broke_faith": "false",
}
_WORKS = (
    "hoarding", "site_gate", "temporary_buildings", "site_levelling", "temporary_utilities",
    "earthwork", "piling", "permanent_structure",
)  # fmt: skip
_CONTACT = {"contact_name": "经办人", "contact_phone": "0371-00000000"}


def drawings(number: int, starts_on: str, **facts: str) -> Written:
    """Construction drawings of the site of a number; `facts` are laid over the answers."""
    surveyor, designer = (PARTIES[who][0] for who in ("builder_b", "builder_c"))
    parties = {
        "surveyor_code": surveyor,
        "surveyor_person": "勘察负责人（示例）",
        "designer_code": designer,
        "designer_person": "设计负责人（示例）",
    }
    answers = {
        "drawings_for": "whole",
        "floor_area_m2": str(4000 + 1500 * number),
        **_NO_RISK,
        **parties,
        **facts,
    }
    return _written("drawing_review", number, starts_on, answers)


def early_works(number: int, starts_on: str, **facts: str) -> Written:
    """Works to be begun early on the site of a number; `facts` are laid over the answers."""
    begun = {"hoarding", "site_gate", "site_levelling"}
    answers = {
        "project_code": f"2206-410172-04-01-{100000 + number}",
        **{work: "true" if work in begun else "false" for work in _WORKS},
        "broke_faith": "false",
        **facts,
    }
    return _written("early_start", number, starts_on, answers)


def _written(permit: str, number: int, starts_on: str, answers: dict[str, str]) -> Written:
    name, place = _SITES[number % len(_SITES)]
    where = {"works_name": f"{name}（示例）", "works_place": place, "starts_on": starts_on}
    party = _BUILDERS[number % len(_BUILDERS)]
    return Written(permit, party, {**where, **answers, **_CONTACT})
