"""The public key of a backup is a file like its others: anything beside the key is damage."""

import pytest

from permits.outside.backup_key import backup_key, signer_of


def test_a_key_is_known_by_its_fingerprint(tmp_path):
    key = backup_key(tmp_path / "backup.key")
    assert signer_of(key.public) == key.fingerprint


@pytest.mark.parametrize("beside", [b"\0", b"\n", b"a comment"])
def test_a_key_with_anything_beside_it_is_none(tmp_path, beside):
    public = backup_key(tmp_path / "backup.key").public
    for content in (public + beside, beside + public):
        with pytest.raises(ValueError, match="not a key as it is written by this program"):
            signer_of(content)
