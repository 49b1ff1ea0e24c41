"""Who acts in the demonstration: accounts named by their post, example organisations."""

import msgspec

from permits.casework.access import Actor
from permits.casework.identifiers import credit_check_digit
from permits.definitions.procedure import Role
from permits.services.accounts import NewAccount
from permits.services.office import Office
from permits.store import people

PASSWORD = "demonstration"  # noqa: S105 - shown at sign-in, and only there where it works
OFFICE, DEPARTMENT = "planning_bureau", "planning"


class Shown(msgspec.Struct, frozen=True):
    """A demonstration account as the sign-in page shows it."""

    username: str
    zh: str
    en: str


def _code(number: int) -> str:
    """An example credit code: a right check digit, and a number no register gives out."""
    first = f"9241017200{number:07d}"
    return first + credit_check_digit(first)


PARTIES = {
    "fire_brigade": (_code(1), "郑州市消防救援支队特勤大队"),
    "road_works": (_code(2), "雪松路电杆迁改工程建设单位（示例）"),
    "builder_a": (_code(3), "示例市政建设单位甲"),
    "builder_b": (_code(4), "示例市政建设单位乙"),
    "builder_c": (_code(5), "示例市政建设单位丙"),
    "builder_d": (_code(9006), "示例市政建设单位丁"),
    "builder_e": (_code(9007), "示例市政建设单位戊"),
    "builder_f": (_code(9008), "示例市政建设单位己"),
    "enterprise_a": (_code(6), "示例软件企业0006号"),
    "enterprise_b": (_code(7), "示例制造企业0007号"),
    "enterprise_c": (_code(8), "示例软件企业0008号"),
}
"""Organisations by a short name. Their codes are examples; no real code was known."""

OFFICERS: tuple[tuple[str, Role, str, str], ...] = (
    ("window", Role.WINDOW, "综合窗口", "Reception window"),
    ("examiner", Role.EXAMINER, "审查岗", "Examiner"),
    ("leader", Role.LEADER, "负责人", "Head of the office"),
    ("inspector1", Role.INSPECTOR, "核查岗一", "Inspector 1"),
    ("inspector2", Role.INSPECTOR, "核查岗二", "Inspector 2"),
    ("inspector3", Role.INSPECTOR, "核查岗三", "Inspector 3"),
    ("supervisor", Role.SUPERVISOR, "督办岗", "Supervisor"),
)

OTHERS: tuple[tuple[str, str, str, str, str], ...] = (
    ("fire_officer", "housing_bureau", "fire", "消防审查部门", "Fire safety department"),
    ("defence_officer", "civil_defence_office", "civil_defence", "人防主管部门", "Civil defence"),
    ("heritage_officer", "heritage_bureau", "heritage", "文物主管部门", "Heritage authority"),
    ("utilities_officer", "city_management", "utilities", "市政公用部门", "Utilities department"),
)
"""Examiners of the departments that are asked for opinions: their room, and their name."""

POLICY_OFFICE = ("enterprise_service", "entitlements")
POLICY_OFFICERS: tuple[tuple[str, Role, str, str], ...] = (
    ("policy_window", Role.WINDOW, "惠企窗口", "Window for enterprises"),
    ("policy_examiner", Role.EXAMINER, "惠企比对岗", "Matching of policies"),
    ("policy_leader", Role.LEADER, "惠企负责人", "Head of enterprise services"),
)
"""Officers of the department that pays entitlements."""

OVERSEERS: tuple[tuple[str, Role, str, str], ...] = (
    ("auditor", Role.AUDITOR, "审计", "Auditor"),
    ("system_admin", Role.SYSTEM_ADMIN, "系统管理员", "System administrator"),
    ("security_admin", Role.SECURITY_ADMIN, "安全管理员", "Security administrator"),
    ("audit_admin", Role.AUDIT_ADMIN, "审计管理员", "Audit administrator"),
)
"""Who decides no case: of no department."""

SHOWN = (
    Shown("fire_brigade", "申请人：消防救援支队特勤大队", "Applicant: fire brigade"),
    Shown("builder_a", "申请人：示例市政建设单位甲", "Applicant: example builder A"),
    Shown(
        "builder_d",
        "申请人：示例市政建设单位丁（已提异议）",
        "Applicant: example builder D (objected)",
    ),
    Shown(
        "builder_e",
        "申请人：示例市政建设单位戊（有失信记录）",
        "Applicant: example builder E (entry stands)",
    ),
    *(Shown(name, zh, en) for name, _role, zh, en in OFFICERS),
    *(Shown(name, zh, en) for name, _office, _department, zh, en in OTHERS),
    Shown("enterprise_a", "企业：示例软件企业0006号", "Enterprise: example software 0006"),
    Shown("enterprise_b", "企业：示例制造企业0007号", "Enterprise: example maker 0007"),
    Shown("enterprise_c", "企业：示例软件企业0008号", "Enterprise: example software 0008"),
    *(Shown(name, zh, en) for name, _role, zh, en in POLICY_OFFICERS),
    *(Shown(name, zh, en) for name, _role, zh, en in OVERSEERS),
)
"""The accounts the sign-in page of a demonstration lists; all have the same password."""

USERNAMES = {
    *PARTIES,
    *(one[0] for one in (*OFFICERS, *OTHERS, *POLICY_OFFICERS, *OVERSEERS)),
}
"""Every account of the demonstration."""


def settle(office: Office) -> dict[str, Actor]:
    """Open the accounts; the actors by their user name."""
    for code, name in PARTIES.values():
        office.accounts.register_party(code, name, actor="setup")
    for username, (code, _name) in PARTIES.items():
        _open(office, username, "经办人", frozenset({Role.APPLICANT}), code)
    for username, role, zh, _en in OFFICERS:
        _open(office, username, zh, frozenset({role}))
    for username, role, zh, _en in POLICY_OFFICERS:
        _open(office, username, zh, frozenset({role}), POLICY_OFFICE)
    for username, bureau, department, zh, _en in OTHERS:
        examiner = frozenset({Role.EXAMINER})
        _open(office, username, zh, examiner, (bureau, department))
    for username, role, zh, _en in OVERSEERS:
        _open(office, username, zh, frozenset({role}), ("", ""))
    with office.database.read() as connection:
        return {account.username: account.actor for account in people.everybody(connection)}


def _open(
    office: Office,
    username: str,
    name: str,
    roles: frozenset[Role],
    at: str | tuple[str, str] = (OFFICE, DEPARTMENT),
) -> None:
    """An account: `at` is its party, or its office and department, if it has any."""
    party = at if isinstance(at, str) else ""
    written_to = bool(party) or Role.AUDITOR in roles
    room = ("", "") if isinstance(at, str) else at
    office.accounts.open(
        NewAccount(
            username=username,
            name=name,
            password=PASSWORD,
            roles=roles,
            office=room[0],
            department=room[1],
            party=party,
            email=f"{username}@demonstration.invalid" if written_to else "",
        ),
        actor="setup",
    )
