"""Lays out the pages of the site from the files of the repository: pages.py FOLDER [ADDRESS]

Writes FOLDER/docs (the pages with their front matter), FOLDER/raw (the Markdown that is served beside them, `llms.txt`
and files that pages link to) and FOLDER/zensical.toml."""

import json
import os
import re
import shutil
import sys
from pathlib import Path

import yaml

import lints as lint_pages
from links import outside_code, rewritten, slug

ROOT = Path(__file__).resolve().parent.parent
START = ("tutorial", "first-manifest")
GUIDES = (
    "adoption",
    "fixes",
    "integration",
    "output",
    "editors",
    "vscode",
    "agents",
    "evidence",
    "coverage",
    "own-lints",
    "workspace",
)
PROJECT = ("changelog", "contributing", "performance", "decisions", "releasing")
# Pages from outside `docs`, by the file that each is made of.
ELSEWHERE = {
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "editors/vscode/README.md": "vscode.md",
    "skills/mlsystem/SKILL.md": "agents.md",
}
FORMAT = "docs/manifest.md"


class Site:
    """The pages that were laid out so far, by their file."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.pages: dict[str, tuple[str, str]] = {}
        self.lints = lint_pages.read_all(ROOT)
        self.categories: dict[str, list] = {}
        for lint in self.lints:
            self.categories.setdefault(lint.category, []).append(lint)
        self.frameworks = {
            path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
            for path in sorted(ROOT.glob("lints/frameworks/*.yaml"))
        }
        self.sections = sections((ROOT / FORMAT).read_text(encoding="utf-8"))
        self.sources: set[str] = set()

    def target(self, path: str, anchor: str) -> str | None:
        """Where a path of the repository is found on the site."""
        after = f"#{anchor}" if anchor else ""
        if path in ELSEWHERE:
            return ELSEWHERE[path] + after
        if path == FORMAT:
            return (
                next((f"{page}{after}" for page, _, anchors, _ in self.sections if anchor in anchors), None)
                if anchor
                else "manifest/index.md"
            )
        if path in ("lints", "lints/README.md"):
            return "lints/index.md" + after
        if path == "docs":
            return "index.md"
        if match := re.fullmatch(r"docs/([\w-]+\.md)", path):
            return match[1] + after if (ROOT / path).is_file() else None
        if match := re.fullmatch(r"lints/frameworks/([\w-]+)\.yaml", path):
            return f"frameworks/{match[1]}.md"
        if match := re.fullmatch(r"lints/[\w-]+/([\w-]+\.md)", path):
            return f"lints/{match[1]}{after}"
        if (ROOT / path).is_file():
            self.sources.add(path)
            return f"source/{path}{after}"
        return None

    def add(self, file: str, text: str, description: str = "", title: str = "") -> None:
        heading = re.search(r"^# (.+)$", text, flags=re.MULTILINE)
        self.pages[file] = (text, description)
        head = {"title": title or re.sub(r"[`*]", "", heading[1]), "description": description, "markdown": file}
        head = {key: value for key, value in head.items() if value}
        write(self.folder / "docs" / file, f"---\n{yaml.safe_dump(head, allow_unicode=True, width=1000)}---\n\n{text}")
        write(self.folder / "raw" / file, re.sub(r'<span class="severity \w+">(\w+)</span>', r"\1", text))

    def document(self, origin: str, file: str, description: str = "") -> None:
        """A page made of one file of the repository."""
        text = (ROOT / origin).read_text(encoding="utf-8")
        text = re.sub(r"\A---\n.*?\n---\n+", "", text, flags=re.DOTALL)
        text = re.sub(r"^<!--.*?-->\n", "", text, flags=re.MULTILINE)
        self.add(file, rewritten(pictures(text), origin, file, self.target), description or first_sentence(text))

    def lay_out(self) -> None:
        for origin, file in ELSEWHERE.items():
            self.document(
                origin, file, "The design linter for production machine-learning systems" if file == "index.md" else ""
            )
        for path in sorted(ROOT.glob("docs/*.md")):
            if path.name != "manifest.md":
                self.document(f"docs/{path.name}", path.name)
        for file, title, _, text in self.sections:
            self.add(
                file,
                rewritten(text, FORMAT, file, self.target),
                first_sentence(text),
                "" if file.endswith("index.md") else f"{title}: manifest",
            )
        self.add("lints/index.md", lint_pages.index(self.lints, self.categories), "All lints by category")
        for name, own in self.categories.items():
            listing = f"# Lints: {name}\n\n{lint_pages.listing(own, '../')}"
            self.add(f"categories/{name}.md", listing, f"The {len(own)} lints of the category {name}")
        for lint in self.lints:
            self.add(lint.file, lint_pages.page(lint, self.frameworks), lint.title, f"{lint.name}: {lint.title}")
        rows = [(f"[{one['title']}]({name}.md)", one["edition"]) for name, one in self.frameworks.items()]
        intro = "# Frameworks\n\nWhich lints support evidence for which clause. `mlsystem coverage` prints it for one manifest.\n"
        self.add(
            "frameworks/index.md",
            f"{intro}\n{lint_pages.table(('Framework', 'Edition'), rows)}",
            "Frameworks that lints support evidence for",
        )
        for name, framework in self.frameworks.items():
            self.add(
                f"frameworks/{name}.md",
                framework_page(name, framework, self.lints),
                f"The lints that speak to {framework['title']}",
            )

    def named(self, file: str) -> str:
        return re.sub(r"[`*]", "", re.search(r"^# (.+)$", self.pages[file][0], flags=re.MULTILINE)[1])

    def navigation(self) -> list:
        def there(names):
            return [{self.named(f"{name}.md"): f"{name}.md"} for name in names if f"{name}.md" in self.pages]

        known = {*START, *GUIDES, *PROJECT, "index"}
        others = sorted(Path(file).stem for file in self.pages if "/" not in file and Path(file).stem not in known)
        return [
            {"Start": ["index.md", *there(START)]},
            {"Guides": there([*GUIDES, *others])},
            {"Manifest": [file if file.endswith("index.md") else {title: file} for file, title, _, _ in self.sections]},
            {
                "Lints": [
                    "lints/index.md",
                    *(
                        {name: [{"Overview": f"categories/{name}.md"}, *({one.name: one.file} for one in own)]}
                        for name, own in self.categories.items()
                    ),
                ]
            },
            {
                "Frameworks": [
                    "frameworks/index.md",
                    *({one["title"]: f"frameworks/{name}.md"} for name, one in self.frameworks.items()),
                ]
            },
            {"Project": there(PROJECT)},
        ]

    def formerly(self) -> dict[str, str]:
        """The pages of former names, with those of the names of today."""
        return {f"lints/{old}.md": lint.file for lint in self.lints for old in lint.head.get("formerly", [])}

    def index_for_models(self, address: str) -> str:
        """`llms.txt`: what the site has, for programs that read Markdown."""
        lines = ["# mlsystem", "", "> The design linter for production machine-learning systems.", ""]

        def entry(title: str, file: str) -> str:
            description = self.pages[file][1]
            return f"- [{title}]({address}{file})" + (f": {description}" if description else "")

        def walk(items, level):
            for item in items:
                if isinstance(item, str):
                    lines.append(entry(self.named(item), item))
                    continue
                ((title, inner),) = item.items()
                if isinstance(inner, str):
                    lines.append(entry(title, inner))
                else:
                    lines.extend(["", f"{'#' * level} {title}", ""])
                    walk(inner, level + 1)

        walk(self.navigation(), 2)
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


def sections(text: str) -> list[tuple[str, str, set[str], str]]:
    """The reference of the format as pages: file, title, anchors and text of each.

    What comes before the first section of the document is the first page."""
    text = re.sub(r"^<!--.*?-->\n", "", text, flags=re.MULTILINE)
    before, after = re.search(r"^(.*?^## The document\n.*?)^(## .*)$", text, flags=re.MULTILINE | re.DOTALL).groups()
    parts = [("manifest/index.md", "Manifest", before)]
    for part in re.split(r"\n(?=## )", after):
        title = part[3:].split("\n")[0].strip("` ")
        lifted = outside_code(part, lambda line: re.sub(r"^#(#+ )", r"\1", line))
        parts.append((f"manifest/{slug(title)}.md", title, lifted))
    return [
        (file, title, {slug(heading) for heading in re.findall(r"^#+ (.+)$", part, flags=re.MULTILINE)}, part)
        for file, title, part in parts
    ]


def framework_page(name: str, framework: dict, lints: list) -> str:
    """The clauses of a framework, each with the lints that support evidence for it."""
    clauses = {clause for section in framework["sections"].values() for clause in section.get("clauses", {})}
    of = {}
    for lint in lints:
        for clause in map(str, lint.head.get("frameworks", {}).get(name, [])):
            # A lint may name a part of a clause that the framework lists.
            listed = (
                clause
                if clause in clauses
                else max((one for one in clauses if clause.startswith(str(one))), key=len, default=clause)
            )
            of.setdefault(listed, {})[lint.name] = f"[{lint.name}](../{lint.file})"
    parts = [f"# {framework['title']}\n", f"{framework['edition']}.\n", f"Certainty: {framework['certainty']}.\n"]
    parts.append("Support for evidence is not legal advice, and no lint decides whether a clause is met.\n")
    for title, section in framework["sections"].items():
        parts.append(f"## {title}\n")
        if direct := of.get(section.get("id")):
            parts.append(f"The section as a whole: {', '.join(direct.values())}.\n")
        rows = []
        for clause, what in section.get("clauses", {}).items():
            what = what if isinstance(what, dict) else {"title": what}
            linked = ", ".join(of.get(str(clause), {}).values()) or f"None: {what.get('none', framework['none'])}"
            rows.append((str(clause).replace(" ", " "), what["title"], linked))
        if rows:
            parts.append(lint_pages.table(("Clause", "Demand", "Lints"), rows))
    return "\n".join(parts)


def pictures(text: str) -> str:
    """A picture in two colourings, as GitHub takes it, in the words of the generator."""
    return re.sub(
        r'<picture>\s*<source media="\(prefers-color-scheme: dark\)" srcset="([^"]+)">\s*<img alt="([^"]*)" src="([^"]+)">\s*</picture>',
        r"![\2](\3#only-light)\n![\2](\1#only-dark)",
        text,
    )


def first_sentence(text: str) -> str:
    """The first sentence of running text, without marks."""
    for block in text.split("\n\n"):
        if re.match(r"[\w`*\[]", block.strip()):
            plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", block.strip())
            return re.split(r"(?<=[.!?])\s", re.sub(r"[`*]", "", plain))[0]
    return ""


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def toml(value) -> str:
    """Lists, mappings and texts as TOML in one line."""
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(f"{json.dumps(key, ensure_ascii=False)} = {toml(inner)}" for key, inner in value.items())
            + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def main() -> None:
    folder, address = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""
    shutil.rmtree(folder, ignore_errors=True)
    site = Site(folder)
    site.lay_out()
    for path in sorted(ROOT.glob("docs/*.schema.json")):
        shutil.copy(path, folder / "raw" / path.name)
    for path in site.sources:
        for kind in ("docs", "raw"):
            if kind == "raw" or path.endswith((".svg", ".png")):
                (folder / kind / "source" / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / path, folder / kind / "source" / path)
    write(folder / "raw/llms.txt", site.index_for_models(address))
    here = ROOT / "site"
    shutil.copytree(here / "overrides", folder / "overrides")
    for asset in ("site.css", "site.js", "favicon.svg"):
        shutil.copy(here / asset, folder / "docs")
    settings = (here / "zensical.toml").read_text(encoding="utf-8")
    own = [f"nav = {toml(site.navigation())}"] + ([f"site_url = {toml(address)}"] if address else [])
    settings = settings.replace("[project]\n", "[project]\n" + "\n".join(own) + "\n", 1)
    if moved := site.formerly():
        settings += f"\n[project.plugins.redirects]\nredirect_maps = {toml(moved)}\n"
    write(folder / "zensical.toml", settings)
    print(f"{len(site.pages)} pages, {len(site.formerly())} redirects")


if __name__ == "__main__":
    os.umask(0o022)
    main()
