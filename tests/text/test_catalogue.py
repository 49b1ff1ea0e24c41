"""Everything that is said has its Chinese, and nothing else stands in the catalogue."""

import re
import subprocess
import sys
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "locale" / "zh_Hans_CN" / "LC_MESSAGES" / "permits.po"
PLACE = re.compile(r"%\(([a-z_]+)\)")


def test_the_catalogue_is_complete() -> None:
    command = [sys.executable, str(ROOT / "tools" / "messages.py"), "--check"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr


def test_every_translation_fills_the_same_places() -> None:
    with CATALOGUE.open("rb") as source:
        catalogue = read_po(source, locale="zh_Hans_CN")
    for message in catalogue:
        if message.id:
            plain = message.id[0] if isinstance(message.id, tuple) else message.id
            told = message.string[0] if isinstance(message.string, tuple) else message.string
            assert set(PLACE.findall(plain)) == set(PLACE.findall(told)), plain
            assert re.search("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]", told), plain
