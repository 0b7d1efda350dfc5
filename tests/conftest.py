"""How all tests run, and what their results say of themselves: the version of the repository that was tested."""

from __future__ import annotations

from typing import TYPE_CHECKING

import hypothesis
from _pytest.junitxml import xml_key

if TYPE_CHECKING:
    import pytest


# How long an example takes says how busy the machine is; benchmarks/ measures.
hypothesis.settings.register_profile("ascent", deadline=None)
hypothesis.settings.load_profile("ascent")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Without it, `ascent readiness --tests` would take the results of any version for evidence."""
    results = session.config.stash.get(xml_key, None)
    if results is not None:
        from ascent.readiness.content.repository import Repository
        from ascent.readiness.content.version import version_of
        from ascent.readiness.outcomes import PROPERTY

        results.add_global_property(PROPERTY, version_of(Repository.read(session.config.rootpath, ())))
