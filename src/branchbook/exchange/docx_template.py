"""Report templates: ``services.report_templates.ReportTemplates`` by docxtpl, in a sandbox that reaches nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from branchbook.domain.problems import Problem, UnreadableProblem
from branchbook.exchange.office_package import BROKEN_PACKAGE, check_sizes
from branchbook.services.report_templates import BlockKind, FilledTemplate, TextBlock, Words

LARGEST = 20 * 1024 * 1024
"""Bytes of a template: pages of text with a few pictures are far below."""

_MACROS = ("vbaproject.bin", "vbadata.xml")
_MACRO_TYPES = (b"macroEnabled", b"vbaProject")
_CHOOSE = "请选择用 Word 或 WPS 存为 *.docx 的模板"
_EXTERNAL = re.compile(rb'TargetMode\s*=\s*["\']External["\']', re.IGNORECASE)
_HYPERLINK = re.compile(rb'<Relationship\b[^>]*?/hyperlink"[^>]*?>', re.IGNORECASE)
_PICTURES, _BOXES = "图片", "文本框"
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
_NUMBERED = re.compile(r"list|列表|编号|项目", re.IGNORECASE)


class DocxTemplates:
    """Fills templates. Holds nothing."""

    def fill(self, template: Path, words: Words, unknown: Callable[[str], Exception]) -> FilledTemplate:
        """The filled template; see the Protocol."""
        content = _checked(template)
        from docx import Document

        filled = _filled(template, content, words, unknown)
        document = Document(BytesIO(filled))
        return FilledTemplate(filled, tuple(_blocks(document)), tuple(_not_carried(document)))


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


def _filled(path: Path, content: bytes, words: Words, unknown: Callable[[str], Exception]) -> bytes:
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError
    from jinja2.exceptions import SecurityError, UndefinedError

    template = DocxTemplate(BytesIO(content))
    environment = _sandbox(unknown)
    try:
        for name in sorted(template.get_undeclared_template_variables(environment)):
            if name not in words:
                raise unknown(name)
        template.render(dict(words), environment, autoescape=True)
    except Problem:
        raise
    except SecurityError as error:
        raise _broken(path, f"用了不允许的写法（{error}）") from error
    except UndefinedError as error:
        raise _broken(path, f"有一处不知道填什么（{error}）") from error
    except TemplateError as error:
        around = "".join(getattr(error, "docx_context", ())).strip()
        raise _broken(
            path, f"有一处标记不完整（{error.message}）：{' '.join(around.split())[:80]}"
        ) from error
    except (TypeError, ValueError, ArithmeticError, LookupError, RecursionError, MemoryError) as error:
        raise _broken(path, f"有一处算不出来（{error}）") from error
    stream = BytesIO()
    template.save(stream)
    return stream.getvalue()


def _sandbox(unknown: Callable[[str], Exception]) -> Any:
    """Templates may name what they are given, loop and compare; they reach no function and no attribute else.

    The operators that make much out of little are refused: a template of one line could fill the memory.
    """
    from jinja2 import StrictUndefined
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Unknown(StrictUndefined):
        """A place that the words do not have."""

        def _fail_with_undefined_error(self, *_: Any, **__: Any) -> Any:
            raise unknown(str(self._undefined_name))

        __str__ = __iter__ = __bool__ = __len__ = _fail_with_undefined_error

    class Sandbox(ImmutableSandboxedEnvironment):
        """Without functions and without multiplication."""

        intercepted_binops = frozenset({"*", "**", "//", "%"})

        def is_safe_callable(self, *_: Any) -> bool:
            return False

        def call_binop(self, _context: Any, operator: str, *_: Any) -> Any:
            raise SecurityError(operator)

    sandbox = Sandbox(undefined=Unknown, autoescape=True)
    sandbox.globals.clear()
    sandbox.filters = {name: sandbox.filters[name] for name in _FILTERS}
    return sandbox


def _broken(path: Path, what: str) -> UnreadableProblem:
    return UnreadableProblem(
        f"模板{what}", path.name, "请在 Word 或 WPS 中改正这一处；{{ }} 与 {% %} 要成对，写在同一段里"
    )


# --------------------------------------------------------------------------------------------- the text


def _blocks(document: Any) -> Iterator[TextBlock]:
    from docx.table import Table

    for part in document.iter_inner_content():
        if isinstance(part, Table):
            rows = tuple(tuple(_distinct(row)) for row in part.rows)
            if rows:
                yield TextBlock(BlockKind.TABLE, rows=rows)
        elif text := part.text.strip():
            yield TextBlock(_kind(part), text)


def _distinct(row: Any) -> Iterator[str]:
    """The texts of a row; a cell that spans columns stands in it once for each and is given once."""
    seen = None
    for cell in row.cells:
        if cell._tc is not seen:
            seen = cell._tc
            yield cell.text.strip()


def _kind(paragraph: Any) -> BlockKind:
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    if style in ("Title", "标题"):
        return BlockKind.TITLE
    if found := re.match(r"(?:Heading|标题) ?(\d)", style):
        return BlockKind.HEADING if found[1] == "1" else BlockKind.SUBHEADING
    numbered = paragraph._p.pPr is not None and paragraph._p.pPr.numPr is not None
    return BlockKind.ITEM if numbered or _NUMBERED.search(style) else BlockKind.BODY


def _not_carried(document: Any) -> Iterator[str]:
    """What stands in the body and is no text: it stays in the docx and is missing in the PDF."""
    xml = document.element.body.xml
    if "<pic:pic" in xml or "<v:imagedata" in xml:
        yield _PICTURES
    if "<w:txbxContent" in xml:
        yield _BOXES
    if "<w:footnoteReference" in xml:
        yield "脚注"
    for section in document.sections:
        if any(each.text.strip() for part in (section.header, section.footer) for each in part.paragraphs):
            yield "页眉页脚"
            return
