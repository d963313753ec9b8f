"""Explanations in the terminal, as the tree of folders that portals show. Everything is shown through `visible`."""

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from pipeline.report.terminal import terminal
from pipeline.report.words import STATUS_LABELS, day, flagged
from pipeline.showing import visible
from rules.folders import Explanation, Folder, Line
from rules.model import plain


def print_explanation(holder: str, explanation: Explanation, console: Console | None = None) -> None:
    """One holding: the folders of which one is to be completed, then every item that is in none of them, and why."""
    title = f"{holder} · {explanation.holding} · {explanation.program}, {explanation.level}"
    tree = Tree(Text(visible(title), style="bold"), guide_style="dim")
    status = STATUS_LABELS[explanation.status]
    if explanation.cycle_from is not None:
        status = f"{status}; cycle from {day(explanation.cycle_from)} until {day(explanation.cycle_until)}"
    tree.add(Text(status))
    if explanation.folders:
        root = tree.add(Text("1 Complete one of"))
        for folder in explanation.folders:
            _add_folder(root, folder)
    for heading, lines in (
        ("Counted in an earlier cycle", explanation.earlier),
        ("Not counted", explanation.not_counted),
    ):
        if lines:
            branch = tree.add(Text(heading))
            for line in lines:
                branch.add(_line(line))
    if explanation.flags:
        tree.add(Text(f"Note: {'; '.join(flagged(flag) for flag in explanation.flags)}", style="dim"))
    (console or terminal()).print(tree)


def _add_folder(root: Tree, folder: Folder) -> None:
    text = Text(f"{folder.number} {visible(folder.name)}")
    text.append(" (met)" if folder.met else "", style="green")
    unsure = ", not confirmed" if folder.needs_confirmation else ""
    text.append(f" [{folder.clause}: {visible(folder.source)}{unsure}]", style="dim")
    branch = root.add(text)
    for part in folder.parts:
        lacks = f", still missing: {part.missing}" if part.missing else ""
        branch.add(Text(f"{plain(part.reached)} of {visible(part.name)}{visible(lacks)}"))
    for line in folder.lines:
        branch.add(_line(line))
    if folder.may_hold:
        branch.add(Text(f"Takes: {visible('; '.join(folder.may_hold))}", style="dim"))


def _line(line: Line) -> Text:
    mark = "+" if line.counted else "–"
    text = Text(f"{mark} {visible(line.sentence)}")
    reason = f"{line.reason}; " if line.reason else ""
    text.append(f" [{reason}{line.clause}: {visible(line.source)}]", style="dim")
    return text
