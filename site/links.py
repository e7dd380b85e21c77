"""Links: those of the repository's Markdown, rewritten for the site, and those of the built site, each followed."""

import os
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Callable
from urllib.parse import unquote, urlsplit

LINK = re.compile(r"(?<!\\)\]\(([^()\s]+)\)")


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """The text with each line outside fenced code changed."""
    lines, fence = [], None
    for line in text.split("\n"):
        mark = re.match(r"\s*(```+|~~~+)", line)
        if mark and fence is None:
            fence = mark[1]
        elif mark and line.strip() == fence:
            fence = None
        elif fence is None:
            line = change(line)
        lines.append(line)
    return "\n".join(lines)


def rewritten(text: str, origin: str, page: str, target_of: Callable[[str, str], str | None]) -> str:
    """The text of the file `origin`, with its relative links as they are from `page`.

    `target_of` maps a path from the root of the repository and an anchor to a place of the site."""

    def link(match: re.Match) -> str:
        address = urlsplit(match[1])
        if address.scheme or match[1].startswith("//"):
            return match[0]
        path = os.path.normpath(os.path.join(os.path.dirname(origin), address.path)) if address.path else origin
        target = target_of(path, address.fragment)
        if target is None:
            sys.exit(f"site: {origin} links to {match[1]}, which does not exist")
        file, _, anchor = target.partition("#")
        way = "" if file == page else os.path.relpath(file, os.path.dirname(page) or ".")
        return f"]({way}{'#' if anchor else ''}{anchor})"

    return outside_code(text, lambda line: LINK.sub(link, line))


def slug(heading: str) -> str:
    """The anchor that GitHub gives to a heading."""
    text = re.sub(r"[^\w\- ]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower())
    return text.replace(" ", "-")


class Page(HTMLParser):
    """The links and anchors of an HTML page."""

    def __init__(self, text: str):
        super().__init__()
        self.links, self.anchors = [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name in ("id", "name") and value:
                self.anchors.add(value)
            if name in ("href", "src") and value and not (tag == "link" and ("rel", "canonical") in attributes):
                self.links.append(value)


def broken(site: Path, root: str) -> tuple[int, list[str]]:
    """How many links were followed, and those that lead nowhere: a missing page, file or anchor.

    `root` is the path that the site is served at."""
    pages = {path: Page(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}
    followed, found = 0, []
    for path, page in sorted(pages.items()):
        for link in page.links:
            address = urlsplit(link)
            if address.scheme or address.netloc or link.startswith("{"):
                continue
            followed += 1
            way = unquote(address.path)
            if way.startswith("/"):
                target = site / way.removeprefix(root).lstrip("/")
            else:
                target = path.parent / way if way else path
            target = Path(os.path.normpath(target))
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file():
                found.append(f"{path.relative_to(site)}: {link}")
            elif address.fragment and target in pages and unquote(address.fragment) not in pages[target].anchors:
                found.append(f"{path.relative_to(site)}: {link} has no such anchor")
    for path in sorted(site.rglob("*.md")):

        def follow(line: str) -> str:
            nonlocal followed
            for link in LINK.findall(re.sub(r"`[^`]*`", "", line)):
                address = urlsplit(link)
                if not address.scheme and address.path:
                    followed += 1
                    if not (path.parent / unquote(address.path)).exists():
                        found.append(f"{path.relative_to(site)}: {link}")
            return line

        outside_code(path.read_text(encoding="utf-8"), follow)
    return followed, found


if __name__ == "__main__":
    followed, found = broken(Path(sys.argv[1]), urlsplit(sys.argv[2]).path if len(sys.argv) > 2 else "/")
    print("\n".join(found) or f"{followed} links, none broken")
    sys.exit(bool(found))
