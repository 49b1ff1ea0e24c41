"""Examples of what is sent about what comes after a decision."""

from typing import Any


def after() -> dict[str, dict[str, Any]]:
    """Bodies by operation and name."""
    return {
        "ask_extension": {
            "start": {"obligation": "report_start", "reason": "资金尚未到位，预计推迟开工。"}
        },
        "decide_extension": {
            "granted": {
                "obligation": "report_start",
                "granted": True,
                "by": "3m",
                "reason": "情况属实。",
            }
        },
        "restore_grant": {
            "started": {"on": "2022-05-30", "reason": "监理日志和照片证明期限内已经开工。"}
        },
        "ask_renewal": {"asked": {"reason": "施工许可尚在办理，临时工程仍需使用。"}},
        "decide_renewal": {"granted": {"granted": True, "reason": "条件未变。"}},
        "ask_amendment": {
            "contractor": {
                "answers": {"contractor_code": "12410100MB00000015"},
                "reason": "更换施工总承包单位。",
            }
        },
        "examine_amendment": {
            "grant": {"recommends": "grant", "opinion": "新的单位资质符合要求。"}
        },
        "decide_amendment": {"refused": {"granted": False, "reason": "新的单位资质不符合要求。"}},
        "record_annulment": {
            "court": {
                "body": "court",
                "on": "2022-09-01",
                "anew": True,
                "number": "（2022）豫01行终1号",
                "reason": "事实不清，判决撤销并责令重新作出决定。",
            }
        },
    }
