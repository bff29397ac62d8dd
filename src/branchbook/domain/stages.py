"""The five stages of joining, from the application to the end of the probation."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """The five stages of joining. The fourth is a development candidate whose preliminary review was passed."""

    APPLICANT = "applicant"
    ACTIVIST = "activist"
    DEVELOPMENT_CANDIDATE = "development_candidate"
    ACCEPTANCE = "acceptance"
    PROBATIONARY = "probationary"
