"""The documents say what is there: links lead somewhere, names of files exist, the page on languages has every key."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from evaluation.cases import read_cases

from selon.cuelist import compile_cues
from selon.language import read_words
from selon.wordlists import Conjugation, CueWords, WordList
from tests.test_languages import KINDS

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted((*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("examples/*.md")))
LANGUAGES = (ROOT / "docs" / "languages.md").read_text(encoding="utf-8")

_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_CODE = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(r"(?!\.\w+(?:\.gz)?$)[\w.-]+(?:/[\w.-]+)*/?")  # not ".html", which ends a name
_FILES = re.compile(r"\.(?:py|toml|md|json|png|html|css|jinja|cfg)$")
_SECTION = re.compile(r"^### (\w+)\.toml$(.*?)(?=^##)", re.MULTILINE | re.DOTALL)
_KEYS = re.compile(r"^- (`[\w.]+`(?:, `[\w.]+`)*)( \(optional\))?:", re.MULTILINE)
_NAME_IN_FILE = re.compile(r"`(_?[A-Z][A-Z_]+)`\s+in\s+`([\w/.]+\.py)`")
_MACHINE = re.compile(r"(?<![\w.:/])/(?:root|home/\w|tmp|work|Users|mnt)\b|\b[A-Z]:\\\w")
_REGISTRY = re.compile(r"\bpy[p]i\b|python[h]osted|index-[u]rl|arti[f]actory|dev[p]i", re.IGNORECASE)
# What the documents name and the program or the reader makes, and the data beside the project.
_MADE = ("out/", ".venv", "corpora/", "../shared", "pages/", "tests/cases/es.toml", "training/cards/es.md")
_MADE_IN = ("src/selon/languages/es", "src/selon/languages/<code>", "article.es.txt")


def prose(document: Path) -> str:
    return _FENCED.sub("", document.read_text(encoding="utf-8"))


def anchors(document: Path) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    headings = _HEADING.findall(prose(document))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    broken = []
    for link in _LINK.findall(document.read_text(encoding="utf-8")):
        if link.startswith("https://"):
            continue
        name, _, anchor = link.partition("#")
        target = (document.parent / name).resolve() if name else document
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_that_are_named_exist(document: Path) -> None:
    missing = []
    for code in _CODE.findall(prose(document)):
        if not _PATH.fullmatch(code) or not ("/" in code or _FILES.search(code)):
            continue
        if code.startswith((*_MADE, *_MADE_IN)):
            continue
        near = (ROOT, document.parent, ROOT / "src/selon/languages/fr", ROOT / "evaluation")
        if not any((folder / code).exists() for folder in near):
            missing.append(code)
    assert missing == []


def test_names_that_the_page_on_languages_gives_stand_in_their_files() -> None:
    named = _NAME_IN_FILE.findall(LANGUAGES)
    assert len(named) >= 6
    gone = [
        (name, file)
        for name, file in named
        if not re.search(rf"^{name}\b.*= ", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert gone == []


# --- every key of every word list


def keys(kind: type[msgspec.Struct], before: str = "") -> Iterator[tuple[str, bool]]:
    """The keys of a word list, those of its tables after a dot, and whether each may be left out."""
    for field in msgspec.structs.fields(kind):
        yield before + field.encode_name, not field.required
        for inner in _records_in(field.type):
            yield from keys(inner, f"{before}{field.encode_name}.")


def _records_in(kind: object) -> list[type[msgspec.Struct]]:
    """The records that a type of a field is made of: `tuple[VerbGroup, ...]` has one."""
    if isinstance(kind, type) and issubclass(kind, WordList):
        return [kind]
    return [record for inner in getattr(kind, "__args__", ()) for record in _records_in(inner)]


def told(section: str) -> list[tuple[str, bool]]:
    return [
        (name, bool(optional)) for names, optional in _KEYS.findall(section) for name in re.findall(r"[\w.]+", names)
    ]


def test_the_page_on_languages_has_every_file() -> None:
    assert sorted(name for name, _ in _SECTION.findall(LANGUAGES)) == sorted(KINDS)


@pytest.mark.parametrize("file", KINDS)
def test_the_page_on_languages_has_every_key_of_a_file(file: str) -> None:
    """Each once, no other, and marked as optional where a language may leave it out."""
    sections = dict(_SECTION.findall(LANGUAGES))
    assert sorted(told(sections[file])) == sorted(keys(KINDS[file]))


def test_the_values_that_the_page_on_languages_names_are_all_there_are() -> None:
    sections = dict(_SECTION.findall(LANGUAGES))
    groups = {field.name: field.type for field in msgspec.structs.fields(KINDS["labels"])}
    for name in ("forms", "kinds", "source_kinds", "hedges", "carried"):
        line = next(line for line in sections["labels"].split("\n- ") if line.startswith(f"`{name}`"))
        values = groups[name].__args__[0].__args__
        assert [value for value in values if not re.search(rf"\b{value}\b", line)] == []
    acts = groups["acts"].__args__[0].__args__
    line = next(line for line in sections["cues"].split("\n- ") if line.startswith("`verbs.act`"))
    assert [act for act in acts if not re.search(rf"\b{act}\b", line)] == []


# --- the examples of the page on languages


def examples() -> dict[str, str]:
    """The TOML blocks by the name on their first line."""
    blocks = [text for kind, text in _FENCED.findall(LANGUAGES) if kind == "toml"]
    return {text.split("\n", 1)[0].removeprefix("# "): text for text in blocks}


def test_the_example_lists_load_and_inflect() -> None:
    shown = examples()
    cues = compile_cues(
        read_words(shown["cues.toml"].encode(), "cues.toml", CueWords),
        read_words(shown["conjugation.toml"].encode(), "conjugation.toml", Conjugation),
    )
    for form, lemma in (("declaró", "declarar"), ("dijeron", "decir"), ("acusado", "acusar"), ("creen", "creer")):
        assert [entry.lemma for entry in cues.verbs[form] if not entry.rest] == [lemma]
    assert [(entry.lemma, entry.rest) for entry in cues.verbs["dio"]] == [("dar a entender", ("a", "entender"))]
    assert cues.nouns["anuncios"][0].act == "announce"
    assert cues.phrases["para"][0].ambiguous
    assert cues.idle == {"es": (("decir",),)}


def test_the_example_cases_load_and_quote_their_passage(tmp_path: Path) -> None:
    path = tmp_path / "es.toml"
    path.write_text(examples()["case"], encoding="utf-8")
    with_one, without = read_cases(path, "es")
    assert without.statement == ()
    assert all(part in with_one.text for part in (*with_one.statement[0].content, with_one.statement[0].mention))


# --- what no file of the project may hold


def tracked() -> list[Path]:
    """The files that are part of the project, as git has them."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("there is no git here to ask which files are part of the project")
    listed = subprocess.run(
        [git, "-c", f"safe.directory={ROOT}", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    )
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def test_no_file_names_a_place_on_a_machine_or_a_package_registry() -> None:
    found = []
    for path in tracked():
        data = path.read_bytes()
        if b"\0" in data:
            continue
        text = data.decode("utf-8", "replace")
        found += [
            f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, match.start()) + 1}: {match.group()}"
            for pattern in (_MACHINE, _REGISTRY)
            for match in pattern.finditer(text)
        ]
    assert found == []
