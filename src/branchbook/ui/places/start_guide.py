"""The short guide to a new book: whose it is, since when, and where it is kept."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from branchbook.domain.organisations import FOUNDING_UNKNOWN
from branchbook.domain.problems import Problem, RefusedProblem
from branchbook.ui.place import FileChooser
from branchbook.ui.places.new_book import ENDING, NewBook, file_name
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.date_field import DateField
from branchbook.ui.widgets.fields import FieldGrid, LineField
from branchbook.ui.widgets.labels import Text


class NewBookGuide(Card):
    """``finished`` gives a ``NewBook`` when everything that is asked is there; ``given_up`` on 返回."""

    finished = Signal(object)
    given_up = Signal()

    def __init__(self, files: FileChooser, today: date, parent: QWidget | None = None) -> None:
        super().__init__("新建簿", "填好就能用，以后都可以改", parent)
        self._files = files
        self._today = today
        self.structure = ChoiceField(
            [(False, self.tr("一个党支部")), (True, self.tr("党总支，下设若干支部"))]
        )
        self.general_branch = LineField(placeholder=self.tr("如 示例机关党总支"))
        self.branches = LineField(placeholder=self.tr("如 第一党支部；几个支部之间用顿号隔开"))
        self.founded_on = DateField(today)
        self.operator = LineField(placeholder=self.tr("改动记录里显示的名字"))
        self.path = LineField(placeholder=self.tr("簿文件存放的位置"))
        self.choose_path = Button(self.tr("选择…"), "folder-open", self)
        self.choose_path.setAccessibleName(self.tr("选择存放位置"))
        self._fields = FieldGrid(1, self, label_width=96)
        self._fill()
        self.structure.value_changed.connect(self._show_structure)
        self.choose_path.clicked.connect(self._choose_path)
        self.clear()

    def _fill(self) -> None:
        keeping = QWidget(self)
        row = QHBoxLayout(keeping)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.path, 1)
        row.addWidget(self.choose_path)
        self._keeping = keeping
        fields = self._fields
        fields.add(self.tr("组织形式"), self.structure)
        fields.add(self.tr("党总支名称"), self.general_branch)
        fields.add(self.tr("支部名称"), self.branches)
        since = self.tr("不清楚可以先空着，以后在“组织”中补上")
        fields.add(self.tr("成立时间"), self.founded_on, hint=since)
        fields.add(self.tr("我的姓名"), self.operator)
        fields.add(self.tr("存放位置"), keeping)
        order = (self.structure, self.general_branch, self.branches, self.founded_on, self.operator)
        for before, after in pairwise((*order, self.path, self.choose_path)):
            QWidget.setTabOrder(before, after)
        self.path.setAccessibleName(self.tr("存放位置"))
        self.add(fields)
        self.add(
            Text(self.tr("党小组、党员和职务在下一步从花名册导入，或逐个填写。"), "dim", self, wrap=True)
        )
        self.body.addStretch(1)
        back = Button(self.tr("返回"), "arrow-left", self)
        back.clicked.connect(self.given_up)
        self.create_button = Button(self.tr("建立簿"), "", self, primary=True)
        self.create_button.clicked.connect(self.finish)
        self.add_foot(back, self.create_button)

    def clear(self) -> None:
        """Empty, as for a first book."""
        self._fields.clear_problems()
        self.structure.set_value(False)
        for field in (self.general_branch, self.branches, self.operator, self.path):
            field.set_value("")
        self.founded_on.set_value(None)
        self._show_structure()

    def focus_first(self) -> None:
        """Begin with the first field."""
        self.structure.setFocus()

    def finish(self) -> None:
        """Check everything; show what is missing beside its field, or tell ``finished``."""
        problems = self._problems()
        for editor, problem in problems.items():
            self._fields.set_problem(editor, problem)
        wrong = [editor for editor, problem in problems.items() if problem is not None]
        founded_on = self.founded_on.value()
        if wrong:
            first = wrong[0]
            (self.path if first is self._keeping else first).setFocus()
            return
        general = self.general_branch.value().strip() if self.structure.value() else ""
        path = Path(self.path.value().strip()).expanduser()
        path = path if path.suffix == ENDING else path.with_name(path.name + ENDING)
        since, operator = founded_on or FOUNDING_UNKNOWN, self.operator.value().strip()
        self.finished.emit(NewBook(path, general, self._names(), since, operator))

    def _problems(self) -> dict[QWidget, Problem | None]:
        """Every field with its problem or None, in reading order."""
        general = bool(self.structure.value())
        names = self._names()
        wants_one = not general and len(names) > 1
        one = RefusedProblem(self.tr("一个党支部只写一个名称"), "", self.tr("有几个支部时请选党总支"))
        return {
            self.general_branch: _missing(
                self.general_branch.value() if general else "-", self.tr("还没有写党总支名称")
            ),
            self.branches: one if wants_one else _missing("".join(names), self.tr("还没有写支部名称")),
            self.founded_on: self.founded_on.problem(),
            self.operator: _missing(self.operator.value(), self.tr("还没有写姓名")),
            self._keeping: _missing(self.path.value(), self.tr("还没有选存放位置")),
        }

    def _names(self) -> tuple[str, ...]:
        parts = re.split(r"[、，,；;\n]", self.branches.value())
        return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))

    def _show_structure(self, *_: object) -> None:
        rest = (self.structure, self.branches, self.founded_on, self.operator, self._keeping)
        shown = (self.general_branch, *rest) if self.structure.value() else rest
        self._fields.show_only(*shown)

    def _choose_path(self) -> None:
        names = self._names()
        owner = self.general_branch.value() if self.structure.value() else "".join(names[:1])
        path = self._files.save_file(self.tr("簿存放在哪里"), f"支部手册 (*{ENDING})", file_name(owner))
        if path is not None:
            self.path.set_value(str(path))
            self._fields.set_problem(self._keeping, None)


def _missing(text: str, what: str) -> Problem | None:
    return None if text.strip() else RefusedProblem(what)
