"""What is sealed with the office's keys opens with them, for the same purpose only."""

import base64
import stat
import threading

import pytest

from permits.outside.keyring import Keyring, Unopenable, keyring
from permits.settings import BadSetting

OLD, NEW = b"o" * 32, b"n" * 32


def text(key: bytes) -> str:
    return base64.b64encode(key).decode()


def test_what_was_sealed_opens_for_the_same_purpose_only() -> None:
    keys = Keyring((OLD,))
    sealed = keys.sealed(b"secret", "account 1")
    assert b"secret" not in sealed.encode()
    assert keys.opened(sealed, "account 1") == b"secret"
    with pytest.raises(Unopenable):
        keys.opened(sealed, "account 2")


def test_the_same_secret_is_sealed_in_another_way_each_time() -> None:
    keys = Keyring((OLD,))
    assert keys.sealed(b"secret", "x") != keys.sealed(b"secret", "x")


def test_older_keys_open_and_the_first_seals() -> None:
    sealed = Keyring((OLD,)).sealed(b"secret", "x")
    both = Keyring((NEW, OLD))
    assert both.opened(sealed, "x") == b"secret"
    assert Keyring((NEW,)).opened(both.sealed(b"more", "x"), "x") == b"more"
    with pytest.raises(Unopenable):
        Keyring((NEW,)).opened(sealed, "x")


def test_a_text_says_how_it_was_sealed_and_one_of_before_opens_too() -> None:
    keys = Keyring((OLD,))
    sealed = keys.sealed(b"secret", "x")
    way, _, before = sealed.partition(".")
    assert way == "aes256gcm"
    assert keys.opened(before, "x") == b"secret"
    assert keys.is_newest(sealed)
    assert not keys.is_newest(before)
    assert not Keyring((NEW, OLD)).is_newest(sealed)
    with pytest.raises(Unopenable):
        keys.opened(f"rot13.{before}", "x")


@pytest.mark.parametrize("change", ["", ".", "none.abc", "x", "錯.錯", "aes256gcm..", "..", "..."])
def test_what_is_no_sealed_text_does_not_open(change: str) -> None:
    with pytest.raises(Unopenable):
        Keyring((OLD,)).opened(change, "x")


def test_a_changed_text_does_not_open() -> None:
    keys = Keyring((OLD,))
    sealed = keys.sealed(b"secret", "x")
    for place in (15, 30, len(sealed) - 3):
        other = "A" if sealed[place] != "A" else "B"
        with pytest.raises(Unopenable):
            keys.opened(sealed[:place] + other + sealed[place + 1 :], "x")
    with pytest.raises(Unopenable):
        keys.opened(sealed[:20], "x")


def test_a_mark_is_known_again_and_cannot_be_made_up() -> None:
    keys = Keyring((OLD,))
    marked = keys.marked("account 1")
    assert keys.unmarked(marked) == "account 1"
    assert Keyring((NEW, OLD)).unmarked(marked) == "account 1"
    for wrong in ("", "account 1", marked[:-1], marked.replace("1", "2", 1), "a.b.c", "錯.錯.錯"):
        assert keys.unmarked(wrong) is None
    assert Keyring((NEW,)).unmarked(marked) is None


def test_keys_are_read_as_they_are_set(tmp_path) -> None:
    sealed = keyring(text(OLD), tmp_path / "none").sealed(b"secret", "x")
    assert keyring(f"{text(NEW)}, {text(OLD)}\n", tmp_path / "none").opened(sealed, "x")
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("wrong", ["short", "!" * 43, text(b"k" * 31), text(b"k" * 33), "錯"])
def test_what_is_no_key_is_refused_and_not_repeated(wrong: str, tmp_path) -> None:
    with pytest.raises(BadSetting) as told:
        keyring(wrong, tmp_path / "none")
    assert "PERMITS_SECRET_KEY" in str(told.value)
    assert wrong not in str(told.value)


def test_without_a_key_one_is_made_that_only_its_owner_reads(tmp_path) -> None:
    file = tmp_path / "data" / "secret.key"
    sealed = keyring("", file).sealed(b"secret", "x")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert keyring("", file).opened(sealed, "x") == b"secret"
    assert [one.name for one in file.parent.iterdir()] == ["secret.key"]
    file.write_text("spoilt", encoding="ascii")
    with pytest.raises(BadSetting, match=r"secret\.key"):
        keyring("", file)


def test_of_several_who_make_it_at_once_all_have_the_same(tmp_path) -> None:
    file, made = tmp_path / "secret.key", []
    ready = threading.Barrier(8)

    def make() -> None:
        ready.wait()
        made.append(keyring("", file).marked("x"))

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8
    assert len(set(made)) == 1
