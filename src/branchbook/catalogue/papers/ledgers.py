"""The papers of ledgers, made from what each ledger says: all rows in a grid that lies, or each row on a page."""

from __future__ import annotations

from branchbook.catalogue.papers.measures import LANDSCAPE_MM, PORTRAIT_MM, line, pair, passage
from branchbook.domain.ballot_papers import Column
from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.domain.ledgers import Ledger, LedgerLayout
from branchbook.domain.papers import Grid, LongRow, Orientation, Paper, PaperGroup, RecordTable, Row, Subject

FAMILY = "ledger"
NUMBER_MM = 11.0
ROW_NUMBER = "row_number"
"""The key of the column that numbers the rows."""
GRID_SIZE = 9.0
LONG_MM, PAGE_ROOM_MM, ROW_MM = 18.0, 195.0, 11.0
PAIRED_LABEL = 6
"""A label of more characters does not fit into a cell beside another pair."""

_LEFT = frozenset({FieldType.LONG_TEXT})


def paper_key(ledger: str) -> str:
    """The key of a ledger's paper: ledger:rectification."""
    return f"{FAMILY}:{ledger}"


def ledger_paper(ledger: Ledger) -> Paper:
    """The paper of a ledger as it is now: of the shipped one, or of one that the user made or changed."""
    page = ledger.paper.layout is LedgerLayout.PAGE
    name = (ledger.paper.page_title or ledger.name) if page else ledger.name
    return Paper(
        key=paper_key(ledger.key),
        code=ledger.code,
        name=ledger.name,
        title="{organisation}{year}年" + name.replace("{", "｛").replace("}", "｝"),
        layout=_page(ledger) if page else _grid(ledger),
        subject=Subject.YEAR,
        orientation=Orientation.PORTRAIT if page else Orientation.LANDSCAPE,
        group=PaperGroup.LEDGER,
    )


def _grid(ledger: Ledger) -> Grid:
    """The ledger's columns fill the width whatever their millimetres add up to; one that numbers its rows
    itself (期号, 顺序号) gets no number beside it."""
    shown = ledger.shown_columns
    numbered = bool(shown) and shown[0][0].type is FieldType.NUMBER
    room = LANDSCAPE_MM - (0.0 if numbered else NUMBER_MM)
    scale = room / sum(width for _, width in shown) if shown else 1.0
    columns = tuple(
        Column(spec.key, spec.label, width * scale, align="left" if spec.type in _LEFT else "centre")
        for spec, width in shown
    )
    number = Column(ROW_NUMBER, "序号", NUMBER_MM if shown else LANDSCAPE_MM)
    return Grid(
        columns=columns if numbered else (number, *columns),
        signatures=ledger.paper.signatures,
        row_height_mm=ledger.paper.row_height_mm,
        font_size=GRID_SIZE,
        blank_rows=ledger.paper.blank_rows,
        total_key="total" if ledger.summed else "",
        date_line=bool(ledger.paper.signatures),
    )


def _page(ledger: Ledger) -> RecordTable:
    """Short fields two in a row, long ones across the page; long texts share what room is left."""
    short: list[Row] = []
    waiting: FieldSpec | None = None
    fields = [spec for spec in ledger.shown if spec.type is not FieldType.ATTACHMENT]
    long_ones = [spec for spec in fields if spec.type is FieldType.LONG_TEXT]
    for spec in (each for each in fields if each not in long_ones):
        if len(spec.label) > PAIRED_LABEL or spec.type in (FieldType.PERSONS, FieldType.LINK):
            short += [_alone(waiting)] if waiting else []
            short.append(_alone(spec))
            waiting = None
        elif waiting is None:
            waiting = spec
        else:
            short.append(pair((waiting.key, waiting.label), (spec.key, spec.label), ROW_MM))
            waiting = None
    if waiting is not None:
        short.append(_alone(waiting))
    share = max(LONG_MM, (PAGE_ROOM_MM - ROW_MM * len(short)) / len(long_ones)) if long_ones else 0.0
    passages: list[LongRow] = [passage(spec.key, spec.label, share) for spec in long_ones]
    signed = ledger.paper.signatures
    return RecordTable(rows=(*short, *passages), signatures=signed, date_line=bool(signed))


def _alone(spec: FieldSpec) -> Row:
    row = line(spec.key, spec.label, ROW_MM)
    assert sum(each.width_mm + each.label_width_mm for each in row.fields) == PORTRAIT_MM
    return row
