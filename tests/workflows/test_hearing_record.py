"""The record of a hearing (听证笔录) as a document, and how a decision names it, in two languages.

行政许可法 art. 48: those who took part check the record and sign it; the decision follows it.
"""

from datetime import date
from pathlib import Path

import pytest

from permits.casework import commands_heard as h
from permits.casework import inputs as i
from permits.casework.heard import Attendance
from permits.text.papers import Told, paper
from tests.casework.joint import FACTORY, Review, joint_review
from tests.kit import SEAL

GOLDEN = Path(__file__).parent / "golden"

SAID = {
    "place": "上午九时，一楼听证室",
    "said": "申请人：消防间距符合规范。\n审查人员：依据消防审查意见，间距不足。",
    "examiner": "示例审查人员",
    "agent": "示例代理人",
    "why": "对间距的测量有异议",
    "witness": "示例证人",
    "reason": "消防间距不足。",
}
"""Texts as they were typed, by what stands for their seals here."""

PEOPLE = {"chair": "示例主持人", "window": "示例记录人"}

DAY = "2022-06-09"

CAME = (
    Attendance("office", "signed", "examiner"),
    Attendance("applicant", "refused", "agent", "why"),
    Attendance("party_1", "absent"),
    Attendance("other", "signed", "witness"),
)


def heard() -> Review:
    """Announced on Thursday 9 June, held on Monday 20 June, its record kept on Tuesday."""
    review = Review().begun(DAY, FACTORY).asked(DAY, "fire").given("fire", DAY, "object")
    review.joined(DAY).examined(DAY, "refuse")
    review.must("examiner", h.TellThirdParty(SEAL, SEAL, SEAL), DAY)
    review.must("leader", h.AnnounceHearing(SEAL), DAY)
    call = h.CallHearing(date(2022, 6, 20), "chair", "place", "business_secret")
    review.must("leader", call, DAY)
    review.must("examiner", h.HearThirdParty("party_1", SEAL), "2022-06-10")
    record = h.RecordHearing(date(2022, 6, 20), "window", CAME, "said")
    review.must("chair", record, "2022-06-21")
    return review


def text(review, document, language, values=SAID):
    """A document as lines."""
    drawn = next(one for one in review.case.documents if one.document == document)
    told = Told(values, PEOPLE)
    found = paper(drawn, review.log, joint_review(), told, language)
    lines = [found.title, found.number, found.on.isoformat(), *found.paragraphs]
    lines += [f"{fact.title} | {fact.says}" for fact in found.facts]
    lines += [found.heading, *(f"{item.title} | {item.says}" for item in found.items)]
    return "\n".join(line for line in lines if line) + "\n"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_record_and_the_refusal_that_follows_it(language):
    """What changes in either document shows here as lines that differ."""
    review = heard().do("leader", "refuse", "2022-06-22", i.Reasoned("reason"))
    both = text(review, "hearing_record", language) + "\n" + text(review, "refusal", language)
    file = GOLDEN / f"hearing_record_{language}.txt"
    assert both == file.read_text(encoding="utf-8")


def test_a_grant_names_the_record_it_follows():
    review = heard().do("leader", "grant", "2022-06-22")
    granted = next(one for one in review.case.documents if one.milestone == "granted")
    record = next(one for one in review.case.documents if one.document == "hearing_record")
    assert f"听证笔录（{record.number}），听证于2022年6月20日举行" in text(
        review, granted.document, "zh"
    )


def test_a_decision_without_a_hearing_names_none():
    review = Review().begun(DAY, FACTORY).asked(DAY, "fire").given("fire", DAY)
    review.joined(DAY).examined(DAY, "refuse").do("leader", "refuse", DAY, i.Reasoned("reason"))
    assert "听证" not in text(review, "refusal", "zh")


def test_what_was_erased_or_is_not_for_the_reader_is_said_to_be_so():
    told = text(heard(), "hearing_record", "zh", values={"said": SAID["said"]})
    assert "示例代理人" not in told and "申请人：（个人信息，不予显示）" in told
    assert "拒绝签字：（已删除）" in told
