"""What applicants write in the journeys, one for each permit type that has none elsewhere."""

from permits.casework.entries import text_of_entries
from permits.services.demonstration.desk import Written

CODE = "2201-410172-89-01-544060"
CONTRACTOR = "12410100MB00000015"
CONTACT = {"contact_name": "经办人", "contact_phone": "0371-00000000"}

HOMES = Written(
    "infrastructure_charge",
    "fire",
    {
        "project_name": "示例住宅",
        "project_place": "科学大道",
        "project_code": "2202-410172-89-01-544060",
        "planning_permit": "示例建字第1号",
        "housing_m2": "12000",
        "other_m2": "3000",
        "relief_ground": "none",
        "earlier_default": "false",
        **CONTACT,
    },
)
"""2,595,000 yuan at the rates of June 2022."""

TOWER = Written(
    "civil_defence_fee",
    "fire",
    {
        "project_name": "示例办公楼",
        "project_place": "莲花街",
        "project_code": "2203-410172-89-01-544060",
        "buildings_are": "civil",
        "planned_as_whole": "false",
        "tall_first_floor_m2": "1250",
        "low_other_m2": "3333",
        "low_housing_first_floor_m2": "100",
        "off_site_reason": "bad_geology",
        "relief_ground": "none",
        "earlier_default": "false",
        **CONTACT,
    },
)
"""2,451,644 yuan."""

OFFICES = Written(
    "joint_review",
    "fire",
    {
        "works_name": "示例办公楼",
        "works_place": "示例路1号",
        "works_summary": "新建办公楼",
        "project_code": "2206-410172-89-01-544060",
        "floor_area_m2": "12000",
        "civil_buildings": "true",
        "near_heritage": "false",
        "area_assessed": "true",
        "others_affected": "false",
        "restricted_place": "false",
        **CONTACT,
    },
)

_BUILDING = {
    "project_code": CODE,
    "project_name": "示例大厦",
    "works_name": "示例大厦一号楼",
    "works_place": "示例路",
    "restricted_place": "false",
    **CONTACT,
}

_BUILDINGS = [
    {
        "name": "一号楼",
        "floor_area_m2": "22950",
        "floors_above": "22",
        "floors_below": "2",
        "structure": "concrete",
    },
    {
        "name": "门卫室",
        "floor_area_m2": "50",
        "floors_above": "1",
        "floors_below": "0",
        "structure": "masonry",
    },
]
INSPECTION = Written(
    "completion_inspection", "fire", {**_BUILDING, "buildings": text_of_entries(_BUILDINGS)}
)


def stage(covered: str) -> Written:
    """A stage of the building, or the whole of it."""
    answers = {
        "area_m2": "23000",
        "contractor_code": CONTRACTOR,
        "stage_covered": covered,
        "admitted_plot": "false",
        "special_fire": "false",
    }
    return Written("staged_construction", "fire", {**_BUILDING, **answers})
