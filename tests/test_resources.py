"""branchbook.resources: one folder, found from the checkout, never left by a relative path."""

import pytest

from branchbook import resources


def test_the_checkout_has_the_resources_at_its_top():
    folder = resources.resources_folder()
    assert folder.is_absolute()
    assert (folder / "fonts").is_dir()


def test_a_resource_is_found_by_its_relative_path():
    assert resources.resource_path("fonts") == resources.resources_folder() / "fonts"


def test_a_missing_resource_is_named_in_chinese():
    with pytest.raises(FileNotFoundError) as problem:
        resources.resource_path("icons/no-such-icon.svg")
    assert "缺少资源“icons/no-such-icon.svg”" in str(problem.value)


@pytest.mark.parametrize("path", ["../pyproject.toml", "fonts/../../LICENSE", "/etc/hostname"])
def test_a_path_that_climbs_out_is_refused(path):
    with pytest.raises(ValueError, match="leaves the resources folder"):
        resources.resource_path(path)
