"""Documents are set as PDF/A-3a with the tags of PDF/UA-1: whole, alike each time, or not at
all."""

import hashlib
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image, ImageChops, ImageStat

from permits.outside.typesetting.look import FONTS, BadLook, Look, read_look
from permits.outside.typesetting.setting import CannotSet, MissingCharacter, Setter
from permits.text.answers import Table
from permits.text.papers import Item
from permits.text.sheets import SealImage
from tests.outside.sheets import (
    ADDRESS,
    AT,
    EN,
    SHEETS,
    ZH,
    attached_to,
    claims_of,
    code_in,
    pages_of,
    pdf_of,
    picture_of,
    plain,
    tables_of,
    text_of,
)
from tests.papers import picture

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("language", SHEETS)
def test_a_document_says_what_it_must(language):
    sheet = SHEETS[language]
    says = text_of(pdf_of(sheet))
    of = "第 1 页，共 1 页" if language == "zh" else "page 1 of 1"
    wanted = [sheet.office, sheet.title, sheet.number, sheet.on, sheet.to, ADDRESS, of]
    wanted += [*sheet.paragraphs, *(t for one in sheet.facts for t in (one.title, one.says))]
    wanted += [*(t for one in sheet.small for t in (one.title, one.says))]
    assert [one for one in wanted if plain(one) not in says] == []


@pytest.mark.parametrize("language", SHEETS)
def test_it_claims_the_standards_for_archives_and_for_readers_aloud(language):
    sheet = SHEETS[language]
    claims = claims_of(pdf_of(sheet))
    assert (claims["pdfa"], claims["pdfua"], claims["tagged"]) == ("3A", "1", "True")
    assert claims["title"] == f"{sheet.title} {sheet.number}"
    assert claims["language"] == ("zh-CN" if language == "zh" else "en-GB")
    assert (claims["relationship"], claims["intents"]) == ("/Data", "1")


def test_its_code_is_read_by_a_telephone():
    assert code_in(pdf_of(ZH)) == ADDRESS


def test_data_goes_along_as_it_was_given():
    assert attached_to(pdf_of(ZH, b'{"schema":"x","number":1}')) == {"schema": "x", "number": 1}


def test_the_same_sheet_gives_the_same_bytes_and_another_instant_others():
    once, again = pdf_of(ZH), Setter(Look()).set(ZH, b"{}", AT)
    assert hashlib.sha256(once).digest() == hashlib.sha256(again).digest()
    assert pdf_of(ZH, at=AT.replace(minute=1)) != once


@pytest.mark.parametrize("language", SHEETS)
def test_it_looks_as_it_did(language):
    """Held against a small picture of the page; to make it anew, save what is drawn here."""
    drawn = picture_of(pdf_of(SHEETS[language]), scale=0.25)
    with Image.open(GOLDEN / f"{SHEETS[language].form}-{language}.png") as kept:
        assert drawn.size == kept.size
        (differs,) = ImageStat.Stat(ImageChops.difference(drawn, kept.convert("L"))).mean
    assert differs < 1.5, "it is another page than it was"


HOUSES = Table(
    title="申请验收的单体",
    entry="单体",
    columns=("单体名称", "建筑面积", "结构类型"),
    number=(False, True, False),
    rows=(("一号楼", "18,000平方米", "钢筋混凝土结构"), ("门卫室", "45平方米", "")),
)
GRANTED = replace(
    ZH, form="decision", title="联合验收意见书", tables=(HOUSES,), heading="", items=()
)


def test_what_was_granted_of_several_things_is_a_table_that_is_read_aloud_as_one():
    """Two tables: of the facts in two columns, of the buildings in four with a heading above."""
    made = pdf_of(GRANTED)
    says = text_of(made)
    assert all(one in says for one in (HOUSES.title, *HOUSES.columns, *HOUSES.rows[0]))
    tables = tables_of(made)
    assert [(len(rows), len(rows[0])) for rows in tables] == [(3, 2), (3, 4)]
    assert [{cell for row in rows[:1] for cell in row} for rows in tables] == [{"TH"}, {"TH"}]


def test_a_table_of_several_things_looks_as_it_did():
    drawn = picture_of(pdf_of(GRANTED), scale=0.25)
    with Image.open(GOLDEN / "decision-zh.png") as kept:
        assert drawn.size == kept.size
        (differs,) = ImageStat.Stat(ImageChops.difference(drawn, kept.convert("L"))).mean
    assert differs < 1.5, "it is another page than it was"


