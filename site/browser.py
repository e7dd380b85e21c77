"""The built site in a real Chromium: browser.py SITE [--all] [--pictures FOLDER]

Each kind of page, at 1280 and 390 pixels, light and dark: no finding of axe at WCAG 2.2 AA, nothing wider than the screen, no
error of a script, no request that leaves the site. Then the search: five questions, each with the page that answers it.
`--all` asks axe about every page, and `--pictures` keeps a picture of each kind."""

import argparse
import functools
import http.server
import os
import shutil
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

import axe_playwright_python
from playwright.sync_api import Page, sync_playwright

KINDS = {
    "home": "",
    "guide": "first-manifest/",
    "integration": "integration/",
    "editors": "editors/",
    "format": "manifest/",
    "section": "manifest/serving/",
    "lints": "lints/",
    "category": "categories/serving/",
    "lint": "lints/latency-budget-exceeded/",
    "lint-of-the-reader": "lints/duplicate-key/",
    "frameworks": "frameworks/",
    "framework": "frameworks/eu-ai-act/",
    "decisions": "decisions/",
    "missing": "404.html",
}
QUESTIONS = {
    "no fallback": "lints/no-fallback/",
    "latency budget": "lints/latency-budget-exceeded/",
    "pre-commit hook": "integration/",
    "exit code": "output/",
    "neovim": "editors/",
}
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"


ROOT = urlsplit(os.environ.get("SITE_ADDRESS", "")).path or "/"


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the site at the path that it was built for, as the page for what is missing needs."""

    def translate_path(self, path):
        return super().translate_path("/" + path.removeprefix(ROOT))

    def log_message(self, *_):
        pass


def served(site: Path) -> str:
    """The address at which the site is served on this machine until the program ends."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}{ROOT}"


def findings_of_axe(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("levels => axe.run(document, {runOnly: levels})", LEVELS)
    return [
        f"{one['id']}: {one['help']}: {node['target'][0]} {' '.join(node['html'].split())[:160]}"
        for one in result["violations"]
        for node in one["nodes"]
    ]


def look(page: Page, address: str) -> list[str]:
    """What is wrong with the page at an address."""
    wrong: list[str] = []

    def error(message):
        if message.type == "error":
            wrong.append(f"script: {message.text}")

    page.on("console", error)
    page.on("pageerror", lambda message: wrong.append(f"script: {message}"))
    page.goto(address, wait_until="networkidle")
    wrong += findings_of_axe(page)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 0:
        wrong.append(f"{wide} pixels wider than the screen")
    return wrong


def answers(page: Page, home: str, question: str) -> list[str]:
    """The addresses that the search gives to a question, best first."""
    page.goto(home, wait_until="networkidle")
    page.keyboard.press("/")
    page.keyboard.type(question, delay=15)
    page.wait_for_timeout(1500)
    links = page.evaluate(
        """() => { const found = []; const walk = root => { for (const element of root.querySelectorAll('*')) {
             if (element.shadowRoot) walk(element.shadowRoot);
             if (element.matches('a[href]') && element.closest('[class*=search], [role=dialog], ol, dialog') && (root !== document || element.closest('[data-md-component=search]')))
               found.push(element.href); } };
           walk(document); return found; }"""
    )
    return [link.split("?")[0].split("#")[0].removeprefix(home) for link in links]


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("site", type=Path)
    options.add_argument("--all", action="store_true")
    options.add_argument("--pictures", type=Path)
    options = options.parse_args()
    home = served(options.site.resolve())
    # Debian's Chromium where there is one; else the one that `playwright install chromium` brought.
    chromium = shutil.which("chromium")
    failures = seen = 0
    with sync_playwright() as playwright:
        # Its own sandbox does not work for root, as in a container.
        browser = playwright.chromium.launch(executable_path=chromium, chromium_sandbox=os.geteuid() != 0)
        for width in (1280, 390):
            for scheme in ("light", "dark"):
                context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
                left = []
                context.route(
                    lambda url: not url.startswith(home), lambda route: (left.append(route.request.url), route.abort())
                )
                pages = dict(KINDS)
                if options.all and (width, scheme) in ((1280, "light"), (390, "dark")):
                    every = {
                        str(path.parent.relative_to(options.site)) + "/" for path in options.site.rglob("index.html")
                    }
                    pages |= {path: path for path in sorted(every - set(KINDS.values()) - {"./"})}
                for kind, path in pages.items():
                    page = context.new_page()
                    wrong = look(page, home + path)
                    seen += 1
                    if options.pictures and kind in KINDS:
                        options.pictures.mkdir(parents=True, exist_ok=True)
                        page.screenshot(path=options.pictures / f"{kind}-{width}-{scheme}.png")
                    page.close()
                    failures += len(wrong)
                    for one in wrong:
                        print(f"/{path} {width} {scheme}: {one}")
                for url in left:
                    failures += 1
                    print(f"a request left the site: {url}")
                context.close()
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        for question, answer in QUESTIONS.items():
            found = answers(page, home, question)[:5]
            good = answer in found
            failures += not good
            print(
                f"search `{question}`: {'/' + answer + ' is answer ' + str(found.index(answer) + 1) if good else found}"
            )
        browser.close()
    print(f"{seen} looks at pages, {failures} findings")
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
