"""Build what a user installs: build/package/bundle/branchbook (one folder) and build/package/*.deb.

    python -m scripts.build_package

Needs dpkg-deb for the .deb; elsewhere only the folder is made. A bundle runs on systems with the glibc of the one it
was built on or a later one.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

from scripts.set_up import (
    CHECKOUT,
    OFFSCREEN_LIBRARIES,
    X11_LIBRARIES,
    apt_install,
    can_install,
    command_for,
    is_loadable,
    pip_install,
)

OUTPUT = CHECKOUT / "build" / "package"
BUNDLE = OUTPUT / "bundle" / "branchbook"
ASSETS = CHECKOUT / "packaging"
ICON = CHECKOUT / "resources" / "icons" / "program" / "branchbook.svg"
APPLICATION_ID = "org.branchbook.BranchBook"
DESCRIPTION = """\
records and handbook of a Party branch, offline (支部手册)
 Keeps the meetings, lessons, members and votes of a branch in one file on one
 computer, tells what is still owed and by which article, and prints the
 records and the year's handbook. It never connects to a network.
"""


def project_version() -> str:
    """Give the version of this checkout."""
    table = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(table["project"]["version"])


def commit_time() -> str:
    """Give the time of the last commit in seconds, so that the same commit builds the same package."""
    command = ["git", "-c", "safe.directory=*", "log", "-1", "--format=%ct"]
    return subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout.strip()


def missing_build_packages() -> list[str]:
    """Give the Debian packages that PyInstaller needs and this system lacks: objdump, and Python as a library."""
    packages = [] if shutil.which("objdump") else ["binutils"]
    library = str(sysconfig.get_config_var("INSTSONAME") or "")
    is_there = (Path(sysconfig.get_config_var("LIBDIR") or "/") / library).exists() or is_loadable(library)
    if ".so" in library and not is_there:
        packages.append(f"libpython3.{sys.version_info.minor}")
    return packages


def provide_build_packages() -> None:
    """Install what building needs where that is allowed; elsewhere leave with the one command to run."""
    missing = missing_build_packages()
    if missing and not can_install():
        sys.exit(f"package: please run this one command, then again:\n    {command_for(missing)}")
    if missing:
        apt_install(missing)


def build_bundle() -> None:
    """Collect the program, its packages and its resources into one folder with PyInstaller."""
    package_group = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))[
        "dependency-groups"
    ]
    pip_install(*package_group["package"])
    options = ["--noconfirm", "--clean", "--log-level", "WARN", "--distpath", str(BUNDLE.parent)]
    command = [sys.executable, "-m", "PyInstaller", *options, "--workpath", str(OUTPUT / "work")]
    environment = os.environ | {"SOURCE_DATE_EPOCH": commit_time(), "PYTHONHASHSEED": "1"}
    subprocess.run([*command, str(ASSETS / "branchbook.spec")], cwd=CHECKOUT, check=True, env=environment)


def strip_symbols() -> None:
    """Take the debugging symbols out of the two libraries that carry tens of megabytes of them."""
    if shutil.which("strip") is None:
        return
    libraries = [*BUNDLE.glob("_internal/libpython*.so*"), *BUNDLE.glob("_internal/sqlcipher3/*.so")]
    for library in libraries:
        subprocess.run(["strip", "--strip-unneeded", str(library)], check=True)


def folder_size(folder: Path) -> int:
    """Give the size of all files below the folder, in KiB."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir()) // 1024


def control_text(version: str, architecture: str, installed_size: int) -> str:
    """Give the package's control file; it depends on exactly the libraries that the set-up installs."""
    depends = ["libc6 (>= 2.28)", *OFFSCREEN_LIBRARIES.values(), *X11_LIBRARIES.values()]
    return (
        f"Package: branchbook\nVersion: {version}\nArchitecture: {architecture}\n"
        "Maintainer: The BranchBook maintainers <maintainers@branchbook.invalid>\n"
        f"Section: editors\nPriority: optional\nInstalled-Size: {installed_size}\n"
        f"Depends: {', '.join(depends)}\nRecommends: cups-client, libcups2, libwayland-cursor0, libwayland-egl1\n"
        f"Description: {DESCRIPTION}"
    )


def copyright_text() -> str:
    """Give the notices: our licence in short, then every part with its own."""
    own = "BranchBook is licensed under the Apache License 2.0: /usr/share/common-licenses/Apache-2.0.\n\n"
    return own + (CHECKOUT / "docs" / "dependencies.md").read_text(encoding="utf-8")


def lay_out(root: Path) -> None:
    """Copy everything to its place below `root` as it will lie on the user's disk."""
    shutil.copytree(BUNDLE, root / "usr/lib/branchbook", symlinks=True)
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin/branchbook").symlink_to("../lib/branchbook/branchbook")
    for source, place in (
        (ASSETS / f"{APPLICATION_ID}.desktop", "usr/share/applications"),
        (ASSETS / f"{APPLICATION_ID}.metainfo.xml", "usr/share/metainfo"),
        (ASSETS / "branchbook-mime.xml", "usr/share/mime/packages"),
        (ICON, "usr/share/icons/hicolor/scalable/apps"),
    ):
        (root / place).mkdir(parents=True)
        shutil.copyfile(source, root / place / source.name)
    (root / "usr/share/doc/branchbook").mkdir(parents=True)
    (root / "usr/share/doc/branchbook/copyright").write_text(copyright_text(), encoding="utf-8")


def make_readable(root: Path) -> None:
    """Give every file the mode that it has on any Debian system, whatever the builder's umask was."""
    for path in [root, *root.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)


def build_deb() -> Path:
    """Build the .deb from the bundle; gives its path."""
    version, root = project_version(), OUTPUT / "root"
    architecture = subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    ).stdout.strip()
    shutil.rmtree(root, ignore_errors=True)
    lay_out(root)
    (root / "DEBIAN").mkdir()
    control = control_text(version, architecture, folder_size(root))
    (root / "DEBIAN/control").write_text(control, encoding="utf-8")
    make_readable(root)
    deb = OUTPUT / f"branchbook_{version}_{architecture}.deb"
    environment = os.environ | {"SOURCE_DATE_EPOCH": commit_time()}
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z4", "--build", str(root), str(deb)]
    subprocess.run(command, check=True, env=environment)
    return deb


def main() -> None:
    """Build the folder and, where dpkg-deb is, the .deb; say how large they are."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    provide_build_packages()
    build_bundle()
    strip_symbols()
    print(f"package: {BUNDLE.relative_to(CHECKOUT)}  {folder_size(BUNDLE) // 1024} MB")
    if shutil.which("dpkg-deb") is None:
        print("package: no dpkg-deb here, so no .deb was made")
        return
    deb = build_deb()
    print(f"package: {deb.relative_to(CHECKOUT)}  {deb.stat().st_size // 1024**2} MB")


if __name__ == "__main__":
    main()
