"""The cases of tests/cases: short passages with every statement that stands in them, and how the reader does.

    python -m evaluation.cases fr            failing cases by group, one line a difference, and the pass rate
    python -m evaluation.cases en --group marks --text

The format is explained at the head of tests/cases/en.toml; a file's language is the beginning of its name. Compared
are the words of content, cue and mention, form, kind, the resolved names without their article, and what else a
case gives. The comma or full stop that ends a part of a content counts for nothing, nor does the kind of apostrophe.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from selon.articles.article import make_article
from selon.articles.inputs import Loaded
from selon.reader import Reader
from selon.types import Act, Form, Gender, Hedge, Passage, Reading, SourceKind, Statement, StatementKind

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "cases"
_ARTICLE = re.compile(r"^(?:l'|d'|(?:le|la|les|un|une|des|du|de la|de l'|the|an?)\b) *", re.IGNORECASE)
_CASE = re.compile(r"^\[\[case\]\]", re.MULTILINE)
_QUOTED = ("content", "cue", "mention", "addressee", "medium", "when")


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One statement that a case expects; what is UNSET is not compared. `inside` counts from 1."""

    form: Form
    kind: StatementKind
    content: tuple[str, ...]
    cue: str
    mention: str
    sources: tuple[str, ...]
    in_title: bool = False
    source_kind: SourceKind | msgspec.UnsetType = msgspec.UNSET
    named: bool | msgspec.UnsetType = msgspec.UNSET
    gender: Gender | msgspec.UnsetType = msgspec.UNSET
    act: Act | msgspec.UnsetType = msgspec.UNSET
    addressee: str | msgspec.UnsetType = msgspec.UNSET
    medium: str | msgspec.UnsetType = msgspec.UNSET
    when: str | msgspec.UnsetType = msgspec.UNSET
    date: str | msgspec.UnsetType = msgspec.UNSET
    denied: bool | msgspec.UnsetType = msgspec.UNSET
    hedged_by: Hedge | msgspec.UnsetType = msgspec.UNSET
    speaks_for: str | msgspec.UnsetType = msgspec.UNSET
    inside: int | msgspec.UnsetType = msgspec.UNSET


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A passage and its statements. `where` is filled in on loading: file and line."""

    group: str
    text: str
    title: str | None = None
    published: str | None = None
    note: str = ""
    xfail: str = ""
    statement: tuple[Expected, ...] = ()
    where: str = ""
    language: str = ""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    case: tuple[Case, ...]


def load_cases(language: str, folder: Path = FOLDER) -> list[Case]:
    """All cases of a language. Raises msgspec.ValidationError for an unknown or missing key, naming its place."""
    return [case for path in sorted(folder.glob(f"{language}*.toml")) for case in read_cases(path, language)]


def read_cases(path: Path, language: str) -> list[Case]:
    """The cases of one file."""
    text = path.read_text(encoding="utf-8")
    try:
        cases = msgspec.convert(tomllib.loads(text), _File).case
    except msgspec.ValidationError as error:
        raise msgspec.ValidationError(f"{path.name}: {error}") from error
    lines = [text.count("\n", 0, match.start()) + 1 for match in _CASE.finditer(text)]
    return [
        msgspec.structs.replace(case, where=f"{path.name}:{line}", language=language)
        for case, line in zip(cases, lines, strict=True)
    ]


def misquoted(case: Case) -> list[str]:
    """The expected words that do not stand in the passage or its headline."""
    return [
        words
        for statement in case.statement
        for key in _QUOTED
        for words in _words(getattr(statement, key))
        if words not in ((case.title or "") if statement.in_title else case.text)
    ]


def _words(value: object) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return (value,) if isinstance(value, str) else ()


def read_all(cases: Iterable[Case]) -> list[Reading]:
    """The readings of cases, in their order."""
    return list(
        Reader().read_many(
            Loaded(
                case.where,
                make_article(case.text, language=case.language, title=case.title, published=case.published),
            )
            for case in cases
        )
    )


# --- what differs


def differences(case: Case, reading: Reading) -> list[str]:
    """One line for each thing that is not as the case expects."""
    read = sorted(
        reading.statements,
        key=lambda statement: (statement.content[0].where != "title", statement.content[0].start),
    )
    pairs = _paired(case.statement, read)
    lines: list[str] = []
    for number, expected in enumerate(case.statement):
        other = pairs.get(number)
        if other is None:
            lines.append(f"missed    {_shown(_as_expected(expected))}")
        else:
            lines.extend(_compared(number, pairs, expected, read, reading))
    taken = set(pairs.values())
    lines.extend(
        f"too many  {_shown(_as_read(statement, reading))}  ({statement.why})"
        for number, statement in enumerate(read)
        if number not in taken
    )
    return lines


def _paired(expected: Sequence[Expected], read: Sequence[Statement]) -> dict[int, int]:
    """Expected -> read, one to one, those first that share most words of their contents."""
    scored = []
    for number, one in enumerate(expected):
        words = set(" ".join(one.content).split())
        for other, statement in enumerate(read):
            if (statement.content[0].where == "title") != one.in_title:
                continue
            others = set(" ".join(part.text for part in statement.content).split())
            shared = len(words & others) / max(1, len(words | others))
            if shared > 0.2:
                same_cue = statement.cue is not None and statement.cue.text == one.cue
                scored.append((shared, same_cue, -number, -other))
    pairs: dict[int, int] = {}
    for _, _, number, other in sorted(scored, reverse=True):
        if -number not in pairs and -other not in pairs.values():
            pairs[-number] = -other
    return pairs


def _compared(
    number: int, pairs: Mapping[int, int], expected: Expected, read: Sequence[Statement], reading: Reading
) -> Iterable[str]:
    """The differences of one expected statement from the one that was read for it."""
    this = read[pairs[number]]
    want, have = _as_expected(expected), _as_read(this, reading)
    if "inside" in want:
        outer = [place for place, other in pairs.items() if read[other].id == this.inside]
        have["inside"] = str(outer[0] + 1) if outer else "none" if this.inside is None else "another"
    for key, value in want.items():
        if value != have[key]:
            yield f"{key:9s} expected {value!r} read {have[key]!r}  [{number + 1}, {this.why}]"


def _as_expected(expected: Expected) -> dict[str, str]:
    """The compared fields as text, only those that the case gives."""
    fields = {
        "content": _content(expected.content),
        "cue": _plain(expected.cue),
        "mention": _plain(expected.mention),
        "sources": _names(expected.sources),
        "form": expected.form,
        "kind": expected.kind,
    }
    for key in ("source_kind", "named", "gender", "act", "date", "denied", "hedged_by", "inside"):
        value = getattr(expected, key)
        if value is not msgspec.UNSET:
            fields[key] = str(value)
    for key in ("addressee", "medium", "when"):
        value = getattr(expected, key)
        if value is not msgspec.UNSET:
            fields[key] = _plain(value)
    if expected.speaks_for is not msgspec.UNSET:
        fields["speaks_for"] = _names((expected.speaks_for,))
    return fields


def _as_read(statement: Statement, reading: Reading) -> dict[str, str]:
    """The same fields of a statement as read."""
    by_id = {source.id: source for source in reading.sources}
    sources = [by_id[number] for number in statement.sources]
    first = sources[0] if sources else None
    represented = by_id[first.speaks_for].name if first and first.speaks_for else ""
    return {
        "content": _content(part.text for part in statement.content),
        "cue": _text(statement.cue),
        "mention": _text(statement.mention),
        "sources": _names(source.name for source in sources if source.kind != "anonymous" or source.mentions),
        "form": statement.form,
        "kind": statement.kind,
        "source_kind": first.kind if first else "anonymous",
        "named": str(first is not None and first.named),
        "gender": first.gender if first else "none",
        "act": statement.act,
        "date": str(statement.when.date if statement.when else None),
        "denied": str(statement.denied),
        "hedged_by": str(statement.hedged_by),
        "addressee": _text(statement.addressee),
        "medium": _text(statement.medium),
        "when": _text(statement.when),
        "speaks_for": _names((represented,)),
    }


def _plain(words: str) -> str:
    return words.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")


def _text(words: Passage | None) -> str:
    return _plain(words.text) if words else ""


def _content(parts: Iterable[str]) -> str:
    return " ⏎ ".join(_plain(part).rstrip(" ,.") for part in parts)


def _names(names: Iterable[str]) -> str:
    return " + ".join(sorted(_ARTICLE.sub("", _plain(name)).lower() for name in names))


def _shown(fields: dict[str, str]) -> str:
    return f"{fields['form']} {fields['content']!r} cue {fields['cue']!r} by {fields['sources'] or fields['mention']!r}"


# --- the daily tool


def main(arguments: Sequence[str] | None = None) -> None:
    """Print failing cases, grouped, and how many pass."""
    options = argparse.ArgumentParser(prog="python -m evaluation.cases", description=__doc__.split("\n")[0])
    options.add_argument("language")
    options.add_argument("--group", help="only this group")
    options.add_argument("--file", help="only files whose name has this in it")
    options.add_argument("--text", action="store_true", help="print the passage too")
    given = options.parse_args(arguments)
    cases = [
        case
        for case in load_cases(given.language)
        if given.group in (None, case.group) and (given.file is None or given.file in case.where)
    ]
    failing = {
        case.where: found
        for case, reading in zip(cases, read_all(cases), strict=True)
        if (found := differences(case, reading))
    }
    for group in dict.fromkeys(case.group for case in cases):
        members = [case for case in cases if case.group == group]
        passed = sum(case.where not in failing for case in members)
        print(f"\n== {group}: {passed} of {len(members)}")
        for case in members:
            for line in failing.get(case.where, ()):
                print(f"  {case.where:20s} {'(xfail) ' if case.xfail else ''}{line}")
            if given.text and case.where in failing:
                print(f"      {case.text!r}")
    rate = 100 * (1 - len(failing) / max(1, len(cases)))
    print(f"\n{len(cases) - len(failing)} of {len(cases)} cases pass ({rate:.0f} %)")


if __name__ == "__main__":
    main()
