"""Whether a ledger's row or definition of an exchange file can stand in a book."""

from __future__ import annotations

from branchbook.catalogue.ledgers_list import shipped_ledgers
from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.domain.ledgers import LedgerDefinition, LedgerRow
from branchbook.services.ledger_reading import definition_id

_NUMBERS = frozenset({FieldType.MONEY, FieldType.NUMBER})


def fault_of_row(row: LedgerRow) -> str:
    """What is wrong with a row as a Chinese phrase, empty where nothing is.

    Of a ledger that this program does not ship, only its definition could tell; its rows are kept as they are.
    """
    ledger = shipped_ledgers().by_key.get(row.ledger)
    if not row.ledger:
        return "台账的一行没有写明是哪本台账"
    for spec in ledger.fields if ledger else ():
        if fault := _fault_of_value(spec, row):
            return f"{ledger.name if ledger else ''}的“{spec.label}”{fault}"
    return ""


def _fault_of_value(spec: FieldSpec, row: LedgerRow) -> str:
    value = row.values.get(spec.key)
    if value is None or value == "":
        return ""
    if spec.type in _NUMBERS:
        return "" if row.units(spec.key) is not None else "不是数"
    if spec.type is FieldType.DATE:
        return "" if row.day(spec.key) else f"不是日期“{value}”"
    return "" if isinstance(value, str | bool | tuple) else "不是文字"


def fault_of_definition(definition: LedgerDefinition) -> str:
    """What is wrong with a definition as a Chinese phrase, empty where nothing is."""
    shipped = definition.key in shipped_ledgers().by_key
    if definition.own and shipped:
        return f"自建台账“{definition.name}”用了随程序附带的台账的代号"
    if shipped and definition.id != definition_id(definition.key):
        return f"台账“{definition.name or definition.key}”的设置编号与台账不符"
    if not definition.key or (definition.own and not (definition.name and definition.fields)):
        return "台账设置没有名称或栏目"
    keys = [each.key for each in definition.fields]
    if len(set(keys)) < len(keys):
        return f"台账“{definition.name or definition.key}”有两个同名的栏目"
    return ""
