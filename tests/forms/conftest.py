"""The real press with the fonts that are shipped."""

import pytest

from branchbook.forms.library import FontLibrary, Role, library
from branchbook.forms.press import PdfPress
from branchbook.forms.setting import Setter
from branchbook.forms.typeface import Typeface
from branchbook.resources import resource_path


@pytest.fixture(scope="session")
def fonts() -> FontLibrary:
    return library(resource_path("fonts"))


@pytest.fixture(scope="session")
def body(fonts) -> Typeface:
    return fonts.typeface(Role.BODY)


@pytest.fixture(scope="session")
def setter(fonts) -> Setter:
    return Setter(fonts)


@pytest.fixture(scope="session")
def press() -> PdfPress:
    return PdfPress()
