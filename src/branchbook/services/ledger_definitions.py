"""What a user makes of ledgers: one of their own, fields added or hidden, other labels; and shipped ones put back.

Nothing here touches a row: what a ledger hides, or no longer has, stays in the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID, uuid4

from branchbook.catalogue.ledgers_list import shipped_ledgers
from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.domain.ledger_parsing import MOST_DECIMALS
from branchbook.domain.ledgers import Ledger, LedgerDefinition, LedgerLayout, LedgerRow
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import Attachment
from branchbook.services.guards import clean_line, required_line
from branchbook.services.ledger_reading import definition_id, ledger_of, ledgers_of
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.store import Book, Reading, Writing

MOST_FIELDS = 40
_NUMBERS = frozenset({FieldType.NUMBER, FieldType.MONEY})


def new_ledger(book: Book, name: str, actor: Actor) -> Outcome[Ledger]:
    """Begin a ledger of the user's own, with a date and a matter; fields are added then.

    Raises RefusedProblem for an empty name, or one that another ledger has.
    """
    with operate(book, actor, f"新建台账：{name.strip()}") as operating:
        writing = operating.writing
        clean = _free_name(writing, name, "")
        identity = uuid4()
        others = [each.position for each in writing.all(LedgerDefinition) if each.own]
        definition = LedgerDefinition(
            identity,
            f"own-{identity.hex[:8]}",
            own=True,
            name=clean,
            fields=(
                FieldSpec("日期", "日期", FieldType.DATE),
                FieldSpec("事项", "事项", FieldType.LONG_TEXT, required=True),
            ),
            date_field="日期",
            position=max(others, default=-1) + 1,
        )
        writing.put(definition)
        made = ledger_of(writing, definition.key)
    return Outcome(made, operating.changes)


def add_field(
    book: Book,
    key: str,
    label: str,
    field_type: FieldType,
    actor: Actor,
    *,
    choices: Sequence[str] = (),
    decimals: int = 0,
    required: bool = False,
) -> Outcome[Ledger]:
    """Add a field at the end. Only a user's own ledger may ask for it in every row: shipped ones are also filled
    by the program. Raises RefusedProblem for an empty or taken label, a choice without choices, too many fields."""
    with operate(book, actor, f"台账添加栏目：{label.strip()}") as operating:
        writing = operating.writing
        ledger = ledger_of(writing, key)
        if len(ledger.fields) >= MOST_FIELDS:
            raise RefusedProblem(f"一本台账最多 {MOST_FIELDS} 个栏目", ledger.name, "请另建一本台账")
        clean = _free_label(ledger, label, "")
        spec = FieldSpec(
            _free_key(ledger, clean),
            clean,
            field_type,
            required=required and ledger.own,
            choices=_choices(clean, field_type, choices),
            decimals=min(max(decimals, 0), MOST_DECIMALS) if field_type is FieldType.NUMBER else 0,
        )
        definition = _definition(writing, ledger)
        writing.put(replace(definition, fields=(*definition.fields, spec)))
        changed = ledger_of(writing, key)
    return Outcome(changed, operating.changes)


def rename_field(book: Book, key: str, field: str, label: str, actor: Actor) -> Outcome[Ledger]:
    """Give a field another label; its values stay. The shipped label again forgets the change."""
    with operate(book, actor, "台账更改栏目名称") as operating:
        writing = operating.writing
        ledger = ledger_of(writing, key)
        _known(ledger, field)
        clean = _free_label(ledger, label, field)
        definition = _definition(writing, ledger)
        labels = {**definition.labels, field: clean}
        shipped = shipped_ledgers().by_key.get(key)
        spec = shipped.field(field) if shipped else None
        if spec is not None and spec.label == clean:
            del labels[field]
        _put(writing, replace(definition, labels=labels))
        changed = ledger_of(writing, key)
    return Outcome(changed, operating.changes)


def hide_field(book: Book, key: str, field: str, actor: Actor, *, hidden: bool = True) -> Outcome[Ledger]:
    """Hide a field everywhere, or show it again; what was entered in it is kept.

    Raises RefusedProblem for the field that names the rows.
    """
    with operate(book, actor, "台账隐藏栏目" if hidden else "台账显示栏目") as operating:
        writing = operating.writing
        ledger = ledger_of(writing, key)
        spec = _known(ledger, field)
        if hidden and field == ledger.title_field:
            raise RefusedProblem("这一栏是每一行的名称，不能隐藏", spec.label, "请隐藏别的栏目")
        definition = _definition(writing, ledger)
        others = tuple(each for each in definition.hidden if each != field)
        _put(writing, replace(definition, hidden=(*others, field) if hidden else others))
        changed = ledger_of(writing, key)
    return Outcome(changed, operating.changes)


def rename_ledger(book: Book, key: str, name: str, actor: Actor) -> Outcome[Ledger]:
    """Give a ledger another name; the shipped name again forgets the change."""
    with operate(book, actor, f"更改台账名称：{name.strip()}") as operating:
        writing = operating.writing
        ledger = ledger_of(writing, key)
        clean = _free_name(writing, name, key)
        shipped = shipped_ledgers().by_key.get(key)
        same = shipped is not None and shipped.name == clean
        _put(writing, replace(_definition(writing, ledger), name="" if same else clean))
        changed = ledger_of(writing, key)
    return Outcome(changed, operating.changes)


def set_roles(
    book: Book,
    key: str,
    actor: Actor,
    *,
    date_field: str,
    due_field: str,
    done_field: str,
    totals: Sequence[str],
    layout: LedgerLayout,
) -> Outcome[Ledger]:
    """Say of a user's own ledger which field is its day, what is due, when it is done, what is summed, how it prints.

    Raises RefusedProblem for a role that its field's type cannot have, and for a shipped ledger.
    """
    with operate(book, actor, "更改台账的用法") as operating:
        writing = operating.writing
        ledger = ledger_of(writing, key)
        if not ledger.own:
            raise RefusedProblem("随程序附带的台账不能改用法", ledger.name, "请新建一本自己的台账")
        for role in filter(None, (date_field, due_field, done_field)):
            if _known(ledger, role).type is not FieldType.DATE:
                raise RefusedProblem("这一栏不是日期", _known(ledger, role).label, "请选日期栏目")
        for total in totals:
            if _known(ledger, total).type not in _NUMBERS:
                raise RefusedProblem("只有数字和金额可以合计", _known(ledger, total).label, "请选别的栏目")
        definition = replace(
            _definition(writing, ledger),
            date_field=date_field,
            due_field=due_field,
            done_field=done_field,
            totals=tuple(totals),
            layout=layout,
        )
        writing.put(definition)
        changed = ledger_of(writing, key)
    return Outcome(changed, operating.changes)


def put_back(book: Book, key: str, actor: Actor) -> Outcome[Ledger]:
    """Forget what was changed in a shipped ledger. What rows hold in added fields stays, and is seen again when a
    field of that label is added again."""
    with operate(book, actor, "台账恢复原样") as operating:
        writing = operating.writing
        if key not in shipped_ledgers().by_key:
            raise RefusedProblem("自建的台账没有原样", key, "不再需要的可以删除")
        if writing.get(LedgerDefinition, definition_id(key)) is not None:
            writing.remove(LedgerDefinition, definition_id(key))
        changed = ledger_of(writing, key)
    return Outcome(changed, operating.changes)


def remove_ledger(book: Book, key: str, actor: Actor) -> Outcome[int]:
    """Move a user's own ledger with its rows and their files to the recycle bin, as one; gives the number of rows."""
    with operate(book, actor, "删除自建台账") as operating:
        writing = operating.writing
        ledger = ledger_of(writing, key)
        if not ledger.own:
            raise RefusedProblem("随程序附带的台账不能删除", ledger.name, "不用的可以不填")
        rows = writing.ledger_rows(key)
        for row in rows:
            for attachment in writing.attachments_of((row.id,)):
                writing.remove(Attachment, attachment.id)
            writing.remove(LedgerRow, row.id)
        writing.remove(LedgerDefinition, _definition(writing, ledger).id)
    return Outcome(len(rows), operating.changes)


