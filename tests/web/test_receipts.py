"""The signed receipt is taken along from the page after filing, and later the proof."""

from permits.evidence.notes import new_signer
from permits.services.evidence.sequencing import Sequencer
from tests.services.evidence.conftest import Kept
from tests.web.housing import Browser, Housing


def sign(housing: Housing) -> None:
    signer = new_signer("permits.example.cn/log")
    Sequencer(housing.office.database, signer, Kept(), housing.clock).run()


def test_the_receipt_is_there_at_once_and_the_proof_once_the_log_is_signed(
    housing: Housing, applicant: Browser
) -> None:
    case = housing.filed("ordinary")
    note, proof = f"/cases/{case}/receipt.note", f"/cases/{case}/receipt.tlog-proof"
    page = applicant.get(f"/cases/{case}/receipt").text
    assert f'href="{note}"' in page
    assert proof not in page
    assert f'href="{note}"' in applicant.get(f"/cases/{case}").text
    taken = applicant.get(note)
    assert "attachment" in taken.headers["content-disposition"]
    assert taken.text.startswith("permits receipt v1\n")
    assert applicant.get(proof).status_code == 404
    sign(housing)
    assert f'href="{proof}"' in applicant.get(f"/cases/{case}/receipt").text
    assert applicant.get(proof).text.startswith("c2sp.org/tlog-proof@v1\nindex ")
    assert applicant.get(note).text == taken.text


def test_another_applicant_gets_neither(housing: Housing) -> None:
    case = housing.filed("ordinary")
    sign(housing)
    other = housing.browser("builder")
    for name in ("receipt.note", "receipt.tlog-proof"):
        assert other.get(f"/cases/{case}/{name}").status_code == 404
