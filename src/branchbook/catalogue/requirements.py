"""What every branch is asked to do how often: keys, scopes, and the rule that gives the cadence."""

from __future__ import annotations

from branchbook.domain.requirements import Requirement, Scope

REQUIREMENTS: tuple[Requirement, ...] = (
    Requirement(
        key="general_meeting",
        title="支部党员大会",
        rule_id="B-09",
        scope=Scope.BRANCH,
        kinds=("general_meeting",),
        needs_quorum=True,
    ),
    Requirement(
        key="committee_meeting",
        title="支部委员会会议",
        rule_id="B-14",
        scope=Scope.COMMITTEE,
        kinds=("committee_meeting",),
        needs_quorum=True,
    ),
    Requirement(
        key="group_meeting", title="党小组会", rule_id="B-19", scope=Scope.GROUP, kinds=("group_meeting",)
    ),
    Requirement(
        key="party_lesson", title="党课", rule_id="B-24", scope=Scope.BRANCH, kinds=("party_lesson",)
    ),
    Requirement(
        key="theme_party_day",
        title="主题党日",
        rule_id="B-25",
        scope=Scope.BRANCH,
        kinds=("theme_party_day",),
    ),
    Requirement(
        key="organisational_life_meeting",
        title="组织生活会",
        rule_id="B-27",
        scope=Scope.BRANCH,
        kinds=("organisational_life_meeting",),
    ),
    Requirement(
        key="democratic_evaluation",
        title="民主评议党员",
        rule_id="B-29",
        scope=Scope.BRANCH,
        kinds=("democratic_evaluation",),
    ),
    Requirement(
        key="heart_to_heart_talk",
        title="谈心谈话",
        rule_id="B-31",
        scope=Scope.BRANCH,
        kinds=("heart_to_heart_talk",),
        between_people=True,
    ),
    Requirement(
        key="secretary_lesson",
        title="书记讲党课",
        rule_id="B-23",
        scope=Scope.BRANCH,
        kinds=("party_lesson",),
        by_secretary=True,
    ),
    Requirement(
        key="general_branch_committee_meeting",
        title="党总支委员会会议",
        rule_id="L-01",
        scope=Scope.GENERAL_BRANCH_COMMITTEE,
        kinds=("committee_meeting",),
        needs_quorum=True,
    ),
)
"""In the order of the year grid."""
