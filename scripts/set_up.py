"""Make this checkout ready: `.venv` with BranchBook in it, and the system libraries that its window needs.

Needs Python 3.11 or later and nothing else; run by every target of the Makefile. When nothing has changed
since the last run it returns at once. System libraries are installed where that is allowed (root, with apt);
elsewhere the one command to run is printed.

    python3 scripts/set_up.py [--force]
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
VENV = CHECKOUT / ".venv"
STAMP = VENV / ".branchbook-set-up"
CONSTRAINTS = CHECKOUT / "requirements" / "constraints.txt"
INPUTS = (CHECKOUT / "pyproject.toml", CONSTRAINTS, Path(__file__).resolve())

# shared library -> the Debian package that has it
OFFSCREEN_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",  # libQt6Network, for its two local sockets
}
X11_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
}


def say(line: str) -> None:
    """Print one line at once, so that it stands before the output of the commands that follow."""
    print(f"set-up: {line}", flush=True)


def is_loadable(library: str) -> bool:
    """Tell whether the dynamic loader finds the library, on any distribution."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_packages(libraries: dict[str, str]) -> list[str]:
    """Give the Debian packages of those libraries that the loader does not find."""
    return [package for library, package in libraries.items() if not is_loadable(library)]


def missing_venv_package() -> list[str]:
    """Give Debian's python3-venv where the distribution has split it from Python."""
    try:
        import ensurepip  # noqa: F401  (its presence is the question)
    except ImportError:
        return [f"python3.{sys.version_info.minor}-venv"]
    return []


def can_install() -> bool:
    """Tell whether this process may install packages: root on a system with apt-get."""
    return os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(packages: list[str]) -> None:
    """Install Debian packages without a question, refreshing the lists only when they are empty or stale."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    say(" ".join(command))
    if subprocess.run(command, env=environment, stdin=subprocess.DEVNULL).returncode != 0:
        subprocess.run(["apt-get", "update", "-q"], check=True, env=environment, stdin=subprocess.DEVNULL)
        subprocess.run(command, check=True, env=environment, stdin=subprocess.DEVNULL)


def command_for(packages: list[str]) -> str:
    """Give the one command that a person can type to install the packages."""
    return f"sudo apt-get install -y --no-install-recommends {' '.join(packages)}"


def has_display() -> bool:
    """Tell whether there is a screen to open a window on."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def provide_system_packages() -> None:
    """Install what the system lacks or say how; leaves the program when it could not start without it."""
    if not sys.platform.startswith("linux"):
        return
    needed = missing_venv_package() + missing_packages(OFFSCREEN_LIBRARIES)
    for_the_window = missing_packages(X11_LIBRARIES)
    if not needed and not for_the_window:
        return
    if can_install():
        apt_install(needed + for_the_window)
    elif needed or has_display():
        say(
            "this system lacks libraries; please run this one command (Debian, Ubuntu, UOS, Kylin), then again:"
        )
        sys.exit(f"    {command_for(needed + for_the_window)}")
    else:
        say(f"no display here; to open the window later: {command_for(for_the_window)}")


def wanted_state() -> str:
    """Give the text the stamp must hold: it changes with the pins, this script, Python or the folder."""
    digest = hashlib.sha256()
    for path in INPUTS:
        digest.update(path.read_bytes())
    return f"{digest.hexdigest()} {sys.version_info.major}.{sys.version_info.minor} {CHECKOUT}\n"


def is_ready(state: str) -> bool:
    """Tell whether an earlier run has already done all of this."""
    return (
        STAMP.is_file() and STAMP.read_text(encoding="utf-8") == state and (VENV / "bin/branchbook").is_file()
    )


def development_requirements() -> list[str]:
    """Give the development tools' ranges from pyproject.toml (the pip of Python 3.11 knows no groups)."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    return [str(requirement) for requirement in project["dependency-groups"]["dev"]]


def pip_install(*arguments: str) -> None:
    """Run the new environment's pip under the constraints; leaves the program when pip fails."""
    python = VENV / "bin" / "python"
    options = ["--disable-pip-version-check", "--quiet", "--no-input", "-c", str(CONSTRAINTS)]
    command = [str(python), "-m", "pip", "install", *options, *arguments]
    if subprocess.run(command, cwd=CHECKOUT, stdin=subprocess.DEVNULL).returncode != 0:
        sys.exit(
            "set-up: pip could not install the packages; its message is above. Nothing else was changed."
        )


def make_environment() -> None:
    """Create `.venv` where it is missing or made for another Python, and install everything into it."""
    wanted = f"{sys.version_info.major}.{sys.version_info.minor}"
    if not (VENV / "lib" / f"python{wanted}").is_dir() or not (VENV / "bin" / "python").exists():
        say(f"creating .venv with Python {wanted}")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
    say("installing the pinned packages (about 500 MB on disk; the first time takes a minute or two)")
    pip_install(*development_requirements())
    pip_install("--no-build-isolation", "-e", ".[speed]")


def main() -> None:
    """Do what is missing, in the order in which a failure is easiest to understand."""
    state = wanted_state()
    if is_ready(state) and "--force" not in sys.argv[1:]:
        return
    provide_system_packages()
    make_environment()
    STAMP.write_text(state, encoding="utf-8")
    say("ready: .venv/bin/branchbook")


if __name__ == "__main__":
    main()
