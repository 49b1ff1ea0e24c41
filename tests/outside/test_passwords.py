"""Passwords are hashed as dearly as the guidance asks, whatever other tests make of it."""

import importlib.util

from permits.outside import passwords


def test_a_password_is_hashed_by_argon2id_at_its_full_price():
    """19 MiB and two passes: the least that OWASP's guidance on keeping passwords names."""
    spec = importlib.util.find_spec(passwords.__name__)
    fresh = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fresh)
    hash_ = fresh.hashed("correct horse")
    assert hash_.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert fresh.fits("correct horse", hash_)
    assert not fresh.fits("another horse", hash_)
