"""With a passphrase nothing that a run writes is readable without it: everything that it left is searched."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from branchbook.domain.records import AgendaItem, AttachmentKind, PersonRef, Speech
from branchbook.exchange.photo_reducing import PillowPhotoReducer
from branchbook.services.attachments import NewFile, add_attachment
from branchbook.services.meetings import save_record
from branchbook.services.record_defaults import new_record
from branchbook.storage import keys
from branchbook.storage.check import verify
from branchbook.storage.locksmith import BookLocksmith
from branchbook.storage.private_folder import PrivateFolder
from branchbook.storage.rekey import rekey_book
from branchbook.storage.shelf import Shelf
from tests.faults.protected_window import ATTACHED, MINUTES, NAME, NUMBER, PASSPHRASE, SECOND, SECRETS
from tests.services.small_book import FIRST_BRANCH, actor, fill, named

SECONDS = 120
KNOWN = re.compile(
    r".*\.branchbook(\.json)?(\.part)?(\.rekey)?(\.part)?|\..+\.(lock|part|rekey)|settings\.(json|part)"
    r"|branchbook\.log(\.1)?|report .+\.txt|native-\d+\.txt|.+\.svg(\.\d+)?|null"
    r"|\.branchbook-backups\.json"
)
"""What the program writes outside its private folder: books, backups, the marker with the random id of a backup
folder, locks, settings, log, reports, icons."""


@pytest.fixture
def home(tmp_path) -> Path:
    """A home of its own: settings, cache, temporary files, memory."""
    for name in ("config", "cache", "tmp", "memory", "desk", "stick"):
        (tmp_path / name).mkdir()
    return tmp_path


@pytest.fixture
def book(home) -> Path:
    """A protected book with an invented person, minutes and an attachment; made in the test, before the run."""
    path = home / "desk" / "示例.branchbook"
    made = Shelf().create(path, "")
    fill(made)
    with made.reading() as reading:
        person = replace(reading.roster().people[0], name=NAME, identity_number=NUMBER)
        record = new_record(reading, "general_meeting", FIRST_BRANCH, None, actor())
    from branchbook.services.people import correct_person

    correct_person(made, person, actor())
    item = AgendaItem(named("议题"), "讨论", (Speech(NAME, MINUTES),))
    record = replace(record, agenda=(item,), people={**record.people, "chair": (PersonRef(NAME),)})
    save_record(made, record, actor())
    file = NewFile(ATTACHED.encode(), "附件.txt", AttachmentKind.OTHER)
    add_attachment(made, record.id, file, actor(), PillowPhotoReducer())
    rekey_book(made.file, keys.new_key(PASSPHRASE))
    made.close()
    return path


def readable(folder: Path) -> list[str]:
    """Files under a folder that hold a secret in a usual encoding, or hide it: packed, or under the published key."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            texts = [each.encode(code) for each in SECRETS for code in ("utf-8", "utf-16-le", "gb18030")]
            packed = content[:4] in (b"%PDF", b"PK\x03\x04", b"\x89PNG")
            open_pages = keys.any_page_verifies(path, keys.OPEN)
            if packed or open_pages or any(text in content for text in texts):
                found.append(str(path.relative_to(folder)))
    return found


def test_the_search_finds_what_is_readable(tmp_path):
    (tmp_path / "a.txt").write_text(f"x{MINUTES}", "gb18030")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "c.bin").write_bytes(b"nothing")
    assert readable(tmp_path) == ["a.txt", "b.pdf"]


def test_nothing_that_a_run_with_a_passphrase_writes_is_readable_without_it(home, book):
    seen = home / "seen"
    places = {
        "HOME": home,
        "XDG_CONFIG_HOME": home / "config",
        "XDG_CACHE_HOME": home / "cache",
        "XDG_RUNTIME_DIR": home / "memory",
        "TMPDIR": home / "tmp",
    }
    environment = {**os.environ, **{key: str(each) for key, each in places.items()}}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [
        sys.executable,
        "-m",
        "tests.faults.protected_window",
        str(book),
        str(home / "stick"),
        str(seen),
    ]
    pipe = subprocess.PIPE
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        command, cwd=root, env=environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True
    ) as window:
        watchdog = threading.Timer(SECONDS, window.kill)
        watchdog.start()
        try:
            assert window.stdout.readline() == "viewing\n", window.stderr.read()
            in_view = [each for each in readable(home) if not each.startswith("memory/")]
            assert in_view == [], "an opened attachment lies in memory only"
            assert readable(home / "memory") != [], "while it is looked at it is readable there"
            window.stdin.write("\n")
            window.stdin.flush()
            assert window.stdout.readline() == "locked\n", window.stderr.read()
            assert readable(home) == [], "locked, nothing is left"
        finally:
            watchdog.cancel()
            window.kill()
            window.communicate()
    assert readable(home) == []
    written = {Path(line).name for line in seen.read_text("utf-8").splitlines() if "/memory/" not in line}
    assert {each for each in written if not KNOWN.fullmatch(each)} == set()
    assert (home / "config" / "branchbook" / "settings.json").is_file()
    assert list((home / "config" / "branchbook" / "reports").glob("report *.txt"))
    assert len(list((home / "stick").glob("*.branchbook"))) == 2
    assert verify(book, SECOND).whole
    with PrivateFolder(home / "memory") as folder:
        assert [each.name for each in (home / "memory").iterdir()] == [folder.path.name]


def test_the_readable_backup_of_before_is_found_and_protected(home, book):
    """What was written before the passphrase was set stays readable until it is dealt with."""
    opened = Shelf().open(book, PASSPHRASE, writable=True, holder="")
    rekey_book(opened.file, keys.OPEN)
    Shelf().back_up(opened, home / "stick", actor().now)
    rekey_book(opened.file, keys.new_key(SECOND))
    assert len(readable(home / "stick")) == 1
    smith = BookLocksmith()
    (copy,) = smith.older_copies(opened, [home / "stick"])
    smith.protect_copy(opened, copy)
    assert smith.older_copies(opened, [home / "stick"]) == ()
    assert readable(home / "stick") == []
    opened.close()
