"""The lints as pages: front matter as a readable head, the page itself, what it reports, and its condition."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

KINDS = {
    "missing-piece": "Something that a system of this stage and risk needs is not written down.",
    "contradiction": "Two statements of the design cannot both be true.",
    "reference": "A name, path or key leads nowhere, or to the wrong thing.",
    "quantity": "The numbers do not add up.",
    "evidence": "The files of the repository do not bear out what the manifest says.",
}
SEVERITIES = ("error", "warning", "advice")
# What the page says elsewhere, or what only the tests of this repository read.
NOT_CONDITION = {
    "severity",
    "kind",
    "since",
    "sources",
    "frameworks",
    "formerly",
    "status",
    "replaced_by",
    "raised",
    "reader",
    "untestable",
    "waivable",
}


@dataclass
class Lint:
    """One file of `lints/`."""

    name: str
    category: str
    title: str
    head: dict
    source: str = field(repr=False)
    body: str = field(repr=False)
    reports: str = field(repr=False)
    judged: dict | None = None

    @property
    def file(self) -> str:
        return f"lints/{self.name}.md"

    @property
    def severity(self) -> str:
        return f'<span class="severity {self.head["severity"]}">{self.head["severity"]}</span>'

    @property
    def summary(self) -> str:
        """The first sentence of the page, for search results and `llms.txt`."""
        paragraph = self.body.strip().split("\n\n")[0]
        return re.sub(r"[`*]", "", paragraph.split("\n")[0])


def read_all(root: Path) -> list[Lint]:
    """The lints by category and name."""
    drawn, verdicts = root / "tests/suite/snapshots/lints", root / "lints/judged.json"
    judged = json.loads(verdicts.read_text(encoding="utf-8")) if verdicts.is_file() else {}
    paths = sorted(root.glob("lints/*/*.md"))
    return [read(path, drawn / f"{path.stem}.snap", judged.get(path.stem)) for path in paths]


def read(path: Path, snapshot: Path, judged: dict | None) -> Lint:
    _, head, text = re.split(r"^---\n", path.read_text(encoding="utf-8"), maxsplit=2, flags=re.MULTILINE)
    title, body = re.fullmatch(r"\s*# (.+?)\n(.*)", text, flags=re.DOTALL).groups()
    # What follows is for the tests of this repository; `mlsystem explain` leaves it out too.
    body = re.split(r"^## Mutations\n", body, flags=re.MULTILINE)[0].rstrip() + "\n"
    reports = snapshot.read_text(encoding="utf-8").split("---\n", 2)[2].strip("\n") if snapshot.is_file() else ""
    return Lint(path.stem, path.parent.name, title, yaml.safe_load(head), head, body, reports, judged)


def page(lint: Lint, frameworks: dict[str, dict]) -> str:
    """The Markdown of one lint."""
    head = lint.head
    facts = {
        "Severity": lint.severity,
        "Kind": f"[{head['kind']}](index.md#kinds)",
        "Category": f"[{lint.category}](../categories/{lint.category}.md)",
        "Since": head["since"],
    }
    if head.get("reader"):
        facts["Reader"] = head["reader"]
    if head.get("status"):
        facts["Status"] = head["status"]
    parts = [
        f"# {lint.name}\n",
        f"**{lint.title}**\n",
        table(facts.keys(), [facts.values()]),
    ]
    if head.get("replaced_by"):
        parts.append(f"Use [{head['replaced_by']}]({head['replaced_by']}.md) instead.\n")
    if head.get("formerly"):
        parts.append("Formerly " + ", ".join(f"`{old}`" for old in head["formerly"]) + ".\n")
    stages = ", ".join(f"{severity} at stage `{stage}`" for stage, severity in head.get("severity_in", {}).items())
    if stages:
        parts.append(f"Severity by stage: {stages}.\n")
    if supported := head.get("frameworks"):
        clauses = "; ".join(
            f"[{frameworks[name]['title']}](../frameworks/{name}.md) {', '.join(map(str, clauses))}"
            for name, clauses in supported.items()
            if name in frameworks
        )
        if clauses:
            parts.append(f"Supports evidence for: {clauses}.\n")
    if judged := lint.judged:
        parts.append(
            f"Judged on {len(judged['systems'])} published systems: of {judged['judged']} findings {judged['right']} were right, "
            f"and {judged['worth_it']} of them worth acting on.\n"
        )
    if head.get("waivable") is False:
        parts.append("This lint cannot be waived.\n")
    why, examples = split_at(lint.body, "## Bad")
    bad, good = split_at(examples, "## Good")
    parts += [why, bad]
    if lint.reports:
        parts.append(f"## What it reports\n\n```text\n{lint.reports}\n```\n")
    parts.append(good)
    if options := head.get("options"):
        rows = [(f"`{name}`", f"`{option['default']}`", option["means"]) for name, option in options.items()]
        parts += ["## Options\n", "Set in the [workspace file](../workspace.md#the-document) under `options`.\n"]
        parts.append(table(("Option", "Default", "Meaning"), rows))
    if condition := front_matter(lint.source, NOT_CONDITION):
        parts.append(
            "## Condition\n\nThe lint as it is declared, in the [language of lint files](../own-lints.md).\n\n"
            f"```yaml\n{condition}\n```\n"
        )
    else:
        parts.append("## Condition\n\nReported while files are read, before any lint is evaluated.\n")
    if sources := head.get("sources"):
        parts.append("## Sources\n\n" + "".join(f"- {source}\n" for source in sources))
    return "\n".join(part.strip("\n") + "\n" for part in parts if part)


def split_at(text: str, heading: str) -> tuple[str, str]:
    """The text before a heading, and the rest from it on."""
    match = re.search(rf"^{heading}\n", text, flags=re.MULTILINE)
    return (text[: match.start()], text[match.start() :]) if match else (text, "")


def front_matter(source: str, without: set[str]) -> str:
    """The top-level entries of a front matter as they are written, without some keys."""
    entries = re.split(r"^(?=[a-z_]+:)", source, flags=re.MULTILINE)
    return "".join(entry for entry in entries if entry and entry.split(":")[0] not in without).strip("\n")


def table(head, rows) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def listing(lints: list[Lint], up: str) -> str:
    """A table of lints."""
    return table(
        ("Lint", "What is wrong", "Severity", "Kind"),
        [(f"[`{l.name}`]({up}{l.file})", l.title, l.severity, l.head["kind"]) for l in lints],
    )


def index(lints: list[Lint], categories: dict[str, list[Lint]]) -> str:
    """The overview of all lints."""
    parts = [
        "# Lints\n",
        f"{len(lints)} lints in {len(categories)} categories. "
        "`mlsystem explain NAME` prints the same page in the terminal.\n",
        "## Kinds\n",
        table(
            ("Kind", "Lints", "A lint of this kind reports"),
            [(f"`{kind}`", str(sum(l.head["kind"] == kind for l in lints)), what) for kind, what in KINDS.items()],
        ),
        "The severity of a lint is the one in production at limited risk. "
        "A missing piece is advice in research and one step milder in a prototype; missing pieces and evidence are one step "
        "more severe at high risk and one step milder at minimal risk. "
        "Contradictions, references and quantities are wrong at every stage.\n",
        "## Categories\n",
        table(
            ("Category", "Lints", *SEVERITIES),
            [
                (
                    f"[{name}](../categories/{name}.md)",
                    str(len(own)),
                    *(str(sum(l.head["severity"] == severity for l in own)) for severity in SEVERITIES),
                )
                for name, own in categories.items()
            ],
        ),
    ]
    for name, own in categories.items():
        parts += [f"## {name}\n", listing(own, "../")]
    return "\n".join(parts)
