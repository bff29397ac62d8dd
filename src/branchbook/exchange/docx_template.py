"""Report templates: ``services.report_templates.ReportTemplates`` by docxtpl, in a sandbox that reaches nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from branchbook.domain.problems import Problem, UnreadableProblem
from branchbook.exchange.docx_text import blocks_of, not_carried
from branchbook.exchange.office_package import BROKEN_PACKAGE, check_sizes
from branchbook.services.report_templates import FilledTemplate, Words

LARGEST = 20 * 1024 * 1024
"""Bytes of a template: pages of text with a few pictures are far below."""

_MACROS = ("vbaproject.bin", "vbadata.xml")
_MACRO_TYPES = (b"macroEnabled", b"vbaProject")
_CHOOSE = "请选择用 Word 或 WPS 存为 *.docx 的模板"
_EXTERNAL = re.compile(rb'TargetMode\s*=\s*["\']External["\']', re.IGNORECASE)
_HYPERLINK = re.compile(rb'<Relationship\b[^>]*?/hyperlink"[^>]*?>', re.IGNORECASE)
_FILTERS = (
    "default",
    "d",
    "join",
    "length",
    "count",
    "first",
    "last",
    "upper",
    "lower",
    "trim",
    "e",
    "escape",
)


class DocxTemplates:
    """Fills templates. Holds nothing."""

    def fill(self, template: Path, words: Words, unknown: Callable[[str], Exception]) -> FilledTemplate:
        """The filled template; see the Protocol."""
        content = _checked(template)
        with _refusing(template.name):
            document = _filled(content, words, unknown)
            stream = BytesIO()
            document.save(stream)
            return FilledTemplate(stream.getvalue(), tuple(blocks_of(document)), tuple(not_carried(document)))

    def fill_text(self, name: str, text: str, words: Words, unknown: Callable[[str], Exception]) -> str:
        """The filled text; see the Protocol."""
        with _refusing(name):
            environment = _sandbox(words, unknown)
            environment.autoescape = False  # it goes into a field, not into a document
            return str(environment.from_string(text).render(dict(words)))


def _checked(path: Path) -> bytes:
    """The file's bytes, once it is known to be a docx without macros and without links that would be followed."""
    try:
        if path.stat().st_size > LARGEST:
            raise UnreadableProblem(
                f"模板超过 {LARGEST // 1024**2} MB，没有读入", path.name, "请去掉模板里的大图"
            )
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableProblem(f"模板打不开：{error.strerror}", path.name, _CHOOSE) from error
    try:
        with ZipFile(BytesIO(content)) as package:
            check_sizes(package, path)
            _refuse_foreign(package, path)
    except BROKEN_PACKAGE as error:
        raise UnreadableProblem("模板不是 docx 文件，或已损坏", path.name, _CHOOSE) from error
    return content


def _refuse_foreign(package: ZipFile, path: Path) -> None:
    names = package.namelist()
    if "word/document.xml" not in names:
        raise UnreadableProblem("模板不是 docx 文件", path.name, _CHOOSE)
    types = package.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
    if any(name.lower().endswith(_MACROS) for name in names) or any(each in types for each in _MACRO_TYPES):
        raise UnreadableProblem("模板里有宏，没有读入", path.name, "请在 Word 或 WPS 中另存为不含宏的 *.docx")
    for name in names:
        # A hyperlink is followed only when somebody clicks it; a linked picture or template is fetched at once.
        if name.endswith(".rels") and _EXTERNAL.search(_HYPERLINK.sub(b"", package.read(name))):
            raise UnreadableProblem(
                "模板链接到外部的文件，没有读入",
                f"{path.name}：{name}",
                "请改为嵌入图片，去掉链接的模板和对象",
            )


def _filled(content: bytes, words: Words, unknown: Callable[[str], Exception]) -> Any:
    """The filled document of python-docx."""
    from docxtpl import DocxTemplate

    template = DocxTemplate(BytesIO(content))
    template.render(dict(words), _sandbox(words, unknown), autoescape=True)
    return template.docx


@contextmanager
def _refusing(where: str) -> Iterator[None]:
    """What a template can do wrong, in words of the user's."""
    from jinja2 import TemplateError
    from jinja2.exceptions import SecurityError, UndefinedError

    try:
        yield
    except Problem:
        raise
    except SecurityError as error:
        raise _broken(where, f"用了不允许的写法（{error}）") from error
    except UndefinedError as error:
        raise _broken(where, f"有一处不知道填什么（{error}）") from error
    except TemplateError as error:
        around = " ".join("".join(getattr(error, "docx_context", ())).split())[:80]
        raise _broken(where, f"有一处标记不完整（{error.message}）{around and '：'}{around}") from error
    except (TypeError, ValueError, ArithmeticError, LookupError, RecursionError, MemoryError) as error:
        raise _broken(where, f"有一处算不出来（{error}）") from error
    except (AttributeError, SyntaxError) as error:  # parts that no word processor writes: no grid, no XML
        raise UnreadableProblem("模板的内部结构已损坏，没有读入", where, _CHOOSE) from error


def _sandbox(words: Words, unknown: Callable[[str], Exception]) -> Any:
    """Templates may name what they are given, loop and compare; they reach no function and no attribute else.

    A name that the words do not have is told as soon as a text is read, wherever in it it stands. The operators that
    make much out of little are refused: a template of one line could fill the memory.
    """
    from jinja2 import StrictUndefined
    from jinja2.exceptions import SecurityError
    from jinja2.meta import find_undeclared_variables
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Unknown(StrictUndefined):
        """A place that the words do not have."""

        def _fail_with_undefined_error(self, *_: Any, **__: Any) -> Any:
            raise unknown(str(self._undefined_name))

        __str__ = __iter__ = __bool__ = __len__ = _fail_with_undefined_error

    class Sandbox(ImmutableSandboxedEnvironment):
        """Without functions and without multiplication."""

        intercepted_binops = frozenset({"*", "**", "//", "%"})

        def _parse(self, *source: Any) -> Any:
            read = super()._parse(*source)
            for name in sorted(find_undeclared_variables(read)):
                if name not in words:
                    raise unknown(name)
            return read

        def is_safe_callable(self, *_: Any) -> bool:
            return False

        def call_binop(self, _context: Any, operator: str, *_: Any) -> Any:
            raise SecurityError(operator)

    sandbox = Sandbox(undefined=Unknown, autoescape=True)
    sandbox.globals.clear()
    sandbox.filters = {name: sandbox.filters[name] for name in _FILTERS}
    return sandbox


def _broken(where: str, what: str) -> UnreadableProblem:
    return UnreadableProblem(
        f"模板{what}", where, "请在 Word 或 WPS 中改正这一处；{{ }} 与 {% %} 要成对，写在同一段里"
    )
