"""The page as a browser prints it: at most ten sheets of A4, however bad the stack."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from ascent.compliance.frameworks import frameworks
from ascent.compliance.page.render import to_html
from policies.pack.registry import RULES
from policies.pack.waivers import Waiver, WaiverBook
from tests.commands.small_plan import resource, small_plan
from tests.compliance.conftest import TODAY
from tests.report.test_report_browser import BROWSER, DRIVER, FLAGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ascent.compliance.assess import Assessment

    Held = Callable[..., Assessment]

pytestmark = pytest.mark.skipif(
    not (BROWSER.exists() and DRIVER.exists()), reason="Debian's chromium and chromium-driver are not installed"
)


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], int]]:
    """Count the sheets of A4 that a page prints on."""
    options = webdriver.ChromeOptions()
    options.binary_location = str(BROWSER)
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    chrome = webdriver.Chrome(options=options, service=Service(str(DRIVER)))

    def count(page: str) -> int:
        file = Path(tmp_path_factory.mktemp("page")) / "page.html"
        file.write_text(page, encoding="utf-8")
        chrome.get(file.as_uri())
        made = chrome.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
        return len(re.findall(rb"/Type\s*/Page\b", base64.b64decode(made["data"])))

    yield count
    chrome.quit()


@pytest.mark.parametrize("framework", list(frameworks()))
def test_prod_prints_on_ten_sheets(framework: str, shipped_held: Held, sheets: Callable[[str], int]) -> None:
    assert 1 <= sheets(to_html(shipped_held("prod", framework))) <= 10


@pytest.mark.parametrize("framework", list(frameworks()))
def test_the_worst_stack_prints_on_ten_sheets(framework: str, held: Held, sheets: Callable[[str], int]) -> None:
    """Bare resources of every type that a rule judges, with names and reasons of any length."""
    types = dict.fromkeys(token for rule in RULES.values() for token in rule.on if token.startswith("aws:"))
    every = [resource(t, f"{'very-long-name-' * 20}{n}-{k}") for n, t in enumerate(types) for k in range(4)]
    waivers = tuple(
        Waiver(rule=r, urn="*", reason="why " * 200, owner="who " * 100, expires=TODAY, count=999, place="here")
        for r in list(RULES)[::2]
    )
    one = held(small_plan(*every), framework, WaiverBook(today=TODAY, in_force=waivers))
    assert sheets(to_html(one)) <= 10
