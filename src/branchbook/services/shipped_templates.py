"""The templates of reports that the program ships, to be filled as they are or copied and edited."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from branchbook.resources import resource_path


@dataclass(frozen=True, slots=True)
class ShippedTemplate:
    """One template. ``name`` is what the user chooses it by; ``file`` its name among the program's own files."""

    file: str
    name: str

    @property
    def path(self) -> Path:
        """Where it is. Raises FileNotFoundError where the installation is incomplete."""
        return resource_path(f"report_templates/{self.file}")


SHIPPED_TEMPLATES = (
    ShippedTemplate("half_year.docx", "半年工作报告"),
    ShippedTemplate("year.docx", "支部年度工作总结"),
    ShippedTemplate("secretary.docx", "书记述职资料"),
)


def template_named(path: Path) -> Path:
    """The template at a path; a shipped one where there is no such file and its name is given."""
    found = next((each for each in SHIPPED_TEMPLATES if each.name == str(path)), None)
    return found.path if found and not path.exists() else path
