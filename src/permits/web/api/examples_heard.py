"""Examples of what is sent about those who are heard."""

from typing import Any


def heard(account: str) -> dict[str, dict[str, Any]]:
    """Bodies by operation and name; `account` stands for the id of an officer."""
    return {
        "ask_opinions": {"two": {"asked": ["fire", "civil_defence"], "what": "重点看消防车道。"}},
        "give_opinion": {
            "conditions": {
                "asked": "fire",
                "view": "conditions",
                "opinion": "原则同意，须落实消防登高场地。",
            }
        },
        "revoke_opinion": {"mistake": {"asked": "fire", "reason": "图纸版本有误。"}},
        "join_opinions": {"joined": {"opinion": "各部门均同意，建议准予。"}},
        "offer_hearing": {"told": {}},
        "announce_hearing": {"interest": {"reason": "涉及重大公共利益。"}},
        "ask_for_hearing": {"asked": {}},
        "record_hearing_asked": {"neighbour": {"party": "party_1"}},
        "waive_hearing": {"waived": {}},
        "call_hearing": {
            "public": {"day": "2022-06-20", "place": "上午九时，一楼听证室", "chair": account}
        },
        "record_hearing": {
            "held": {
                "on": "2022-06-20",
                "recorder": account,
                "record": "双方陈述意见。",
                "attendance": [
                    {"who": "office", "sign": "signed", "name": "示例审查人员"},
                    {
                        "who": "applicant",
                        "sign": "refused",
                        "name": "示例代理人",
                        "reason": "对消防间距的记录有异议。",
                    },
                    {"who": "party_1", "sign": "absent"},
                ],
            }
        },
        "tell_third_party": {
            "neighbour": {
                "name": "示例利害关系人",
                "contact": "0371-00000000",
                "interest": "采光受影响。",
            }
        },
        "hear_third_party": {"neighbour": {"party": "party_1", "statement": "要求退让间距。"}},
        "ask_recusal": {"asked": {"officer": account, "ground": "与申请事项有利害关系。"}},
        "declare_recusal": {"declared": {"ground": "与申请人有亲属关系。"}},
        "decide_recusal": {
            "recused": {"officer": account, "recused": True, "reason": "情况属实。"}
        },
    }
