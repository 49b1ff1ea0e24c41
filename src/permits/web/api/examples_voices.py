"""Examples of what is sent by whoever objects, rates, verifies or signs with somebody."""

from typing import Any


def said(digest: str) -> dict[str, dict[str, Any]]:
    """Bodies by operation and name; `digest` stands for that of a text."""
    return {
        "object_to_case": {
            "neighbour": {
                "objector": "示例群众",
                "contact": "neighbour@example.org",
                "interest": "相邻地块权利人",
                "text": "施工将阻断消防通道。",
            }
        },
        "read_objection_answer": {
            "receipt": {"number": "GXGH-20220609-0001", "code": "K7MPQ2XWRT4H"}
        },
        "verify_document": {
            "paper": {"number": "演示规免备字〔2022〕1号", "code": "K7MP-Q2XW-RT4H"}
        },
        "rate_service": {
            "good": {"level": 5, "indicators": {"efficiency": 5, "guide": 4}},
            "bad": {"level": 2, "words": "指南与窗口要求不一致。", "publish": True},
        },
        "open_case_notice": {"opened": {}},
        "answer_case_objection": {"partly": {"outcome": "partly", "reason": "已要求保留通道。"}},
        "contact_rater": {"by_telephone": {"on": "2022-06-13", "words": "已电话联系。"}},
        "examine_rating": {"true": {"substantiated": True, "words": "情况属实。"}},
        "put_rating_right": {"mended": {"words": "已修改办事指南。"}},
        "reply_to_rater": {"thanks": {"words": "感谢指出，指南已改。"}},
        "invite_signer": {"surveyor": {"signature": "drawings_comply.surveyor"}},
        "sign_invitation": {"read": {"text_digest": digest, "version": 7}},
    }
