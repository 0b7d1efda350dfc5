"""The page of prod in a real browser, from a file, at three widths."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

BROWSER, DRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
pytestmark = pytest.mark.skipif(
    not (BROWSER.exists() and DRIVER.exists()), reason="Debian's chromium and chromium-driver are not installed"
)
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDTHS = (400, 900, 1600)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = str(BROWSER)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    chrome = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
    yield chrome
    chrome.quit()


@pytest.fixture
def prod(made: Mapping[str, str], tmp_path: Path) -> str:
    """Address of the page of prod."""
    page = tmp_path / "prod" / "index.html"
    page.parent.mkdir()
    page.write_text(made["prod/index.html"], encoding="utf-8")
    return page.as_uri()


def show(browser: webdriver.Chrome, address: str, width: int = 900, scheme: str = "light") -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    size: dict[str, Any] = {"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.get("about:blank")
    browser.get(address)


def shown(browser: webdriver.Chrome) -> int:
    return browser.execute_script("return document.querySelectorAll('#verdict-rows > tr:not([hidden])').length")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fits_and_is_silent(browser: webdriver.Chrome, prod: str, width: int, scheme: str) -> None:
    show(browser, prod, width, scheme)
    assert browser.execute_script("return innerWidth") == width
    assert (
        browser.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        == 0
    )
    assert browser.get_log("browser") == []
    assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0
    colour = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert colour == {"light": "rgb(255, 255, 255)", "dark": "rgb(13, 17, 23)"}[scheme]


def test_filters_work_by_keyboard(browser: webdriver.Chrome, prod: str) -> None:
    show(browser, f"{prod}#all-verdicts")
    every = shown(browser)
    assert every > 100
    browser.execute_script("document.querySelector('#filters select').focus()")
    browser.switch_to.active_element.send_keys("advise")
    advised = shown(browser)
    assert 0 < advised < every
    for _ in range(3):
        browser.switch_to.active_element.send_keys(Keys.TAB)
    assert browser.switch_to.active_element.get_attribute("name") == "text"
    browser.switch_to.active_element.send_keys("no such thing at all")
    assert shown(browser) == 0
    assert browser.find_element(By.ID, "shown").text == f"0 of {every} verdicts shown"
    for _ in range(10):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        if browser.switch_to.active_element.get_attribute("type") == "reset":
            break
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    # A form resets its controls after the event that says so.
    WebDriverWait(browser, 5).until(lambda chrome: shown(chrome) == every)
    assert browser.find_element(By.ID, "shown").text == f"{every} of {every} verdicts shown"


def test_a_link_opens_what_it_leads_to(browser: webdriver.Chrome, prod: str) -> None:
    show(browser, f"{prod}#item-1")
    assert browser.find_element(By.ID, "item-1").is_displayed()


CONTRAST = """
const parse = (c) => c.match(/[\\d.]+/g).map(Number);
const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
  .map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
  .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
const behind = (e) => {
  for (; e; e = e.parentElement) {
    const c = parse(getComputedStyle(e).backgroundColor);
    if (c.length === 3 || c[3] === 1) return c;
  }
  return [255, 255, 255];
};
const found = new Set();
for (const e of document.querySelectorAll("body *:not(svg):not(svg *):not(script)")) {
  if (![...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()) || !e.offsetParent) continue;
  const [a, b] = [light(parse(getComputedStyle(e).color)), light(behind(e))].sort((x, y) => y - x);
  if ((a + 0.05) / (b + 0.05) < 4.5) found.add(`${e.tagName}.${e.className}: ${e.textContent.slice(0, 30)}`);
}
return [...found];
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read(browser: webdriver.Chrome, prod: str, scheme: str) -> None:
    show(browser, prod, scheme=scheme)
    browser.execute_script("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert browser.execute_script(CONTRAST) == []
