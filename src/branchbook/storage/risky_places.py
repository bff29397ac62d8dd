"""Folders that a cloud client or a network keeps, recognised by path, marker files and mounts: books tear there.

A sync client copies a book while it is written, and makes two of it when two computers write; a network
folder's locks cannot be relied on.
"""

from __future__ import annotations

import sys
from pathlib import Path

from branchbook.storage import volumes

_BY_NAME = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "icloud": "iCloud",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "mobile documents": "iCloud",
    "nutstore": "坚果云",
    "nutstore files": "坚果云",
    "我的坚果云": "坚果云",
    "坚果云": "坚果云",
    "baidusyncdisk": "百度网盘",
    "baidunetdiskworkspace": "百度网盘",
    "baiduyundownload": "百度网盘",
    "百度网盘同步空间": "百度网盘",
    "百度云同步盘": "百度网盘",
    "weiyun": "微云",
    "微云同步助手": "微云",
    "wps云盘": "WPS 云盘",
    "wpsdrive": "WPS 云盘",
    "wps cloud files": "WPS 云盘",
    "阿里云盘": "阿里云盘",
    "adrive": "阿里云盘",
    "天翼云盘": "天翼云盘",
    "天翼云盘同步盘": "天翼云盘",
    "和彩云": "和彩云",
    "中国移动云盘": "中国移动云盘",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "seafile": "Seafile",
    "syncthing": "Syncthing",
    "megasync": "MEGA",
    "synologydrive": "Synology Drive",
}
"""Folder names of sync clients in small letters, whole or before a space or stroke ("OneDrive - 单位")."""

_BY_MARKER = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".stfolder": "Syncthing",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".seafile-data": "Seafile",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
    ".synologyworkingdirectory": "Synology Drive",
    ".nutstore": "坚果云",
    ".baidusyncdisk": "百度网盘",
}

_NETWORK = frozenset(
    (
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "smb2", "ncpfs", "afs", "ceph", "glusterfs", "9p", "davfs"),
        *("afpfs", "webdav", "lustre", "fuse.sshfs", "fuse.davfs", "fuse.davfs2", "fuse.rclone"),
        *("fuse.gvfsd-fuse", "fuse.glusterfs", "fuse.cifs", "fuse.smbnetfs", "fuse.curlftpfs", "fuse.s3fs"),
        *("fuse.juicefs", "fuse.onedriver"),
    )
)
"""File systems of other computers, as /proc/mounts names them."""

_WINDOWS_REMOTE_DRIVE = 4


def risk_of(path: Path, mounts: str | None = None) -> str:
    """What keeps the folder of a file, or the folder itself: 坚果云 同步文件夹, 网络文件夹; empty for a plain one."""
    resolved = path.resolve()
    folder = resolved if resolved.is_dir() else resolved.parent
    client = _client_of(folder)
    if client:
        return f"{client} 的同步文件夹"
    return "网络文件夹" if _is_on_network(folder, mounts) else ""


def risk_warning(path: Path, mounts: str | None = None) -> str:
    """One sentence for the user about a book that lies at ``path``; empty where there is nothing to say."""
    risk = risk_of(path, mounts)
    if not risk:
        return ""
    return f"这个位置在{risk}里：簿可能被传走、被改出两份或者损坏，请把簿放到本机的普通文件夹"


def _client_of(folder: Path) -> str:
    for part in (folder, *folder.parents):
        name = part.name.casefold()
        first = name.split(" - ")[0].split("-")[0].split("(")[0].strip()
        for each in (name, first):
            if each in _BY_NAME:
                return _BY_NAME[each]
        for marker, client in _BY_MARKER.items():
            if part.is_dir() and (part / marker).exists():
                return client
    return ""


def _is_on_network(folder: Path, mounts: str | None) -> bool:
    if str(folder).startswith(("\\\\", "//")):
        return True
    if sys.platform == "win32":
        import ctypes

        kind = ctypes.windll.kernel32.GetDriveTypeW(folder.anchor)  # type: ignore[attr-defined,unused-ignore]
        return bool(kind == _WINDOWS_REMOTE_DRIVE)
    return volumes.filesystem_of(folder, mounts) in _NETWORK
