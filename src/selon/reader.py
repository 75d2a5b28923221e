"""The one visible order of the steps: an article in, a reading out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import NamedTuple

from spacy.language import Language as Pipeline

from selon import __version__
from selon.articles.inputs import Loaded
from selon.language import Language, load
from selon.models.learned import reread
from selon.models.session import Session, session_for
from selon.models.wide import wide_statements
from selon.models.wide_tagger import WideTagger, wide_tagger_for
from selon.parse import parse_texts
from selon.pipeline import load_pipeline
from selon.steps.attributes import attributes
from selon.steps.headline import headline_check
from selon.steps.hearsay import hearsay
from selon.steps.mended import mended
from selon.steps.profile import profile
from selon.steps.quotations import Quotations
from selon.steps.sources import resolve
from selon.steps.statements import statements
from selon.tokens import Tokens, passage
from selon.types import (
    Article,
    Attributes,
    Cue,
    Engine,
    Found,
    Passage,
    Reading,
    Resolution,
    SourceKind,
    Span,
    Statement,
    StatementKind,
    When,
)

_BATCH = 32
_RULES_ONLY = "read by the rules alone: the learned reader was not trained on this language model"
_NOT_WIDE = "not read in the wide sense: the wide tagger was trained on English and on the shipped language model only"
Parsed = tuple[Tokens, Quotations]


class _Models(NamedTuple):
    """What reads a language: with a tagger the wide sense, with a session rules and learned reader, else the rules."""

    pipeline: Pipeline
    session: Session | None
    tagger: WideTagger | None


class Reader:
    """Reads articles of every language that is there; `model` names another spaCy pipeline than the shipped one.

    By the rules alone, or with `learned` by rules and learned reader together, which finds more and takes longer. A
    language or pipeline that the learned reader was not trained on is read by the rules, and a warning says so. With
    `wide` the statements are those of the wide tagger instead, where it was trained: PolNeAR's scope and boundaries.

    >>> reading = Reader().read(make_article("« Nous partons », a dit Anne Roux.", language="fr"))
    >>> reading.statements[0].content[0].text
    'Nous partons'
    """

    def __init__(self, model: str | None = None, *, learned: bool = False, wide: bool = False) -> None:
        self._model = model
        self._learned = learned
        self._wide = wide

    def read(self, article: Article, *, input: str = "", warnings: Sequence[str] = ()) -> Reading:
        """One article. Raises LanguageError where its language or the named pipeline is not there."""
        return next(self.read_many([Loaded(input, article, tuple(warnings))]))

    def read_many(self, loaded: Iterable[Loaded]) -> Iterator[Reading]:
        """Many articles, parsed in batches; readings come in the order of the articles."""
        stream = iter(loaded)
        while batch := list(islice(stream, _BATCH)):
            for code, group in groupby(batch, key=lambda item: item.article.language):
                yield from self._read_batch(list(group), load(code))

    def engine(self, code: str) -> Engine:
        """What reads articles in the language of that code: this program and the models it takes.

        Raises LanguageError where the language or the named pipeline is not there.
        """
        pipeline, session, tagger = self._models(code)
        names = [f"{pipeline.meta['lang']}_{pipeline.meta['name']} {pipeline.meta['version']}"]
        names += [f"{one.config.name} {one.config.version}" for one in (session, tagger) if one is not None]
        return Engine(version=__version__, models=tuple(names))

    def _models(self, code: str) -> _Models:
        pipeline = load_pipeline(load(code).code, self._model)
        tagger = wide_tagger_for(pipeline, code) if self._wide else None
        return _Models(pipeline, session_for(pipeline, code) if self._learned and tagger is None else None, tagger)

    def _read_batch(self, batch: Sequence[Loaded], language: Language) -> Iterator[Reading]:
        pipeline, session, tagger = self._models(language.code)
        engine = self.engine(language.code)
        texts = [text for item in batch for text in (item.article.text, item.article.title or "")]
        parsed = parse_texts(texts, pipeline)
        warnings = [_NOT_WIDE] if self._wide and tagger is None else []
        warnings += [_RULES_ONLY] if self._learned and session is None and tagger is None else []
        for given in batch:
            item = given._replace(warnings=(*given.warnings, *warnings))
            yield read_parsed(item, next(parsed), next(parsed), language, engine, session=session, tagger=tagger)


def read_parsed(
    item: Loaded,
    text: Parsed,
    title: Parsed,
    language: Language,
    engine: Engine,
    *,
    session: Session | None = None,
    tagger: WideTagger | None = None,
) -> Reading:
    """The steps in their order, from the parsed text and title of an article to its reading."""
    article = item.article
    tokens, quotations = mended(text[0], language), text[1]
    title_tokens, title_quotations = mended(title[0], language), title[1]
    found = _found((tokens, quotations), (title_tokens, title_quotations), language, session, tagger)
    resolution = resolve(tokens, title_tokens, found, language, article.byline)
    how = attributes(tokens, title_tokens, found, language, article.published)
    told = tuple(_statement(article, found, number, resolution, how[number]) for number in range(len(found)))
    headline = headline_check(article.title, told, language)
    return Reading(
        input=item.input,
        article=article,
        sources=resolution.sources,
        statements=told,
        profile=profile(
            article, told, resolution.sources, language, hearsay=hearsay(tokens, found, language), headline=headline
        ),
        warnings=item.warnings,
        engine=engine,
    )


def _found(
    text: Parsed, title: Parsed, language: Language, session: Session | None, tagger: WideTagger | None
) -> list[Found]:
    """The statements of text and title: in the wide sense, or as the rules see them, mended by the learned reader."""
    if tagger is not None:
        return [
            *wide_statements(*text, language, tagger),
            *wide_statements(*title, language, tagger, in_title=True),
        ]
    return [
        *reread(*text, statements(*text, language), language, session),
        *statements(*title, language, in_title=True),
    ]


def _statement(
    article: Article, found: Sequence[Found], number: int, resolution: Resolution, how: Attributes
) -> Statement:
    """A statement as a reading gives it: numbered, with passages for ranges."""
    this, sources = found[number], resolution.of_statement[number]
    text = (article.title or "") if this.in_title else article.text

    def words(span: Span | None) -> Passage | None:
        return passage(text, span, in_title=this.in_title) if span is not None else None

    cue, when = words(this.cue), words(how.when)
    return Statement(
        id=str(number + 1),
        form=this.form,
        kind=_kind(this, [source.kind for source in resolution.sources if source.id in sources]),
        content=tuple(passage(text, part, in_title=this.in_title) for part in this.content),
        cue=Cue(start=cue.start, end=cue.end, text=cue.text, where=cue.where, lemma=this.entry) if cue else None,
        mention=words(this.mention),
        sources=sources,
        act=how.act,
        addressee=words(how.addressee),
        medium=words(how.medium),
        when=When(start=when.start, end=when.end, text=when.text, where=when.where, date=how.date) if when else None,
        inside=str(_offset(found, number) + this.inside + 1) if this.inside is not None else None,
        hedged_by=how.hedged_by,
        denied=how.denied,
        confidence=this.confidence,
        why=this.why,
    )


def _kind(this: Found, sources: Sequence[SourceKind]) -> StatementKind:
    """What a text says is a document's, also where only its name shows it for one ("L'Écho de Lannec titrait")."""
    texts = bool(sources) and all(kind in ("document", "outlet") for kind in sources)
    return "document" if texts and this.kind == "speech" else this.kind


def _offset(found: Sequence[Found], number: int) -> int:
    """Where the statements of the same text begin: `inside` counts within text or title."""
    return next(index for index, other in enumerate(found) if other.in_title == found[number].in_title)
