"""The folder chosen is found again wherever its stick is mounted, and another stick is not taken for it."""

from __future__ import annotations

import shutil

import pytest

from branchbook.domain.problems import RefusedProblem
from branchbook.services.program import BackupPlace
from branchbook.storage import volumes
from branchbook.storage.backup_places import MARKER, find, remember
from branchbook.storage.problems import ReadOnlyPlaceProblem
from branchbook.storage.risky_places import risk_of, risk_warning

MOUNTS = "/dev/vda / ext4 rw 0 0\n/dev/sdb1 {place} vfat rw 0 0\nodd line\n"


def mounts(place):
    return MOUNTS.format(place=str(place).replace(" ", "\\040"))


@pytest.fixture
def stick(tmp_path):
    """A stick with a folder for backups, as it was mounted when it was chosen."""
    folder = tmp_path / "U 盘" / "支部" / "备份"
    folder.mkdir(parents=True)
    return tmp_path / "U 盘"


def test_it_is_found_where_it_was(stick):
    folder = stick / "支部" / "备份"
    place = remember(folder, mounts(stick))
    assert place.inside == "支部/备份"
    assert find(place, mounts(stick)) == folder
    assert remember(folder, mounts(stick)) == place


def test_it_is_found_where_it_is_mounted_now(stick, tmp_path):
    place = remember(stick / "支部" / "备份", mounts(stick))
    moved = tmp_path / "另一个挂载点"
    stick.rename(moved)
    assert find(place, mounts(moved)) == moved / "支部" / "备份"


def test_a_stick_that_is_not_plugged_in_is_not_found(stick, tmp_path):
    place = remember(stick / "支部" / "备份", mounts(stick))
    stick.rename(tmp_path / "抽屉里")
    assert find(place, "/dev/vda / ext4 rw 0 0\n") is None


def test_another_stick_under_the_same_path_is_not_taken_for_it(stick, tmp_path):
    """On Windows every stick may become E: ."""
    place = remember(stick / "支部" / "备份", mounts(stick))
    moved = tmp_path / "另一个挂载点"
    stick.rename(moved)
    other = stick / "支部" / "备份"
    other.mkdir(parents=True)
    both = mounts(stick) + f"/dev/sdc1 {moved} exfat rw 0 0\n"
    assert find(place, both) == moved / "支部" / "备份"
    shutil.rmtree(moved)
    assert find(place, both) is None
    remember(other, both)
    assert find(place, both) is None


def test_the_top_of_a_stick_may_be_chosen(stick, tmp_path):
    place = remember(stick, mounts(stick))
    assert place.inside == ""
    moved = tmp_path / "另一个挂载点"
    stick.rename(moved)
    assert find(place, mounts(moved)) == moved


def test_what_an_earlier_version_remembered_is_taken_by_its_path(stick):
    folder = stick / "支部" / "备份"
    assert find(BackupPlace(str(folder))) == folder
    assert find(BackupPlace(str(folder / "没有"))) is None


def test_a_marker_that_cannot_be_read_is_none(stick):
    folder = stick / "支部" / "备份"
    place = remember(folder, mounts(stick))
    for text in ("", "[]", "{}", "\x00"):
        (folder / MARKER).write_text(text)
        assert find(place, mounts(stick)) is None
    assert remember(folder, mounts(stick)).marker != place.marker


def test_a_missing_or_read_only_folder_is_told(tmp_path, read_only_place, closed_book):
    with pytest.raises(RefusedProblem, match="找不到"):
        remember(tmp_path / "拔掉的U盘")
    with pytest.raises(ReadOnlyPlaceProblem):
        remember(read_only_place(closed_book).parent)


def test_fat32_is_recognised_by_the_deepest_mount(stick, tmp_path):
    text = mounts(stick)
    assert volumes.is_fat32(stick, text)
    assert volumes.is_fat32(stick / "支部", text)
    assert not volumes.is_fat32(tmp_path, text)
    assert volumes.filesystem_of(tmp_path, text) == "ext4"
    assert volumes.FAT32_WARNING == 3.5 * 1024**3


def test_of_two_mounts_at_one_place_the_later_counts(tmp_path):
    text = f"/dev/a / ext4 rw 0 0\n/dev/b {tmp_path} vfat rw 0 0\n/dev/c {tmp_path} exfat rw 0 0\n"
    assert volumes.filesystem_of(tmp_path, text) == "exfat"


PLAIN = "/dev/vda / ext4 rw 0 0\n"


@pytest.mark.parametrize(
    "parts, client",
    [
        (("OneDrive", "文档"), "OneDrive"),
        (("OneDrive - 示例单位",), "OneDrive"),
        (("我的坚果云", "支部"), "坚果云"),
        (("Nutstore Files",), "坚果云"),
        (("BaiduSyncdisk",), "百度网盘"),
        (("Dropbox (示例)",), "Dropbox"),
        (("iCloudDrive",), "iCloud"),
        (("Mobile Documents", "com~apple~CloudDocs"), "iCloud"),
        (("WPS云盘",), "WPS 云盘"),
        (("NEXTCLOUD",), "Nextcloud"),
    ],
)
def test_the_folder_of_a_sync_client_is_recognised(tmp_path, parts, client):
    folder = tmp_path.joinpath(*parts)
    folder.mkdir(parents=True)
    assert risk_of(folder / "支部.branchbook", PLAIN) == f"{client} 的同步文件夹"
    assert "本机的普通文件夹" in risk_warning(folder / "支部.branchbook", PLAIN)


@pytest.mark.parametrize(
    "marker, client",
    [(".dropbox", "Dropbox"), (".stfolder", "Syncthing"), (".nextcloudsync.log", "Nextcloud")],
)
def test_a_sync_client_is_recognised_by_what_it_leaves(tmp_path, marker, client):
    (tmp_path / "工作" / "支部").mkdir(parents=True)
    (tmp_path / "工作" / marker).touch()
    assert client in risk_of(tmp_path / "工作" / "支部" / "簿.branchbook", PLAIN)


@pytest.mark.parametrize("filesystem", ["nfs4", "cifs", "fuse.sshfs", "fuse.gvfsd-fuse"])
def test_a_network_folder_is_recognised_by_its_mount(tmp_path, filesystem):
    text = PLAIN + f"//server/share {tmp_path} {filesystem} rw 0 0\n"
    assert risk_of(tmp_path / "簿.branchbook", text) == "网络文件夹"


@pytest.mark.parametrize("name", ["支部", "OneDrive的说明", "drop", "云盘资料", "115"])
def test_a_plain_folder_is_plain(tmp_path, name):
    (tmp_path / name).mkdir()
    assert risk_of(tmp_path / name / "OneDrive.branchbook", PLAIN) == ""
    assert risk_warning(tmp_path / name, PLAIN) == ""
