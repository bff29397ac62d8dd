"""What the .deb says about the program, and where it puts it; make package-check installs the real one."""

import re
import xml.etree.ElementTree as ElementTree

import pytest

from scripts import build_package, set_up

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def small_bundle(tmp_path, monkeypatch):
    """Put a bundle of two files where PyInstaller would have left the real one."""
    bundle = tmp_path / "bundle/branchbook"
    (bundle / "_internal").mkdir(parents=True)
    (bundle / "branchbook").write_bytes(b"\x7fELF")
    (bundle / "branchbook").chmod(0o700)
    (bundle / "_internal/module.so").write_bytes(b"\x7fELF")
    monkeypatch.setattr(build_package, "BUNDLE", bundle)
    return bundle


def control_fields(version="0.1.0", installed_size=150_000):
    text = build_package.control_text(version, "amd64", installed_size)
    return dict(re.findall(r"^([A-Z][\w-]+): (.*)$", text, re.MULTILINE))


def test_the_package_depends_on_what_the_set_up_installs():
    depends = control_fields()["Depends"].split(", ")
    assert set(set_up.OFFSCREEN_LIBRARIES.values()) | set(set_up.X11_LIBRARIES.values()) <= set(depends)


def test_the_control_file_has_what_dpkg_requires():
    fields = control_fields(version="1.2.3", installed_size=7)
    assert fields["Package"] == "branchbook"
    assert fields["Version"] == "1.2.3"
    assert fields["Installed-Size"] == "7"
    assert re.fullmatch(r".+ <.+@.+>", fields["Maintainer"])
    assert "支部手册" in fields["Description"]


def test_everything_lies_where_a_desktop_looks_for_it(small_bundle, tmp_path):
    root = tmp_path / "root"
    build_package.lay_out(root)
    command = root / "usr/bin/branchbook"
    assert command.resolve() == (root / "usr/lib/branchbook/branchbook").resolve()
    for place in (
        "usr/share/applications/org.branchbook.BranchBook.desktop",
        "usr/share/metainfo/org.branchbook.BranchBook.metainfo.xml",
        "usr/share/mime/packages/branchbook-mime.xml",
        "usr/share/icons/hicolor/scalable/apps/branchbook.svg",
        "usr/share/doc/branchbook/copyright",
    ):
        assert (root / place).is_file(), place


def test_every_file_can_be_read_by_everyone_and_the_program_started(small_bundle, tmp_path):
    root = tmp_path / "root"
    build_package.lay_out(root)
    build_package.make_readable(root)
    modes = {path.name: path.stat().st_mode & 0o777 for path in root.rglob("*") if not path.is_symlink()}
    assert modes["branchbook"] == 0o755
    assert modes["module.so"] == 0o644


def test_the_notices_name_every_part():
    text = build_package.copyright_text()
    for part in ("PySide6-Essentials", "LGPL-3.0", "reportlab", "FandolFang", "OFL-1.1"):
        assert part in text


def test_the_desktop_entry_opens_a_book_and_speaks_chinese():
    text = (build_package.ASSETS / "org.branchbook.BranchBook.desktop").read_text(encoding="utf-8")
    entry = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
    assert entry["Name[zh_CN]"] == "支部手册"
    assert entry["Exec"] == "branchbook %f"
    assert entry["Icon"] == build_package.ICON.stem
    assert entry["MimeType"].rstrip(";") == "application/x-branchbook"


def test_the_appstream_data_belong_to_the_desktop_entry_and_this_version():
    component = ElementTree.parse(build_package.ASSETS / "org.branchbook.BranchBook.metainfo.xml").getroot()
    assert component.findtext("id") == build_package.APPLICATION_ID
    assert component.findtext("launchable") == f"{build_package.APPLICATION_ID}.desktop"
    assert component.findtext("project_license") == "Apache-2.0"
    assert component.find("releases/release").get("version") == build_package.project_version()


def test_a_book_is_known_by_its_suffix():
    types = ElementTree.parse(build_package.ASSETS / "branchbook-mime.xml").getroot()
    globs = [node.get("pattern") for node in types.iter() if node.tag.endswith("glob")]
    assert globs == ["*.branchbook"]


def test_the_icon_is_a_plain_drawing_that_loads_nothing():
    """No emblem and no flag: their use is regulated. Rectangles and strokes, no picture, text or link inside."""
    drawing = ElementTree.parse(build_package.ICON).getroot()
    tags = {node.tag.removeprefix(SVG) for node in drawing.iter()}
    assert tags <= {"svg", "g", "rect", "path"}


def test_a_system_without_the_tools_to_build_is_told_which(monkeypatch):
    monkeypatch.setattr(build_package, "is_loadable", lambda library: False)
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr("sysconfig.get_config_var", {"INSTSONAME": "libpython3.11.so.1.0"}.get)
    assert [name.split(".")[0] for name in build_package.missing_build_packages()] == [
        "binutils",
        "libpython3",
    ]
    monkeypatch.setattr(build_package, "can_install", lambda: False)
    with pytest.raises(SystemExit, match=r"sudo apt-get install .* binutils"):
        build_package.provide_build_packages()


def test_the_notes_on_size_count_files_once(tmp_path):
    (tmp_path / "a").write_bytes(b"x" * 4096)
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert build_package.folder_size(tmp_path) == 4
