"""The book with a passphrase and the one without are the same book, else there is no figure."""

from benchmarks.passphrase import PASSPHRASE, derived, look, make_book
from branchbook.storage import keys


def test_what_is_compared_is_equal(tmp_path):
    protected, plain = tmp_path / "密.branchbook", tmp_path / "明.branchbook"
    make_book(protected, PASSPHRASE)
    make_book(plain, None)
    assert look(protected, PASSPHRASE) == look(plain, None) == 41
    salt = keys.read_salt(protected)
    assert derived(salt) == keys.derive_key(PASSPHRASE, salt).key
    assert salt != keys.OPEN_SALT == keys.read_salt(plain)
