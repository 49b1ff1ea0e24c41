"""Sheets to set, and what a reader of a PDF finds in it."""

import io
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pikepdf
import pypdfium2
import zxingcpp
from msgspec.structs import replace
from PIL import Image

from permits.outside.typesetting.codes import qr
from permits.outside.typesetting.look import Look
from permits.outside.typesetting.setting import Setter
from permits.text.papers import Item
from permits.text.sheets import SealImage, Sheet, Verify, fixed
from permits.text.words import Language

AT = datetime(2022, 6, 9, 2, tzinfo=UTC)
ADDRESS = "https://permits.example/verify/ABCD-EFGH-IJKL-MNOP"

ZH = Sheet(
    language="zh",
    form="receipt",
    office="郑州高新区示例局",
    title="收件凭证",
    number="演示规收字〔2022〕1号",
    on="2022年6月9日",
    to="示例单位",
    paragraphs=(
        "本机关已收到你单位的申请。五个工作日内未一次性告知补正的，自收到申请材料之日起即为受理。",
    ),
    facts=(Item("案号", "GXGH-20220609-0001"), Item("工程名称", "特勤大队燃气工程")),
    heading="收到的材料",
    items=(Item("土地权属证明", "12 KB"), Item("建设项目批准文件", "34 KB")),
    small=(Item("法律依据", "《行政许可法》第32条"), Item("适用规则版本", "SHA-256 " + "ab" * 32)),
    verify=Verify("ABCD-EFGH-IJKL-MNOP", ADDRESS, qr(ADDRESS)),
    seal=SealImage("specimen", "演示样章"),
    signers=(),
    keywords=("演示规收字〔2022〕1号",),
    words=fixed("zh"),
)

EN = replace(
    ZH,
    language="en",
    form="decision",
    office="Example Bureau",
    title="Decision to refuse the permit",
    on="9 June 2022",
    to="Example Works Ltd",
    paragraphs=(
        "The application is refused, for the reasons below.",
        "You may apply for administrative reconsideration within sixty days of learning of this"
        " decision, or bring an action within six months.",
    ),
    facts=(Item("Case number", "GXGH-20220609-0001"), Item("Reason", "Not within the plan.")),
    heading="",
    items=(),
    small=(Item("Legal basis", "Administrative Licensing Act, art. 38"),),
    seal=SealImage(),
    words=fixed("en"),
)

SHEETS: dict[Language, Sheet] = {"zh": ZH, "en": EN}

SETTER = Setter(Look())
"""Opened once: it reads the fonts."""


def pdf_of(sheet: Sheet, data: bytes = b"{}", at: datetime = AT) -> bytes:
    return SETTER.set(sheet, data, at)


def text_of(pdf: bytes) -> str:
    """The text a reader extracts, without blanks and breaks of lines, which are its own guess."""
    with pypdfium2.PdfDocument(pdf) as opened:
        pages = [page.get_textpage().get_text_range() for page in opened]
    return plain("".join(pages))


def plain(text: str) -> str:
    """A text without blanks, breaks, and marks of where a word may be broken."""
    return "".join(text.split()).replace("\u200b", "")


def pages_of(pdf: bytes) -> int:
    with pypdfium2.PdfDocument(pdf) as opened:
        return len(opened)


def picture_of(pdf: bytes, scale: float = 1, page: int = 0) -> Image.Image:
    """A page as it is seen, in greys."""
    with pypdfium2.PdfDocument(pdf) as opened:
        return opened[page].render(scale=scale).to_pil().convert("L")


def code_in(pdf: bytes) -> str:
    """What a telephone reads from the last page."""
    (found,) = zxingcpp.read_barcodes(picture_of(pdf, scale=3, page=pages_of(pdf) - 1))
    return found.text


def tables_of(pdf: bytes) -> list[list[list[str]]]:
    """The tables as a reader aloud finds them: rows, and what each of their cells is."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        root = opened.Root.StructTreeRoot
        return [
            [[kind(cell) for cell in below(row, "TH", "TD")] for row in below(table, "TR")]
            for table in below(root, "Table")
        ]


def kind(element: Any) -> str:
    return str(element.get("/S", "")).removeprefix("/")


def below(element: Any, *kinds: str) -> list[Any]:
    """The nearest elements of these kinds inside another, in their order."""
    inside = element.get("/K", [])
    found = []
    for one in inside if isinstance(inside, pikepdf.Array) else [inside]:
        if isinstance(one, pikepdf.Dictionary):
            found += [one] if kind(one) in kinds else below(one, *kinds)
    return found


def attached_to(pdf: bytes) -> Any:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        spec = opened.attachments["document.json"]
        return json.loads(spec.get_file().read_bytes())


def claims_of(pdf: bytes) -> Mapping[str, str]:
    """What a PDF says of itself: the standards it holds to, its title and its language."""
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_metadata() as metadata:
        return {
            "pdfa": f"{metadata['pdfaid:part']}{metadata['pdfaid:conformance']}",
            "pdfua": str(metadata["pdfuaid:part"]),
            "title": str(metadata["dc:title"]),
            "language": str(opened.Root.Lang),
            "tagged": str(opened.Root.MarkInfo.Marked),
            "relationship": str(opened.Root.AF[0].AFRelationship),
            "intents": str(len(opened.Root.OutputIntents)),
        }
