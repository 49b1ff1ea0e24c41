"""Works to apply for: the two of the programme's report, and made-up ones."""

import random
from collections.abc import Mapping

from permits.services.demonstration.desk import Works

GAS = Works(
    party="fire_brigade",
    name="郑州市消防救援支队特勤大队燃气工程",
    place="特勤大队营区",
    summary="为特勤大队接入燃气管线。长度、道路等级等参数未见公布，此处为演示值。",
    row="short_line",
    facts={
        "length_m": "150",
        "road_class": "branch",
        "underground": "true",
        "breaks_road": "true",
        "starts_on": "2022-06-20",
    },
)

POLES = Works(
    party="road_works",
    name="雪松路电杆迁改工程",
    place="雪松路",
    summary="迁改雪松路沿线电杆。具体参数未见公布，此处为演示值。",
    row="temporary_relocation",
    facts={"starts_on": "2022-06-27"},
)

_ROADS = (
    "科学大道",
    "莲花街",
    "瑞达路",
    "长椿路",
    "西三环",
    "冬青街",
    "玉兰街",
    "银屏路",
    "翠竹街",
)

_KINDS: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("short_line", "给水支管工程", {"road_class": "branch", "underground": "true"}),
    ("short_line", "通信管道工程", {"road_class": "secondary", "underground": "true"}),
    ("short_line", "燃气庭院管线工程", {"road_class": "off_road", "underground": "true"}),
    ("line_with_road", "道路配套雨水管线工程", {"with_road": "true", "underground": "true"}),
    ("power_line", "10千伏电力管线工程", {"voltage": "up_to_10kv"}),
    ("renewal", "热力管线更新工程", {"type_changed": "false", "route_changed": "false"}),
    ("temporary_building", "临时围墙工程", {"inside_red_line": "true"}),
    ("road_fixture", "路灯增设工程", {}),
    ("emergency", "排水管线抢修工程", {"breaks_road": "true", "underground": "true"}),
    ("temporary_relocation", "临时用电工程", {}),
    ("small_green", "街角绿化工程", {}),
)


def made_up(chance: random.Random, starts_on: str, *, unlisted: bool) -> Works:
    """Works of an example builder; those that are not on the list need the ordinary track."""
    row, kind, facts = chance.choice(_KINDS)
    extra = {"starts_on": starts_on, **facts}
    if row == "short_line":
        extra["length_m"] = str(chance.randrange(40, 195))
    if row == "small_green":
        extra["area_m2"] = str(chance.randrange(80, 480))
    if unlisted:
        row, extra = "not_listed", {"starts_on": starts_on, "underground": "true"}
    road = chance.choice(_ROADS)
    return Works(
        party=chance.choice(("builder_a", "builder_b", "builder_c")),
        name=f"{road}{kind}",
        place=road,
        summary=f"{road}{kind}（演示数据）。",
        row=row,
        facts=extra,
    )
