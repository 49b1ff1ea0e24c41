import hashlib

from hypothesis import given
from hypothesis import strategies as st

from permits.casework.seals import SALT_BYTES, opens, seal

salts = st.binary(min_size=SALT_BYTES, max_size=SALT_BYTES)
texts = st.text(st.characters(exclude_categories=("Cs",)))


@given(salts, texts)
def test_a_seal_opens_with_its_salt_and_value(salt, value):
    assert opens(seal(salt, value), salt, value)


@given(salts, salts, texts)
def test_another_salt_makes_another_seal(salt, other, value):
    assert (seal(salt, value) == seal(other, value)) == (salt == other)


@given(salts, texts, texts)
def test_a_seal_opens_for_no_other_value(salt, value, other):
    assert opens(seal(salt, value), salt, other) == (value == other)


def test_a_salt_has_as_many_bytes_as_the_hash_it_is_for():
    assert SALT_BYTES == hashlib.sha256().digest_size == 32
