"""The house rules that no ready-made linter knows, as functions of one file's text.

Each takes the source of a Python file and gives its faults as sentences with a line number, none when it obeys.
"""

import ast
import re
from collections.abc import Iterator

NETWORK_MODULES = {
    "socket", "_socket", "socketserver", "ssl", "_ssl", "http", "urllib", "ftplib", "smtplib", "smtpd", "poplib",
    "imaplib", "nntplib", "telnetlib", "xmlrpc", "wsgiref", "webbrowser", "asyncio", "asyncore", "asynchat",
    "selectors", "multiprocessing", "requests", "httpx", "aiohttp", "urllib3", "websockets", "paramiko",
}  # fmt: skip
NETWORK_PARTS = {"logging.handlers", "logging.config", "concurrent.futures.process"}
"""Parts of harmless packages that open sockets or bring them along."""
LOADERS = {"import_module", "__import__"}
ADDRESS = re.compile(r"(?:https?|ftp|wss?)://", re.IGNORECASE)
LOCAL_SOCKETS = {"QLocalServer", "QLocalSocket"}
UNUSED_QT = {
    "QtPdf", "QtPdfWidgets", "QtCharts", "QtWebEngineCore", "QtWebEngineWidgets", "QtWebSockets", "QtHttpServer",
    "QtNetworkAuth", "QtRemoteObjects",
}  # fmt: skip
CLOCK_CALLS = {
    ("date", "today"), ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"),
    ("time", "time"), ("time", "localtime"),
}  # fmt: skip
HAN = re.compile(r"[\u3400-\u9fff]")
ENGLISH_WORD = re.compile(r"[A-Za-z]{2,}")
NAMES_TO_KEEP = re.compile(r"BranchBook|PDF|xlsx|docx|zip|SHA-256|Esc|Enter|Ctrl|Lucide|Qt|GB/T")


def imports(source: str) -> Iterator[tuple[int, str, str]]:
    """Give line, module and imported name ("" for a plain import) of every import, nested ones too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name, ""
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield node.lineno, node.module or "", alias.name


def network_faults(source: str) -> list[str]:
    """No way to the internet: no socket, urllib, http or ssl; of QtNetwork the two local sockets only."""
    faults = []
    for line, module, name in imports(source):
        if module.split(".")[0] in NETWORK_MODULES:
            faults.append(f"line {line}: imports {module}")
        if {module, f"{module}.{name}"} & NETWORK_PARTS:
            faults.append(f"line {line}: imports {module} {name}".rstrip())
        if "PySide6.QtNetwork" in (module, f"{module}.{name}") and name not in LOCAL_SOCKETS:
            faults.append(
                f"line {line}: of QtNetwork only {sorted(LOCAL_SOCKETS)} may be imported, not {name!r}"
            )
    return faults + _loaded_by_name(source)


def _loaded_by_name(source: str) -> list[str]:
    """import_module("socket") and __import__("ssl"): the same by another door."""
    faults = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        first = node.args[0]
        named = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""
        if called in LOADERS and (named.split(".")[0] in NETWORK_MODULES or named in NETWORK_PARTS):
            faults.append(f"line {node.lineno}: loads {named}")
    return faults


def address_faults(source: str) -> list[str]:
    """The window holds no address of the internet: nothing in it could be opened there by another program."""
    return [
        f"line {node.lineno}: {node.value[:40]!r}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and ADDRESS.match(node.value)
    ]


def unused_qt_faults(source: str) -> list[str]:
    """No Qt module outside the Essentials wheel: the program would start here and not where it is installed."""
    return [
        f"line {line}: {module} {name}".rstrip()
        for line, module, name in imports(source)
        if module.startswith("PySide6") and UNUSED_QT & {*module.split("."), name}
    ]


def pickle_faults(source: str) -> list[str]:
    """No pickle, marshal or shelve: what they read from a folder others can write to is a program."""
    forbidden = {"pickle", "cPickle", "marshal", "shelve", "dill"}
    return [f"line {line}: imports {module}" for line, module, _ in imports(source) if module in forbidden]


def clock_faults(source: str) -> list[str]:
    """Dates are arguments: a rule that reads the clock gives another answer tomorrow."""
    faults = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        owner = node.func.value
        name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
        if (name, node.func.attr) in CLOCK_CALLS:
            faults.append(f"line {node.lineno}: {name}.{node.func.attr}()")
    return faults


def translated_texts(source: str) -> Iterator[tuple[int, ast.expr]]:
    """Give line and text argument of each tr(text) and translate(context, text)."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        position = {"tr": 0, "translate": 1}.get(name)
        if position is not None and len(node.args) > position:
            yield node.lineno, node.args[position]


def translation_faults(source: str) -> list[str]:
    """tr() takes one plain Chinese text: lupdate extracts it as it stands, values go in afterwards."""
    faults = []
    for line, text in translated_texts(source):
        if isinstance(text, ast.JoinedStr | ast.BinOp | ast.Call):
            faults.append(f'line {line}: put values in after tr(): tr("…{{n}}…").format(n=…)')
        elif isinstance(text, ast.Constant) and isinstance(text.value, str):
            words = NAMES_TO_KEEP.sub("", re.sub(r"\{[^}]*\}", "", text.value))
            if ENGLISH_WORD.search(words) and not HAN.search(words):
                faults.append(f"line {line}: {text.value!r} is not Chinese")
    return faults


def waiting_faults(source: str) -> list[str]:
    """A test waits for an event, not for a time; and it uses the real thing or a written fake, not a mock."""
    faults = [
        f"line {line}: imports {module}"
        for line, module, name in imports(source)
        if module.startswith("unittest.mock") or (module == "unittest" and name == "mock")
    ]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = getattr(node.func.value, "id", "")
            if (owner, node.func.attr) in {("time", "sleep"), ("QTest", "qWait"), ("qtbot", "wait")}:
                faults.append(f"line {node.lineno}: {owner}.{node.func.attr}()")
    return faults


EMPTY_WORDS = ("Manager", "Helper", "Helpers", "Utils", "Util", "Data", "Info", "Misc", "Common")


def name_faults(source: str) -> list[str]:
    """A class says what it is: Manager, Helper, Utils, Data and Info say that nobody knew."""
    return [
        f"line {node.lineno}: class {node.name}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef) and node.name.endswith(EMPTY_WORDS)
    ]


def item_widget_faults(source: str) -> list[str]:
    """Tables and trees have a model over values; an item widget is a second copy of the truth."""
    forbidden = {"QTableWidget", "QTreeWidget", "QTableWidgetItem", "QTreeWidgetItem"}
    return [f"line {line}: {name}" for line, _, name in imports(source) if name in forbidden]


_REGISTRIES = "|".join(
    name.replace(" ", r"\.")
    for name in (
        "pypi org", "pythonhosted org", "npmjs org", "npmjs com", "npmmirror com", "deb debian org", "tuna tsinghua",
        "mirrors aliyun", "ustc edu", "proxy golang", "crates io", "conda anaconda",
    )
)  # fmt: skip
_MACHINE_PATHS = r"(?<![\w.~}])/(?:root|work|home/\w+|Users/\w+)/|[A-Z]:\\Users\\"
MACHINE_TEXT = re.compile(f"{_MACHINE_PATHS}|{_REGISTRIES}")


def machine_faults(text: str) -> list[str]:
    """No file names a folder of the machine it was written on, nor the host of a package registry."""
    return [
        f"line {number}: {found.group()}"
        for number, line in enumerate(text.splitlines(), 1)
        for found in MACHINE_TEXT.finditer(line)
    ]
