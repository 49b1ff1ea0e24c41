"""Every entry of the access log is called something, in both languages."""

import inspect

import pytest

from permits.casework.envelope import Event
from permits.casework.families import access, erasing, watching
from permits.text.standings import kinds

NAMES = [
    name
    for family in (access, erasing, watching)
    for name, found in vars(family).items()
    if inspect.isclass(found) and issubclass(found, Event) and found is not Event
]


@pytest.mark.parametrize("name", NAMES)
def test_every_kind_of_entry_has_a_name(name):
    zh, en = kinds("zh")[name], kinds("en")[name]
    assert zh != en
    assert en.isascii()


def test_no_name_is_of_an_entry_there_is_not():
    assert {*kinds("en")} == {*NAMES}
