"""Where the program's own files are: fonts, icons, rules, ledgers, translations and the example book.

One folder holds them all. In a checkout it is `resources/` at the top; in an installed wheel or a bundle it
travels inside the package as `_resources/`.
"""

from functools import cache
from os.path import normpath
from pathlib import Path

_INSTALLED = "_resources"
_IN_CHECKOUT = "resources"


@cache
def resources_folder() -> Path:
    """Give the folder that holds all resources, as an absolute path.

    Raises FileNotFoundError when neither place exists: the installation is incomplete, nothing can be done
    about it by the user but installing again.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / _INSTALLED, package.parents[1] / _IN_CHECKOUT):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"安装不完整:在“{package}”旁边找不到程序自带的资源文件夹,请重新安装。")


def resource_path(relative: str) -> Path:
    """Give the path of one resource, such as `fonts/fandol/BranchBookFang.ttf` or `icons`.

    Raises FileNotFoundError, naming the resource in Chinese, when it is missing. `relative` uses "/" and must
    stay inside the folder.
    """
    folder = resources_folder()
    path = Path(normpath(folder / relative))
    if not path.is_relative_to(folder):
        raise ValueError(f"{relative!r} leaves the resources folder")
    if not path.exists():
        raise FileNotFoundError(f"安装不完整:缺少资源“{relative}”,请重新安装。")
    return path
