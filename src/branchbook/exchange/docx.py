"""Sheets as editable Word files: ``services.printing_press.WordPress`` by python-docx."""

from __future__ import annotations

from branchbook.domain.papers import Manuscript, OfficialDocument, RecordTable, Sheet
from branchbook.domain.problems import RefusedProblem
from branchbook.exchange.docx_official import write_manuscript, write_official
from branchbook.exchange.docx_parts import finished, new_document
from branchbook.exchange.docx_record import write_record


class Docx:
    """Turns a sheet into docx. Holds nothing; the same sheet gives the same bytes."""

    def docx(self, sheet: Sheet) -> bytes:
        """The file's bytes. Raises RefusedProblem for a paper whose layout has no form in Word."""
        layout = sheet.paper.layout
        document = new_document()
        if isinstance(layout, RecordTable):
            write_record(document, sheet, layout)
        elif isinstance(layout, OfficialDocument):
            write_official(document, sheet, layout)
        elif isinstance(layout, Manuscript):
            write_manuscript(document, sheet, layout)
        else:
            raise RefusedProblem(
                f"“{sheet.paper.name}”不能存为 Word 文件",
                sheet.title,
                "请存为 PDF；会议记录、通知和决议可以存为 Word",
            )
        return finished(document, sheet.title)
