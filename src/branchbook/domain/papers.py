"""Papers as data: what stands where, in millimetres. The same paper prints filled or blank.

A ``Paper`` is the description, which the user may change and put back. A ``Sheet`` is a paper with
the values to print (none: blank). A ``Booklet`` is one or more sheets bound as one PDF.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from branchbook.domain.ballot_papers import Ballots, Column
from branchbook.domain.charts import Chart, Charts
from branchbook.domain.plans import TimeLine


class Orientation(StrEnum):
    """How the A4 page lies."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class Subject(StrEnum):
    """What a paper is bound to, and so what the command line and the screen must be given."""

    RECORD = "record"
    ORGANISATION = "organisation"  # on a day
    YEAR = "year"  # an organisation's year
    PROCEDURE = "procedure"  # an election, a conversion or an evaluation, from its first step to its last


class PaperGroup(StrEnum):
    """What papers stand together in the gallery."""

    ORDINARY = "ordinary"
    ELECTION = "election"
    CONVERSION = "conversion"
    EVALUATION = "evaluation"
    LEDGER = "ledger"


class ParagraphStyle(StrEnum):
    """How a paragraph of long text is set."""

    BODY = "body"  # two characters indent, justified
    HEADING = "heading"  # 一、 in the heading face, kept with the next paragraph
    SUBHEADING = "subheading"  # （一） in the kai face
    SPEECH = "speech"  # ``lead`` (the speaker) in the heading face, then the text
    NOTE = "note"  # small, for articles and arithmetic
    PLAIN = "plain"  # no indent


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of user text, never markup."""

    text: str
    style: ParagraphStyle = ParagraphStyle.BODY
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture by content hash, with its caption."""

    sha256: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class TextTable:
    """A plain table among paragraphs: rows of texts of one length; the first ``heads`` name the columns."""

    rows: tuple[tuple[str, ...], ...]
    heads: int = 1


GridRows = tuple[Mapping[str, str], ...]
Value = (
    str
    | tuple[Paragraph, ...]
    | tuple[Paragraph | TextTable, ...]
    | GridRows
    | tuple[Photo, ...]
    | tuple[Chart, ...]
    | tuple[TimeLine, ...]
)


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled place for one value. ``width_mm`` is the value's cell, ``label_width_mm`` its label's."""

    key: str
    label: str
    width_mm: float
    label_width_mm: float = 30.0
    centred: bool = True
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Fields side by side, all in one row of the table; grows with its longest value."""

    fields: tuple[Field, ...]
    height_mm: float = 12.0


@dataclass(frozen=True, slots=True)
class LongRow:
    """One place for long text. It continues on 续页 when it does not fit.

    ``label_beside`` puts the label in a cell at the left, else it stands above the text (none when
    the label is empty). ``height_mm`` is the least height, filled or blank. ``closing`` are the labels of
    signature lines at the foot of the cell, with a date to be written; ``seal`` keeps 45 mm for a seal there.
    """

    field: Field
    height_mm: float
    label_beside: bool = True
    closing: tuple[str, ...] = ()
    seal: bool = False


