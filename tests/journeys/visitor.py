"""Somebody in front of the browser: reads, fills in, presses, and looks at what is shown."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

ROOT = Path(__file__).resolve().parents[2]
SCREENS = ROOT / "build" / "screens"
AXE = ROOT / "build" / "axe.min.js"
AXE_RUN = """async () => {
  const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const found = await axe.run(document, {runOnly: rules});
  const places = v => v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | ');
  return found.violations.map(v => `${v.id}: ${v.help} at ${places(v)}`);
}"""
NARROW = 320
PASSWORD = "a long enough secret"


class Visitor:
    """One page of one browser, and the address of the house."""

    def __init__(self, page: Page, house: str) -> None:
        self.page, self.house = page, house
        # What is wrong with pages looked at; the journey fails with all of it at its end.
        self.complaints: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message) -> None:
        if message.type == "error" and "favicon" not in message.text:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def was_refused(self, status: int) -> None:
        """Takes back the browser's own note of an answer that the story expects."""
        note = f"status of {status}"
        self.complaints = [each for each in self.complaints if note not in each]

    # Going somewhere
    def open(self, path: str) -> None:
        self.page.goto(self.house + path)

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        self.open("/account/login/")
        self.fill("E-mail address", email)
        self.fill("Password", password)
        self.press("Sign in", within="main")
        expect(self.page).not_to_have_url(re.compile("/login/"))

    def follow(self, text: str) -> None:
        """A link, which may look like a button."""
        links = self.page.get_by_role("link", name=text)
        links.or_(self.page.locator("a[role=button]", has_text=text)).first.click()

    # Filling in
    def fill(self, label: str, value: str) -> None:
        self.page.get_by_label(label, exact=True).fill(value)

    def choose(self, label: str, option: str) -> None:
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def tick(self, label: str) -> None:
        self.page.get_by_label(label, exact=True).check()

    def attach(self, label: str, file: Path) -> None:
        self.page.get_by_label(label, exact=True).set_input_files(file)

    def press(self, text: str, within: str = "body") -> None:
        self.page.locator(within).get_by_role("button", name=text).first.click()

    # Reading
    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    def sees(self, text: str | re.Pattern[str], seconds: float = 15) -> None:
        expect(self.page.locator("main")).to_contain_text(text, timeout=seconds * 1000)

    # Looking hard
    def look(self, name: str) -> None:
        """Pictures in both languages, wide and on a phone; axe and reflow on each."""
        here = self.page.url
        for language in ("en", "cy"):
            if self.page.locator("html").get_attribute("lang") != language:
                self.page.goto(self.in_other_language(self.page.url))
            self._check(f"{name}-{language}")
        self.page.goto(here)

    def in_other_language(self, address: str) -> str:
        path = address.removeprefix(self.house)
        path = path.removeprefix("/cy") if path.startswith("/cy/") else f"/cy{path}"
        return f"{self.house}{path}"

    def _check(self, name: str) -> None:
        lang = self.page.locator("html").get_attribute("lang")
        assert lang == name.rsplit("-", 1)[1], f"{self.page.url} says it is in {lang}"
        self.page.screenshot(path=SCREENS / f"{name}.png", full_page=True)
        self.check(name, SCREENS / f"{name}-phone.png")

    def picture(self, name: str, *, top: str, height: int) -> None:
        """A picture of so many pixels from an element down, over the page's width."""
        box = self.page.locator(top).bounding_box()
        clip = {"x": 0, "y": box["y"], "width": self.page.viewport_size["width"], "height": height}
        self.page.screenshot(path=SCREENS / f"{name}.png", full_page=True, clip=clip)

    def check(self, name: str, picture: Path | None = None) -> None:
        """Asks axe, wide and on a phone, where the page must fit; takes a picture of the latter.

        Of pages that are only passed by, the Welsh one is measured and not asked again: it has
        the same parts.
        """
        is_welsh = self.page.locator("html").get_attribute("lang") == "cy"
        found = [] if is_welsh and picture is None else self.axe()
        size = self.page.viewport_size
        self.page.set_viewport_size({"width": NARROW, "height": 700})
        if picture:
            self.page.screenshot(path=picture, full_page=True)
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        if not is_welsh:
            found += self.axe()  # the narrow page differs by its layout, not by its language
        self.page.set_viewport_size(size)
        self.complaints += [f"{name}, {self.page.url}: {each}" for each in dict.fromkeys(found)]
        if wide > NARROW:
            self.complaints.append(f"{name}: {wide} pixels wide on a phone of {NARROW}")

    def axe(self) -> list[str]:
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        return list(self.page.evaluate(AXE_RUN))
