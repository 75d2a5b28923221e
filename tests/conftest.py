"""What several tests of the outputs read: the example articles, and a reading in which every word is hostile."""

from __future__ import annotations

from pathlib import Path

import pytest

from selon import __version__
from selon.articles.article import make_article
from selon.articles.inputs import InputOptions, Loaded, read_inputs
from selon.reader import Reader
from selon.types import (
    Article,
    Cue,
    Engine,
    GenderCount,
    Headline,
    KindShare,
    Passage,
    Profile,
    Reading,
    Source,
    SourceShare,
    Statement,
    When,
)

EXAMPLES = Path(__file__).parent.parent / "examples"

# Stands in every field of the hostile reading; nothing of it may become markup, a link or a spreadsheet's formula.
HOSTILE = (
    "=HYPERLINK(\"javascript:alert(1)\") </style></title><script>document.title='owned'</script>"
    '<img src=x onerror="document.title=\'owned\'"> \'" onmouseover=alert(1) x=" {{ 7*7 }} {% raw %} ]]> &amp; '
    "\x1b[31m\u202e\u2066\u200b\x07 -->"
)


@pytest.fixture(scope="session")
def examples() -> list[Reading]:
    """The readings of the example articles, the French one first."""
    pages = sorted(map(str, EXAMPLES.glob("*.html")))
    loaded = [item for item in read_inputs(pages, InputOptions()) if isinstance(item, Loaded)]
    readings = list(Reader().read_many(loaded))
    assert [reading.article.language for reading in readings] == ["fr", "en"]
    return readings


@pytest.fixture(scope="session")
def hostile() -> Reading:
    """A reading made by hand in which the title, the text and every name try to be something else than words."""
    text = f"{HOSTILE}\n« {HOSTILE} », dit {HOSTILE}.\nFin : <b>tout</b> va bien ?"
    article = make_article(
        text,
        language="fr",
        title=HOSTILE,
        byline=[HOSTILE],
        section=HOSTILE,
        outlet=HOSTILE,
        url=f"javascript:alert(1)//{HOSTILE}",
        published=HOSTILE,
    )
    sources = tuple(_source(f"s{number}", speaks_for="s2" if number == 1 else None) for number in (1, 2, 3))
    statements = _statements(article)
    return Reading(
        input=HOSTILE,
        article=article,
        sources=sources,
        statements=statements,
        profile=_profile(article),
        warnings=(HOSTILE,),
        engine=Engine(version=__version__, models=(HOSTILE,)),
    )


def _source(id: str, speaks_for: str | None) -> Source:
    return Source(
        id=id,
        name=f"{HOSTILE} {id}",
        kind="person",
        named=True,
        gender="f",
        roles=(f"{HOSTILE} role",),
        speaks_for=speaks_for,
        mentions=(),
    )


def _statements(article: Article) -> tuple[Statement, ...]:
    """One statement in the text, one within it that reaches beyond its end, one in the title."""
    text, title = article.text, article.title or ""
    first = text.index("« ") + 2
    end, cue = first + len(HOSTILE), text.index("dit ")
    mention = Passage(start=cue + 4, end=cue + 4 + len(HOSTILE), text=HOSTILE)

    def passage(start: int, end: int) -> Passage:
        return Passage(start=start, end=end, text=text[start:end])

    outer = Statement(
        id="1",
        form="direct",
        kind="speech",
        content=(passage(0, 40), passage(first, end)),
        cue=Cue(start=cue, end=cue + 3, text="dit", lemma=HOSTILE),
        mention=mention,
        sources=("s1", "s2"),
        act="say",
        addressee=mention,
        medium=mention,
        when=When(start=mention.start, end=mention.end, text=HOSTILE, date="2024-02-03"),
        inside=None,
        hedged_by="author",
        denied=True,
        confidence=0.5,
        why=HOSTILE,
    )
    inner = _like(outer, id="2", content=(passage(first + 9, end + 5),), sources=("s3",), inside="1")
    whole = Passage(start=0, end=len(title), text=title, where="title")
    return outer, inner, _like(outer, id="3", content=(whole,), cue=None, mention=None, sources=())


def _like(statement: Statement, **changes: object) -> Statement:
    fields = {name: getattr(statement, name) for name in Statement.__struct_fields__}
    return Statement(**{**fields, **changes})


def _profile(article: Article) -> Profile:
    fin = article.text.index("Fin")
    return Profile(
        words=100,
        attributed_words=60,
        attributed_share=0.6,
        statements=1,
        by_source=tuple(SourceShare(source=id, statements=1, words=20, share=0.33) for id in ("s1", "s2")),
        top_share=0.33,
        by_kind={"person": KindShare(sources=2, statements=1, words=60, share=1.0)},
        unnamed_share=0.33,
        anonymous_share=0.33,
        single_source=True,
        second_hand=1,
        speaks_for={"s2": 0.66},
        hearsay=(Passage(start=fin, end=fin + 3, text="Fin"),),
        gender=GenderCount(f=1, m=0, unknown=1),
        headline=Headline(carried="part", by=("1",)),
        line=HOSTILE,
    )
