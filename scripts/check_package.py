"""Install the .deb where nothing is, and start it: a bare Debian 12 below build/, made by debootstrap.

    python -m scripts.check_package

Needs root and debootstrap (installed by apt when missing). The packages come from the mirror that this system itself
is set up with. The bare system is kept packed between runs, so that a second check takes seconds.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from scripts.build_package import OUTPUT
from scripts.set_up import CHECKOUT, apt_install

SUITE = "bookworm"
FOLDER = CHECKOUT / "build" / "package-check"
ROOT = FOLDER / "root"
BARE = FOLDER / f"{SUITE}-bare.tar"
CHINESE_FOLDER = "/root of 张三/支部 手册"
COMMANDS: tuple[tuple[str, ...], ...] = (("--version",), ("--help",), ("papers",))


def say(line: str) -> None:
    """Print one line at once."""
    print(f"package-check: {line}", flush=True)


def mirror() -> str:
    """Give the address of the Debian mirror that this system uses for the suite."""
    command = ["apt-get", "indextargets", "--format", "$(REPO_URI) $(CODENAME)", "Created-By: Packages"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for line in listed.splitlines():
        address, _, suite = line.partition(" ")
        if suite == SUITE:
            return address
    sys.exit(f"package-check: this system's apt knows no {SUITE}; run it on Debian 12")


def make_bare_system() -> None:
    """Unpack the bare system, or make it first; it has no Python, no Qt library, no font, no display."""
    shutil.rmtree(ROOT, ignore_errors=True)
    ROOT.mkdir(parents=True)
    if BARE.exists():
        subprocess.run(["tar", "-C", str(ROOT), "-xf", str(BARE)], check=True)
        return
    if shutil.which("debootstrap") is None:
        apt_install(["debootstrap"])
    say(f"making a bare {SUITE} (half a minute)")
    subprocess.run(
        ["debootstrap", "--variant=minbase", SUITE, str(ROOT), mirror()],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    subprocess.run(["tar", "-C", str(ROOT), "-cf", str(BARE), "."], check=True)


def borrow_network_settings() -> None:
    """Let the bare system's apt reach the mirror in the way this system does: resolver and proxy settings."""
    shutil.copyfile("/etc/resolv.conf", ROOT / "etc/resolv.conf")
    for path in Path("/etc/apt/apt.conf.d").iterdir():
        if "Acquire" in path.read_text(encoding="utf-8", errors="replace"):
            shutil.copyfile(path, ROOT / "etc/apt/apt.conf.d" / path.name)


@contextmanager
def mounted() -> Iterator[None]:
    """Give the bare system /proc and /dev for as long as the block runs."""
    points = (ROOT / "proc", ROOT / "dev")
    subprocess.run(["mount", "-t", "proc", "proc", str(points[0])], check=True)
    subprocess.run(["mount", "--bind", "/dev", str(points[1])], check=True)
    try:
        yield
    finally:
        for point in reversed(points):
            subprocess.run(["umount", "--lazy", str(point)], check=True)


def inside(command: Sequence[str], folder: str = "/", **settings: str) -> str:
    """Run a command in the bare system, without a display and in its C.UTF-8; give what it printed."""
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "HOME": "/root", **settings}
    environment |= {key: value for key, value in os.environ.items() if key.lower().endswith("_proxy")}
    script = f'cd "{folder}" && exec "$@"'
    done = subprocess.run(
        ["chroot", str(ROOT), "/bin/sh", "-c", script, "sh", *command],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
    )
    if done.returncode != 0:
        sys.exit(f"package-check: {' '.join(command)} left with {done.returncode}:\n{done.stdout}")
    return done.stdout


def install(deb: Path) -> None:
    """Install the .deb with apt, which fetches what it depends on and nothing recommended."""
    shutil.copyfile(deb, ROOT / "tmp" / deb.name)
    inside(["apt-get", "update", "-q"])
    options = ["-y", "-q", "--no-install-recommends"]
    inside(["apt-get", "install", *options, f"/tmp/{deb.name}"], DEBIAN_FRONTEND="noninteractive")


def start(program: str, folder: str) -> None:
    """Start the program's verbs, then its window drawn into memory, from the folder."""
    for words in COMMANDS:
        first = inside([program, *words], folder).splitlines()[:1]
        say(f"{program} {' '.join(words)}: {''.join(first)}")
    inside([program, "--self-test"], folder, QT_QPA_PLATFORM="offscreen")
    say(f"{program} --self-test: the window opened")


def do_the_work(folder: str) -> None:
    """Use every part that is loaded late, in a folder with a Chinese name: driver, fonts, rules, xlsx, docx, backup."""
    book = "示例 簿.branchbook"
    for words in (
        ("new", book, "--branch", "示例第一支部"),
        ("print", book, "handbook", "--year", "2026", "-o", "手册.pdf"),
        ("print", book, "general_meeting_minutes", "--blank", "-o", "空白记录.docx"),
        ("roster", "export", book, "名册.xlsx"),
        ("due", book, "--json"),
        ("backup", book, "."),
        ("export", book, "交换.zip"),
        ("verify", book),
    ):
        inside(["branchbook", *words], folder)
    made = {path.name: path.stat().st_size // 1024 for path in (ROOT / folder.lstrip("/")).iterdir()}
    missing = {"手册.pdf", "空白记录.docx", "名册.xlsx", "交换.zip"} - made.keys()
    if missing:
        sys.exit(f"package-check: done without an error, yet not there: {sorted(missing)}")
    say(
        f"the main job under {folder}: "
        + ", ".join(f"{name} {size} KB" for name, size in sorted(made.items()))
    )


def main() -> None:
    """Install, start from /usr/bin, move the folder under a Chinese path and start it there, remove."""
    debs = sorted(OUTPUT.glob("branchbook_*.deb"))
    if not debs:
        sys.exit("package-check: no .deb in build/package; run make package first")
    if os.geteuid() != 0:
        sys.exit("package-check: needs root (debootstrap and chroot): sudo make package-check")
    make_bare_system()
    borrow_network_settings()
    with mounted():
        install(debs[-1])
        (ROOT / CHINESE_FOLDER.lstrip("/")).mkdir(parents=True)
        start("branchbook", "/")
        do_the_work(CHINESE_FOLDER)
        inside(["cp", "-a", "/usr/lib/branchbook", f"{CHINESE_FOLDER}/程序"])
        start(f"{CHINESE_FOLDER}/程序/branchbook", CHINESE_FOLDER)
        inside(["apt-get", "purge", "-y", "-q", "branchbook"])
    left = [path for path in ("usr/bin/branchbook", "usr/lib/branchbook") if (ROOT / path).exists()]
    if left:
        sys.exit(f"package-check: removing it left {left}")
    say("installed, started, printed, removed")


if __name__ == "__main__":
    main()
