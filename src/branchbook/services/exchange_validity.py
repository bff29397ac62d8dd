"""Whether a value of an exchange file can stand in a book at all: a file may have been made by any hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from branchbook.catalogue.kinds_list import KIND_BY_KEY
from branchbook.domain.evaluations import Assessment, assessment_id
from branchbook.domain.ledgers import LedgerDefinition, LedgerRow
from branchbook.domain.organisations import Organisation, OrganisationKind
from branchbook.domain.people import (
    FactKind,
    Mark,
    MembershipChange,
    Person,
    PersonFact,
    Post,
    Restriction,
    Standing,
)
from branchbook.domain.problems import RefusedProblem, UnreadableProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import Record
from branchbook.services.guards import cleaned
from branchbook.services.ledger_validity import fault_of_definition, fault_of_row
from branchbook.services.procedure_validity import fault_of_procedure
from branchbook.services.store import Setting

T = TypeVar("T")

_FACT_VALUES: Mapping[FactKind, type[StrEnum]] = {
    FactKind.MEMBERSHIP: MembershipChange,
    FactKind.STANDING: Standing,
    FactKind.RESTRICTION: Restriction,
    FactKind.POST: Post,
    FactKind.MARK: Mark,
}

_ABOVE: Mapping[OrganisationKind, OrganisationKind | None] = {
    OrganisationKind.GENERAL_BRANCH: None,
    OrganisationKind.BRANCH: OrganisationKind.GENERAL_BRANCH,
    OrganisationKind.GROUP: OrganisationKind.BRANCH,
}


def valid(value: T, where: str) -> T:
    """The value with its texts cleaned as if it had been typed. ``where`` names it in the file.

    Raises UnreadableProblem for what no book can hold: a record of no known kind, a fact whose value its
    kind does not have, an organisation without a name, a procedure with a field that is not what its step asks
    for; RefusedProblem for a text that is too long.
    """
    clean: Any = value if isinstance(value, Setting) else cleaned(value, where)
    fault = _fault(clean)
    if fault:
        raise UnreadableProblem(f"交换文件里有不能用的内容：{fault}", where, "簿中没有任何改动")
    result: T = clean
    return result


def _fault(value: Any) -> str:
    if isinstance(value, Person) and not value.name:
        return "人员没有姓名"
    if isinstance(value, PersonFact):
        return _fault_of_fact(value)
    if isinstance(value, Organisation):
        return _fault_of_organisation(value)
    if isinstance(value, Record):
        unknown = [key for key in value.kinds if key not in KIND_BY_KEY]
        if unknown or not value.kinds:
            return f"不认识的记录种类“{'、'.join(unknown)}”，可能来自更新版本的程序"
    if isinstance(value, Assessment) and value.id != assessment_id(value.procedure_id, value.person_id):
        return f"{value.name}的评议表编号与评议和人员不符"
    if isinstance(value, LedgerRow):
        return fault_of_row(value)
    if isinstance(value, LedgerDefinition):
        return fault_of_definition(value)
    return fault_of_procedure(value) if isinstance(value, Procedure) else ""


def _fault_of_fact(fact: PersonFact) -> str:
    values = _FACT_VALUES.get(fact.kind)
    if values is not None and fact.value not in {each.value for each in values}:
        return f"人员登记里不认识的值“{fact.value}”"
    if fact.to_on is not None and fact.to_on <= fact.from_on:
        return f"人员登记的截止日期 {fact.to_on} 不晚于起始日期 {fact.from_on}"
    return ""


def _fault_of_organisation(organisation: Organisation) -> str:
    if not organisation.names or not all(dated.name for dated in organisation.names):
        return "组织没有名称"
    days = [dated.from_on for dated in organisation.names]
    return "" if days == sorted(set(days)) else "组织几个名称的起始日期没有先后之分"


def check_levels(organisations: Iterable[Organisation]) -> None:
    """Check the organisations of book and file together: one general branch, each below the right level.

    Raises RefusedProblem naming the organisation that cannot stand where it is.
    """
    by_id: Mapping[UUID, Organisation] = {each.id: each for each in organisations}
    top = [each for each in by_id.values() if each.kind == OrganisationKind.GENERAL_BRANCH]
    if len(top) > 1:
        raise RefusedProblem(
            "一个簿里只能有一个党总支",
            "、".join(each.name for each in top),
            "请只导入支部的交换文件；簿中没有任何改动",
        )
    for each in by_id.values():
        parent = by_id.get(each.parent_id) if each.parent_id is not None else None
        alone = each.parent_id is None and each.kind != OrganisationKind.GROUP
        if not alone and (parent is None or parent.kind != _ABOVE[each.kind]):
            raise RefusedProblem(
                "交换文件里组织的上下级关系不对", each.name, "请在原来的簿里重新导出；簿中没有任何改动"
            )
