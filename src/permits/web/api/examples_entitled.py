"""Examples of what is sent about entitlements."""

from typing import Any

POLICY = {"policy": "hightech_first", "period": "2022"}
ROUND = {"round": "hightech_first-2022-1"}
FIRM = {"party": "92410172000000006G", **POLICY}
ACCOUNT = {"bank": "示例银行高新区支行", "number": "6222000011112222"}


def entitled(statement: str) -> dict[str, dict[str, Any]]:
    """Bodies by operation and name; `statement` is the digest of what is signed."""
    return {
        "run_match": {"year": POLICY},
        "drop_match": {"wrong": {**ROUND, "reason": "名册数据有误，重新导入后比对。"}},
        "make_offers": {"quarter": {"round": "innovation_points-2022Q2-1"}},
        "publish_list": {"list": ROUND},
        "publish_applications": {"year": POLICY},
        "enter_objection": {
            "remove": {
                **ROUND,
                "kind": "remove",
                "code": FIRM["party"],
                "text": "认定证书与公开名单不一致。",
                "objector": "示例群众，0371-00000000",
            }
        },
        "decide_list_objection": {
            "not_upheld": {
                **ROUND,
                "objection": 1,
                "upheld": False,
                "reason": "经核实，认定信息一致。",
            }
        },
        "settle_list": {"list": ROUND},
        "close_offers": {"late": {**ROUND, "reason": "逾期未确认。"}},
        "confirm_offer": {"signed": {**POLICY, "account": ACCOUNT, "statement": statement}},
        "decline_offer": {"declined": {**POLICY, "reason": "本企业不申领。"}},
        "apply": {
            "own_evidence": {
                **POLICY,
                "grounds": "认定证书编号见附件。",
                "account": ACCOUNT,
                "statement": statement,
            }
        },
        "examine_application": {
            "grant": {
                **FIRM,
                "recommends": "grant",
                "grade": "award",
                "opinion": "经核验证书，符合条件。",
            }
        },
        "decide_application": {"granted": {**FIRM, "granted": True}},
        "order_payments": {"policy": {"policy": POLICY["policy"]}},
        "record_payments": {
            "paid": {
                "batch": "2022-001",
                "on": "2022-06-24",
                "paid": [f"{FIRM['party']}/2022"],
                "returned": {},
            }
        },
        "correct_account": {"another": {**POLICY, "account": ACCOUNT}},
        "order_recovery": {
            "false_data": {
                **FIRM,
                "ground": "false_data",
                "amount_fen": 10_000_000,
                "reason": "申报数据不实。",
            }
        },
        "record_recovery": {"whole": {**FIRM, "on": "2022-07-20", "amount_fen": 10_000_000}},
    }
