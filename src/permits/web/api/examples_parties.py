"""Examples of what is sent about parties and their credit standing."""

from typing import Any


def about_parties(case: str, account: str) -> dict[str, dict[str, Any]]:
    """Bodies by operation and name; `case` and `account` stand for ids."""
    entry = {"entry": "entry_1"}
    return {
        "notice_entry": {
            "unrectified": {
                **entry,
                "degree": "breach",
                "grounds": "现场长度超出承诺，责令整改后逾期未改正。",
            }
        },
        "object_to_entry": {"objects": {**entry, "statement": "整改已按期完成，附现场照片。"}},
        "check_objection": {"checked": {**entry, "reason": "需向现场核查部门核实整改日期。"}},
        "decide_objection": {
            "rejected": {**entry, "upheld": False, "reason": "经核实，整改晚于限期。"}
        },
        "make_entry": {"made": entry},
        "drop_entry": {"dropped": {**entry, "reason": "经核实不属于失信行为。"}},
        "ask_for_repair": {"repaired": {**entry, "statement": "已整改并通过复查。"}},
        "decide_repair": {"granted": {**entry, "granted": True, "reason": "复查符合要求。"}},
        "impose_bar": {
            "deceit": {
                "ground": "deceit",
                "case": case,
                "concerns": "public_safety",
                "reason": "以虚假图纸取得决定，涉及燃气管线公共安全。",
            }
        },
        "lift_bar": {"lifted": {"bar": "bar_1", "reason": "复议决定撤销原决定。"}},
        "conclude_review": {
            "referred": {
                "review": "review_1",
                "outcome": "referred",
                "reason": "移送综合执法部门依法处理。",
            }
        },
        "rename_party": {
            "renamed": {"name": "示例市政建设集团", "reason": "登记机关变更核准通知书。"}
        },
        "authorise_person": {
            "signs": {
                "account": account,
                "power": "sign",
                "since": "2022-06-09",
                "until": "2023-06-08",
                "letter": "授权委托书，2022年6月8日。",
            }
        },
        "end_authorisation": {"ended": {"account": account, "reason": "单位撤回授权。"}},
        "merge_party": {
            "merged": {"into": "12410100MB00000015", "reason": "合并协议及登记机关核准。"}
        },
    }
