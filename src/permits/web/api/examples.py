"""Examples of the OpenAPI document: the gas main of the fire brigade, June 2022.

What is sent is made here; what is answered was recorded by `tools/api_examples.py`.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from permits.casework.refusals import Reason, Refused
from permits.casework.tracks import notice_digest, signatures, text_of
from permits.definitions.schema import TrackName
from permits.services.demonstration.desk import PERMIT, answers
from permits.services.demonstration.works import GAS
from permits.services.office import Office
from permits.text import shapes
from permits.text.troubles import Trouble
from permits.web import problems, statuses
from permits.web.api.examples_after import after
from permits.web.api.examples_entitled import entitled
from permits.web.api.examples_heard import heard
from permits.web.api.examples_parties import about_parties
from permits.web.api.examples_voices import said

ID = "0197f3a2-6f0e-7c1e-9d5f-2b6f6f1f9f10"
OTHER_ID = "0197f3a2-6f0e-7c1e-9d5f-2b6f6f1f9f11"
RECORD = "5c1f0e" + 58 * "0"
ON = "2022-06-09"
DIGEST = "6f" * 32

Values = dict[str, Any]


@dataclass(frozen=True)
class Examples:
    """Bodies by operation and name, answers by operation, problems by status code."""

    bodies: dict[str, Values]
    answers: Values
    problems: dict[int, Values]


def examples(office: Office) -> Examples:
    """The examples, with texts signed as the office has published them."""
    return Examples(_bodies(office), _answers(), _problems())


def gas(office: Office) -> Values:
    """The application for the gas main, on commitment."""
    edition, track = office.shelf.current(PERMIT), TrackName.COMMITMENT
    signed = {}
    if edition is not None:
        definition = edition.definition
        keys = signatures(definition, track)
        signed = {key: notice_digest(text_of(definition, key)) for key in keys}
    return {
        "answers": {name: _plain(text) for name, text in answers(GAS).items()},
        "track": track.value,
        "signed": signed,
    }


def _plain(text: str) -> str | int | bool:
    """An answer as a program would send it."""
    if text in ("true", "false"):
        return text == "true"
    return int(text) if text.isdigit() else text


def _bodies(office: Office) -> dict[str, Values]:
    application = gas(office)
    beginning = {"permit": PERMIT, "answers": {"works_name": GAS.name}}
    return {
        "open_session": {
            "window": {"username": "window", "password": "demonstration"},
            "with_code": {"username": "leader", "password": "demonstration", "code": "287082"},
        },
        "prove_person": {"code": {"code": "287082"}, "password": {"password": "demonstration"}},
        "begin_draft": {"whole": {"permit": PERMIT, **application}, "beginning": beginning},
        "write_draft": {"whole": application},
        "file_application": {"draft": {"draft": ID}},
        "look_up": {"receipt": {"number": "GXGH-20220609-0001", "code": "K7MPQ2XWRT4H"}},
        "show_personal_data": {
            "telephone": {"reason": "reach_the_person", "words": "约定现场勘察时间"}
        },
        "take_action": _actions(),
        **_commands(),
        **heard(OTHER_ID),
        **about_parties(ID, OTHER_ID),
        **after(),
        **entitled(DIGEST),
        **said(DIGEST),
    }


def _actions() -> Values:
    defect = {"about": "material.land_title", "kind": "missing", "fix": "请补交土地权属证明。"}
    return {
        "accept": {},
        "grant_on_the_spot": {},
        "deliver": {"on": ON, "means": "online"},
        "publish": {},
        "issue_correction": {"defects": [defect]},
        "supply_corrections": {"answers": {"length_m": 150}, "uploads": [ID]},
        "examine": {"recommends": "grant", "opinion": "材料齐全，符合规划条件，建议准予。"},
        "refuse": {"reason": "位于文物保护范围内，不符合规划条件。"},
        "suspend": {
            "cause": "expert_review",
            "stated": "10wd",
            "notified": True,
            "reason": "管线交叉方案需经专家评审。",
        },
        "revoke": {"ground": "69-2", "reason": "提供虚假材料取得免办决定。"},
    }


def _commands() -> dict[str, Values]:
    late = "需要协调相关管线单位，办理时间超出承诺时限。"
    return {
        "extend": {"promise": {"clock": "promise", "reason": "需要协调相关管线单位。"}},
        "explain": {"promise": {"clock": "promise", "reason": late}},
        "order_payment": {
            "late": {
                "obligation": "pay_infrastructure_charge",
                "reason": "缓缴期限届满，仍未缴清。",
            }
        },
        "report": {
            "completion": {"obligation": "report_completion", "on": "2022-07-21", "uploads": [ID]},
            "put_right": {
                "obligation": "check_after_completion",
                "on": "2022-08-10",
                "uploads": [ID],
                "words": "已按承诺的长度改建，附现场照片。",
            },
        },
        "supply": {"approval": {"uploads": [ID]}},
        "verify": {
            "passed": {
                "obligation": "check_after_completion",
                "passed": True,
                "on": "2022-07-28",
                "inspectors": [ID, OTHER_ID],
                "finding": "建设内容与承诺一致。",
            }
        },
        "sign_check": {
            "agrees": {"obligation": "check_after_completion", "record": RECORD, "agrees": True},
            "returns": {
                "obligation": "check_after_completion",
                "record": RECORD,
                "agrees": False,
                "reason": "长度的实测数据与现场记录不一致。",
            },
        },
        "draw": {
            "first": {"obligation": "check_drawings"},
            "instead": {
                "obligation": "check_drawings",
                "instead_of": OTHER_ID,
                "ground": "on_leave",
                "reason": "七月休年假，不能参加核查。",
            },
        },
        "notice": {"ground": {"ground": "69-1-4", "reason": "现场长度超出清单范围，逾期未整改。"}},
        "state": {"said": {"statement": "施工中遇地下障碍，绕行后长度增加。"}},
        "drop": {"stands": {"reason": "陈述理由成立，已按要求整改。"}},
        "correct": {
            "clerical": {
                "number": "演示规免备字〔2022〕1号",
                "correction": "“科学大到”更正为“科学大道”。",
            }
        },
        "pay": {
            "paid": {
                "fee": "infrastructure_charge",
                "on": ON,
                "amount_fen": 5_550_000,
                "receipt": "2022-0609-01",
            }
        },
        "refund": {
            "refunded": {
                "fee": "infrastructure_charge",
                "on": ON,
                "amount_fen": 100_000,
                "receipt": "2022-0609-02",
                "reason": "受理日期更正，多缴部分退还。",
            }
        },
        "undo": {
            "entry": {
                "fee": "infrastructure_charge",
                "entry": 2,
                "reason": "误记到本案的缴款。",
            }
        },
        "reverse": {"slip": {"reason": "误操作，受理了另一件申请。"}},
        "serve_document": {
            "posted": {
                "number": "演示规补字〔2022〕1号",
                "on": ON,
                "means": "post",
                "postal": "EX000000000CN",
            }
        },
        "take_back": {"mistaken": {"visit": 1, "reason": "登记错误，当日无人到场。"}},
        "came": {"enquiry": {"on": ON, "purpose": "enquiry"}},
        "for_applicant": {
            "withdrawal": {
                "brought": {
                    "on": ON,
                    "name": "经办人",
                    "capacity": "agent",
                    "in_person": True,
                    "scans": [ID, OTHER_ID],
                },
                "withdrawal": {"reason": "工程计划调整。"},
            }
        },
        "rectify": {
            "receipt": {
                "milestone": "received",
                "on": "2022-06-08",
                "reason": "收件日期录入有误。",
            }
        },
    }


@cache
def _answers() -> Values:
    recorded = Path(__file__).with_name("answers.json").read_text(encoding="utf-8")
    found: Values = json.loads(recorded)
    return found


_REFUSED = {
    403: Refused(Reason.NOT_YOURS, ("window",)),
    404: Refused(Reason.NO_SUCH_CASE),
    409: Refused(Reason.OVERTAKEN, ("9",)),
}

_TROUBLE = {
    400: Trouble.KEY_WANTED,
    401: Trouble.NOT_SIGNED_IN,
    408: Trouble.TOO_SLOW,
    413: Trouble.TOO_LARGE,
    415: Trouble.WRONG_MEDIA_TYPE,
    429: Trouble.TOO_MANY_ATTEMPTS,
    500: Trouble.FAULT,
    503: Trouble.BUSY,
}


@cache
def _problems() -> dict[int, Values]:
    """A problem of each status code, as it is answered in English."""
    wrong = problems.Wrong(pointer="/on", detail=shapes.sentence("date_type", {}, "en"))
    found = {status: problems.trouble(what, "en") for status, what in _TROUBLE.items()}
    for status, what in _REFUSED.items():
        found[status] = problems.refusal(statuses.status_of(what.reason), what, None, "en")
    found[422] = problems.trouble(Trouble.UNFIT, "en", [wrong])
    return {status: json.loads(bytes(answer.body)) for status, answer in found.items()}