@dataclass(frozen=True, slots=True)
class GridRow:
    """A small table inside a record table: ``key`` names its ``GridRows``."""

    key: str
    columns: tuple[Column, ...]
    label: str = ""
    row_height_mm: float = 9.0
    blank_rows: int = 3
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class RecordTable:
    """Title, a bordered table of rows, and signature lines below it. Width 165 mm unless rows differ.

    ``repeated_rows`` at the top stand again on every 续页. ``note_key`` names paragraphs under the table.
    """

    rows: tuple[Row | LongRow | GridRow, ...]
    repeated_rows: int = 0
    signatures: tuple[str, ...] = ()
    date_line: bool = True
    font_size: float = 12.0
    note_key: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A roster-like table with repeated heads. ``key`` names its rows among the values.

    ``two_up`` sets the same columns twice side by side, filled column-wise (sign-in sheet).
    ``heading`` and ``footing`` are lines of fields above and below the table; ``lead_key`` names
    paragraphs printed above it, ``note_key`` those under it. ``total_key`` names a row of totals
    printed last. ``date_line`` ends the signatures with a date to be written.
    """

    columns: tuple[Column, ...]
    key: str = "rows"
    heading: tuple[Field, ...] = ()
    footing: tuple[Field, ...] = ()
    signatures: tuple[str, ...] = ()
    row_height_mm: float = 7.5
    font_size: float = 9.0
    blank_rows: int = 20
    two_up: bool = False
    total_key: str = ""
    note_key: str = ""
    lead_key: str = ""
    date_line: bool = False


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """GB/T 9704-2012 without a red head: title, addressee, body, attachments, signature, date.

    Values: ``title`` overrides the paper's title, ``subtitle`` (in brackets under the title),
    ``addressee``, ``body`` (paragraphs, and plain tables among them), ``attachments`` (paragraphs),
    ``signed_by``, ``signed_on`` (as printed), ``note`` (附注, in brackets). ``half_sheet`` prints an A5 slip.
    """

    half_sheet: bool = False
    receipt_columns: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover: a great title and a few labelled lines, each underlined."""

    lines: tuple[Field, ...]
    title_size: float = 36.0


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents of a booklet: filled in by the press from its sections."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """Title and running text (plan, summary, instructions), with signature lines at the end.

    Values: ``subtitle``, ``body`` (paragraphs); blank prints ruled lines.
    """

    signatures: tuple[str, ...] = ()
    font_size: float = 14.0
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class PhotoPage:
    """Photos with captions, two, four or six on a page. Value ``photos``."""

    per_page: int = 4


@dataclass(frozen=True, slots=True)
class Forms:
    """Several tables one under another on a page, each with a small heading (handbook basics)."""

    parts: tuple[tuple[str, RecordTable | Grid], ...]


@dataclass(frozen=True, slots=True)
class Slips:
    """Short reports one under another on a page, to be cut apart. Each part is (key of its paragraphs, title)."""

    parts: tuple[tuple[str, str], ...]
    signatures: tuple[str, ...] = ()
    date_line: bool = True
    font_size: float = 14.0


@dataclass(frozen=True, slots=True)
class WritingPaper:
    """Pages to write on by hand: 20 rows of 20 squares, or ruled lines. They have no values and no model text."""

    pages: int = 2
    squares: bool = True


@dataclass(frozen=True, slots=True)
class Leaves:
    """Pages bound as one paper and numbered through: each part begins a page of its own.

    The paper's title stands on the cover; ``headings`` are those of the other parts, in order (empty: none).
    """

    parts: tuple[Cover | RecordTable | WritingPaper, ...]
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeLinePage:
    """Tasks one under another with their bars by weeks and the line of today; the value of ``key`` is one TimeLine."""

    key: str = "time_line"
    title_width_mm: float = 62.0
    person_width_mm: float = 28.0
    row_height_mm: float = 8.0
    font_size: float = 9.0
    blank_rows: int = 16


Layout = (
    RecordTable
    | Grid
    | OfficialDocument
    | Cover
    | Contents
    | Manuscript
    | PhotoPage
    | Forms
    | Ballots
    | Slips
    | WritingPaper
    | Leaves
    | Charts
    | TimeLinePage
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the catalogue. ``key`` is a glossary term, ``code`` its number in the forms list.

    ``title`` may hold ``{organisation}``, ``{year}``, ``{month}`` and the like, replaced when bound.
    ``kinds`` are the record kinds it can print; ``docx`` whether it is meant to be edited in Word.
    ``group`` is where the gallery shows it.
    """

    key: str
    code: str
    name: str
    title: str
    layout: Layout
    subject: Subject
    orientation: Orientation = Orientation.PORTRAIT
    kinds: tuple[str, ...] = ()
    docx: bool = False
    group: PaperGroup = PaperGroup.ORDINARY


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper bound to values. ``values`` None prints it blank. ``title`` is final."""

    paper: Paper
    title: str
    values: Mapping[str, Value] | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One sheet within a booklet. ``bookmark`` empty: no bookmark; ``level`` 0 is a chapter.

    ``chapter`` names a chapter that begins with this section: it is bookmarked and listed at level 0,
    on the same page, before the section itself. An unlisted section's chapter is listed all the same.
    """

    sheet: Sheet
    bookmark: str = ""
    level: int = 0
    listed: bool = True
    numbered: bool = True
    chapter: str = ""


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """How a booklet is printed. ``duplex`` puts the binding margin by odd and even pages; ``apart``
    numbers each section by itself, for papers that go to different hands.

    ``printed_note`` is a footer such as 本表由××支部于××打印; empty (the default) prints none, so that
    the same book prints the same bytes.
    """

    duplex: bool = False
    page_numbers: bool = True
    binding_mm: float = 0.0
    printed_note: str = ""
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Booklet:
    """Sheets bound as one PDF, in order."""

    title: str
    sections: tuple[Section, ...]
    options: PrintOptions = field(default_factory=PrintOptions)


def single(sheet: Sheet, options: PrintOptions | None = None) -> Booklet:
    """A booklet of one sheet."""
    section = Section(sheet, bookmark=sheet.title)
    return Booklet(sheet.title, (section,), options or PrintOptions())


def blank(sheet: Sheet) -> Sheet:
    """The same sheet without values."""
    return replace(sheet, values=None)