def test_a_long_table_goes_on_over_pages_under_its_headings():
    items = tuple(Item(f"材料{n}", "需补正") for n in range(120))
    made = pdf_of(replace(ZH, items=items))
    pages = pages_of(made)
    says = text_of(made)
    assert pages > 2
    assert says.count("序号") >= pages - 1
    assert f"第{pages}页，共{pages}页" in says
    assert all(f"材料{n}" in says for n in range(120))


def test_rare_characters_of_names_are_set():
    name = "𬭎㛃䶮㙦龘㐂"
    assert name in text_of(pdf_of(replace(ZH, to=name)))


def test_what_people_typed_is_text_and_never_markup():
    typed = '#set text(red) *bold* _i_ $x$ `r` <l> @r = h #image("/etc/passwd") \\u{41} //c'
    says = text_of(pdf_of(replace(ZH, facts=(Item(typed, typed),))))
    assert says.count(plain(typed)) == 2


def test_a_word_without_end_stays_within_the_page():
    made = pdf_of(replace(ZH, facts=(Item("x" * 200, "y" * 400),)))
    margin = picture_of(made, scale=1).crop((545, 0, 595, 842))
    assert margin.getextrema() == (255, 255)


@pytest.mark.parametrize("sheet", [ZH, EN], ids=["zh", "en"])
def test_a_character_no_font_has_stops_the_document_and_is_named(sheet):
    with pytest.raises(MissingCharacter) as stopped:
        pdf_of(replace(sheet, facts=(Item("姓名", "王\ue000"),)))
    assert str(stopped.value) == f"{sheet.number} ({sheet.language}): no font has \ue000 (U+E000)"


def test_in_a_demonstration_the_seal_says_so_and_else_there_is_room_for_one():
    assert "演示样章" in text_of(pdf_of(ZH))
    assert "样章" not in text_of(pdf_of(replace(ZH, seal=SealImage())))


def test_an_office_has_its_own_seal_fonts_and_templates(tmp_path):
    (tmp_path / "seal.png").write_bytes(picture("PNG", (60, 60)))
    (tmp_path / "own").mkdir()
    (tmp_path / "fonts").mkdir()
    for source in Path(Look().templates).rglob("*.typ"):
        target = tmp_path / "own" / source.relative_to(Look().templates)
        target.parent.mkdir(exist_ok=True)
        target.write_text(source.read_text().replace("size: 20pt", "size: 30pt"))
    (tmp_path / "documents.json").write_text(
        '{"fonts": {"folder": "fonts", "families": ["FangSong"]}, "templates": "own",'
        ' "seals": {"gaoxin": "seal.png"}}'
    )
    look = read_look(tmp_path / "documents.json")
    assert look.families == ("FangSong", "Noto Sans CJK SC")
    sealed = replace(ZH, seal=SealImage("image", "印章", look.seals["gaoxin"]))
    made = picture_of(Setter(look).set(sealed, b"{}", AT))
    assert ImageChops.difference(made, picture_of(pdf_of(ZH))).getbbox() is not None


@pytest.mark.parametrize(
    ("says", "why"),
    [
        ("{", "documents.json"),
        ('{"colour": "red"}', "colour"),
        ('{"seals": {"a": "none.png"}}', "none.png cannot be read"),
        ('{"seals": {"a": "documents.json"}}', "neither PNG nor JPEG"),
        ('{"templates": "none"}', "has no document.typ"),
        ('{"fonts": {"folder": "none", "families": ["x"]}}', "no folder with fonts"),
        ('{"fonts": {"folder": ".", "families": []}}', "which families"),
    ],
)
def test_a_look_that_cannot_be_used_is_told(tmp_path, says, why):
    (tmp_path / "documents.json").write_text(says)
    with pytest.raises(BadLook, match=why):
        read_look(tmp_path / "documents.json")


def test_without_a_file_the_shipped_look_holds_and_its_licence_stands_by(tmp_path):
    assert read_look(tmp_path / "documents.json") == Look()
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text()
    assert sum(one.stat().st_size for one in FONTS.iterdir()) < 10_000_000


def test_templates_that_are_broken_are_told_of(tmp_path):
    (tmp_path / "document.typ").write_text("#panic(sys.inputs.data.len())")
    with pytest.raises(CannotSet, match="panicked"):
        Setter(Look(templates=tmp_path)).set(ZH, b"{}", AT)