def is_changed(reading: Reading, key: str) -> bool:
    """Whether the user changed a shipped ledger."""
    return reading.get(LedgerDefinition, definition_id(key)) is not None


def _definition(reading: Reading, ledger: Ledger) -> LedgerDefinition:
    """What the book says about a ledger; of a shipped one that nobody changed, nothing yet."""
    if ledger.own:
        return next(each for each in reading.all(LedgerDefinition) if each.key == ledger.key and each.own)
    identity: UUID = definition_id(ledger.key)
    return reading.get(LedgerDefinition, identity) or LedgerDefinition(identity, ledger.key)


def _put(writing: Writing, definition: LedgerDefinition) -> None:
    """Keep a definition; of a shipped ledger one that says nothing is none."""
    if definition == LedgerDefinition(definition.id, definition.key):
        if writing.get(LedgerDefinition, definition.id) is not None:
            writing.remove(LedgerDefinition, definition.id)
        return
    writing.put(definition)


def _known(ledger: Ledger, field: str) -> FieldSpec:
    spec = ledger.field(field)
    if spec is None:
        raise RefusedProblem("台账里已没有这个栏目", field, "请刷新后再试")
    return spec


def _free_name(reading: Reading, name: str, own_key: str) -> str:
    clean = required_line(name, "台账名称")
    if any(each.name == clean and each.key != own_key for each in ledgers_of(reading)):
        raise RefusedProblem("已有同名的台账", clean, "请换一个名称")
    return clean


def _free_label(ledger: Ledger, label: str, own_key: str) -> str:
    clean = required_line(label, "栏目名称")
    if any(each.label == clean and each.key != own_key for each in ledger.fields):
        raise RefusedProblem("已有同名的栏目", clean, "请换一个名称；隐藏了的可以重新显示")
    return clean


def _free_key(ledger: Ledger, label: str) -> str:
    """The first label is the key, so that files and history can be read without the definition."""
    taken = {each.key for each in ledger.fields}
    key, number = label, 2
    while key in taken:
        key, number = f"{label}{number}", number + 1
    return key


def _choices(label: str, field_type: FieldType, choices: Sequence[str]) -> tuple[str, ...]:
    if field_type is FieldType.ATTACHMENT:
        return ("other",)
    clean = tuple(dict.fromkeys(filter(None, (clean_line(each, "可选内容") for each in choices))))
    if field_type in (FieldType.CHOICE, FieldType.CHOICES) and len(clean) < 2:
        raise RefusedProblem("单选至少要有两项可选", label, "请把可选的内容用顿号隔开写出来")
    return clean if field_type in (FieldType.CHOICE, FieldType.CHOICES) else ()
