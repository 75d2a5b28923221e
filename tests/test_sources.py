"""Sources resolved over the article, on tables written by hand: no language model is needed.

A sentence is written as `word|POS|relation|morphology`, blank-separated; the last two may be left out.
"""

from __future__ import annotations

import pytest

from selon.language import load
from selon.steps.sources import resolve
from selon.tokens import Tokens
from selon.types import Form, Found, Resolution, Source, Span

_GLUED = ("'", "’")


def table(*paragraphs: str) -> Tokens:
    """The tokens of an article: one string a paragraph, sentences divided by " / "."""
    tokens = Tokens("", [], [], [], [], [], [], [], [], [], [], [], [])
    text = ""
    for number, paragraph in enumerate(paragraphs):
        text += "\n" if number else ""
        opened = len(tokens)
        for sentence in paragraph.split(" / "):
            first = len(tokens)
            for entry in sentence.split():
                word, pos, dep, morph = [*entry.split("|"), "", "", ""][:4]
                glued = not text or text[-1] in ("\n", *_GLUED) or word in (",", ".")
                text += word if glued else f" {word}"
                tokens.word.append(word)
                tokens.end.append(len(text))
                tokens.start.append(len(text) - len(word))
                tokens.lower.append(word.lower())
                tokens.lemma.append(word.lower())
                tokens.pos.append(pos or "VERB")
                tokens.dep.append(dep or "dep")
                tokens.morph.append(morph)
                tokens.head.append(first)
                tokens.sentence.append(len(tokens.sentences))
            tokens.sentences.append(Span(first, len(tokens)))
        tokens.paragraphs.append(Span(opened, len(tokens)))
    tokens.text = text
    return tokens


def found(
    tokens: Tokens,
    mention: str | None,
    content: str,
    *,
    form: Form = "indirect",
    unexpressed: bool = False,
    in_title: bool = False,
) -> Found:
    """A statement by its words; the mention is the last one before its content."""
    start = tokens.text.index(content)
    span = None
    if mention is not None:
        place = tokens.text.rindex(mention, 0, start)
        span = Span(place, place + len(mention))
    return Found(
        form=form,
        kind="speech",
        content=(Span(start, start + len(content)),),
        cue=None,
        entry="",
        mention=span,
        act="say",
        unexpressed=unexpressed,
        inside=None,
        confidence=1.0,
        why="test",
        in_title=in_title,
    )


def resolved(tokens: Tokens, *statements: Found, language: str = "fr") -> Resolution:
    return resolve(tokens, None, statements, load(language))


def by_id(resolution: Resolution, number: str) -> Source:
    return next(source for source in resolution.sources if source.id == number)


MAYOR = (
    "Claire|PROPN|nsubj Lambert|PROPN ,|PUNCT maire|NOUN de|ADP Valmont|PROPN ,|PUNCT annonce"
    " que|SCONJ alpha|NOUN .|PUNCT"
)


def test_title_and_surname_and_pronoun_are_one_person() -> None:
    tokens = table(
        f"{MAYOR} / Mme|NOUN|nsubj Lambert|PROPN ajoute que|SCONJ beta|NOUN .|PUNCT",
        "Elle|PRON|nsubj promet de|ADP gamma|NOUN .|PUNCT",
    )
    resolution = resolved(
        tokens,
        found(tokens, "Claire Lambert, maire de Valmont", "alpha"),
        found(tokens, "Mme Lambert", "beta"),
        found(tokens, "Elle", "gamma"),
    )
    assert resolution.of_statement == (("s1",), ("s1",), ("s1",))
    (source,) = resolution.sources
    assert (source.name, source.kind, source.named, source.gender) == ("Claire Lambert", "person", True, "f")
    assert source.roles == ("maire de Valmont",)
    assert [mention.text for mention in source.mentions] == [
        "Claire Lambert, maire de Valmont",
        "Mme Lambert",
        "Elle",
    ]


def test_no_gender_by_first_name() -> None:
    tokens = table("Claire|PROPN|nsubj Lambert|PROPN annonce que|SCONJ alpha|NOUN .|PUNCT")
    (source,) = resolved(tokens, found(tokens, "Claire Lambert", "alpha")).sources
    assert source.gender == "unknown"


def test_role_alone_goes_to_who_had_it() -> None:
    tokens = table(
        "Le|DET ministre|NOUN|nsubj de|ADP la|DET Mer|PROPN ,|PUNCT Paul|PROPN Mercier|PROPN ,|PUNCT annonce"
        " que|SCONJ alpha|NOUN .|PUNCT",
        "Le|DET ministre|NOUN|nsubj ajoute que|SCONJ beta|NOUN .|PUNCT",
    )
    resolution = resolved(
        tokens,
        found(tokens, "Le ministre de la Mer, Paul Mercier", "alpha"),
        found(tokens, "Le ministre", "beta"),
    )
    assert resolution.of_statement == (("s1",), ("s1",))
    assert resolution.sources[0].name == "Paul Mercier"


def test_who_is_named_right_after_a_role_is_the_one() -> None:
    tokens = table(
        "Le|DET président|NOUN|nsubj norvégien|ADJ annonce que|SCONJ alpha|NOUN .|PUNCT",
        "Nils|PROPN|nsubj Halvorsen|PROPN ajoute que|SCONJ beta|NOUN .|PUNCT",
    )
    resolution = resolved(
        tokens, found(tokens, "Le président norvégien", "alpha"), found(tokens, "Nils Halvorsen", "beta")
    )
    assert resolution.of_statement == (("s1",), ("s1",))
    assert (resolution.sources[0].name, resolution.sources[0].gender) == ("Nils Halvorsen", "m")


def test_two_people_with_one_surname_stay_two() -> None:
    tokens = table(
        "Anne|PROPN|nsubj Verdier|PROPN annonce que|SCONJ alpha|NOUN .|PUNCT",
        "Marc|PROPN|nsubj Verdier|PROPN ajoute que|SCONJ beta|NOUN .|PUNCT",
    )
    resolution = resolved(tokens, found(tokens, "Anne Verdier", "alpha"), found(tokens, "Marc Verdier", "beta"))
    assert resolution.of_statement == (("s1",), ("s2",))


def test_a_spokeswoman_speaks_for_an_institution_that_is_silent() -> None:
    tokens = table(
        "Léa|PROPN|nsubj Roux|PROPN ,|PUNCT porte-parole|NOUN du|ADP ministère|NOUN norvégien|ADJ"
        " ,|PUNCT annonce"
        " que|SCONJ alpha|NOUN .|PUNCT"
    )
    resolution = resolved(tokens, found(tokens, "Léa Roux, porte-parole du ministère norvégien", "alpha"))
    person, institution = resolution.sources
    assert resolution.of_statement == (("s1",),)
    assert person.speaks_for == institution.id == "s2"
    assert (institution.name, institution.kind, institution.named) == (
        "ministère norvégien",
        "institution",
        True,
    )
    assert institution.mentions == ()


def test_another_official_is_another_source() -> None:
    tokens = table(
        "Un|DET responsable|NOUN|nsubj annonce que|SCONJ alpha|NOUN .|PUNCT",
        "Un|DET autre|ADJ responsable|NOUN|nsubj ajoute que|SCONJ beta|NOUN .|PUNCT",
    )
    resolution = resolved(
        tokens, found(tokens, "Un responsable", "alpha"), found(tokens, "Un autre responsable", "beta")
    )
    assert resolution.of_statement == (("s1",), ("s2",))
    assert [source.name for source in resolution.sources] == ["Un responsable", "Un autre responsable"]
    assert not any(source.named for source in resolution.sources)


def test_the_same_official_taken_up_again() -> None:
    tokens = table(
        "Un|DET responsable|NOUN|nsubj annonce que|SCONJ alpha|NOUN .|PUNCT",
        "Le|DET responsable|NOUN|nsubj ajoute que|SCONJ beta|NOUN .|PUNCT",
    )
    resolution = resolved(tokens, found(tokens, "Un responsable", "alpha"), found(tokens, "Le responsable", "beta"))
    assert resolution.of_statement == (("s1",), ("s1",))


def test_an_acronym_and_its_full_name() -> None:
    tokens = table(
        "L'|DET Office|PROPN|nsubj national|ADJ des|ADP marées|NOUN (|PUNCT ONM|PROPN )|PUNCT annonce"
        " que|SCONJ"
        " alpha|NOUN .|PUNCT",
        "L'|DET ONM|PROPN|nsubj ajoute que|SCONJ beta|NOUN .|PUNCT",
    )
    resolution = resolved(
        tokens, found(tokens, "L'Office national des marées ( ONM )", "alpha"), found(tokens, "L'ONM", "beta")
    )
    assert resolution.of_statement == (("s1",), ("s1",))
    (source,) = resolution.sources
    assert (source.name, source.kind, source.named) == ("Office national des marées", "institution", True)


def test_an_institution_under_two_descriptions_and_as_they() -> None:
    tokens = table(
        "L'|DET état-major|NOUN|nsubj général|ADJ des|ADP armées|NOUN norvégiennes|ADJ annonce"
        " que|SCONJ alpha|NOUN"
        " .|PUNCT / Ils|PRON|nsubj ajoutent que|SCONJ beta|NOUN .|PUNCT",
        "L'|DET état-major|NOUN|nsubj de|ADP la|DET Norvège|PROPN note que|SCONJ gamma|NOUN .|PUNCT",
    )
    resolution = resolved(
        tokens,
        found(tokens, "L'état-major général des armées norvégiennes", "alpha"),
        found(tokens, "Ils", "beta"),
        found(tokens, "L'état-major de la Norvège", "gamma"),
    )
    assert resolution.of_statement == (("s1",), ("s1",), ("s1",))
    assert resolution.sources[0].name == "état-major général des armées norvégiennes"


@pytest.mark.parametrize(
    ("mention", "sources"),
    [
        ("la|DET Norvège|PROPN et|CCONJ la|DET Finlande|PROPN", 2),
        ("la|DET Norvège|PROPN ,|PUNCT la|DET Finlande|PROPN et|CCONJ la|DET Suède|PROPN", 3),
        ("le|DET ministère|NOUN de|ADP la|DET Mer|PROPN et|CCONJ de|ADP la|DET Pêche|PROPN", 1),
        ("Mercier|PROPN et|CCONJ ses|DET collègues|NOUN", 1),
    ],
)
def test_coordinated_sources(mention: str, sources: int) -> None:
    tokens = table(f"Selon|ADP {mention} ,|PUNCT alpha|NOUN .|PUNCT")
    words = tokens.text.removeprefix("Selon ").removesuffix(", alpha.")
    (ids,) = resolved(tokens, found(tokens, words, "alpha")).of_statement
    assert len(ids) == sources


def test_documents_outlets_and_nobody() -> None:
    tokens = table(
        "Un|DET rapport|NOUN|nsubj de|ADP la|DET Finlande|PROPN indique que|SCONJ alpha|NOUN .|PUNCT",
        "On|PRON|nsubj dit que|SCONJ beta|NOUN .|PUNCT",
        "Une|DET source|NOUN|nsubj proche|ADJ affirme que|SCONJ gamma|NOUN .|PUNCT",
        "Il|PRON est accusé de|ADP delta|NOUN .|PUNCT",
    )
    resolution = resolved(
        tokens,
        found(tokens, "Un rapport de la Finlande", "alpha"),
        found(tokens, "On", "beta", unexpressed=True),
        found(tokens, "Une source proche", "gamma"),
        found(tokens, None, "delta", unexpressed=True),
    )
    kinds = [[by_id(resolution, number).kind for number in ids] for ids in resolution.of_statement]
    assert kinds == [["document"], ["anonymous"], ["anonymous"], []]
    report = by_id(resolution, "s1")
    assert (report.name, report.named, report.gender) == ("Finlande", True, "none")


def test_a_quotation_that_follows_on_is_the_last_speakers() -> None:
    tokens = table(f"{MAYOR} / Beta|NOUN .|PUNCT")
    resolution = resolved(
        tokens,
        found(tokens, "Claire Lambert, maire de Valmont", "alpha"),
        found(tokens, None, "Beta", form="direct"),
    )
    assert resolution.of_statement == (("s1",), ("s1",))


def test_her_family_is_told_by_its_owner() -> None:
    tokens = table(f"{MAYOR} / Sa|DET famille|NOUN|nsubj ajoute que|SCONJ beta|NOUN .|PUNCT")
    resolution = resolved(
        tokens,
        found(tokens, "Claire Lambert, maire de Valmont", "alpha"),
        found(tokens, "Sa famille", "beta"),
    )
    family = by_id(resolution, "s2")
    assert (family.name, family.kind, family.named) == ("famille de Claire Lambert", "group", False)


def test_english_roles_titles_and_pronouns() -> None:
    tokens = table(
        "Prime|PROPN Minister|PROPN Jane|PROPN|nsubj Whitmore|PROPN said|VERB alpha|NOUN .|PUNCT"
        " / Acting|ADJ mayor|NOUN Tom|PROPN|nsubj Oakes|PROPN said|VERB beta|NOUN about|ADP his|PRON"
        " plan|NOUN .|PUNCT",
        "Ms|PROPN Whitmore|PROPN|nsubj said|VERB gamma|NOUN .|PUNCT / She|PRON|nsubj added|VERB delta|NOUN .|PUNCT",
    )
    resolution = resolved(
        tokens,
        found(tokens, "Prime Minister Jane Whitmore", "alpha"),
        found(tokens, "Acting mayor Tom Oakes", "beta"),
        found(tokens, "Ms Whitmore", "gamma"),
        found(tokens, "She", "delta"),
        language="en",
    )
    assert resolution.of_statement == (("s1",), ("s2",), ("s1",), ("s1",))
    first, second = resolution.sources
    assert (first.name, first.gender, first.roles) == ("Jane Whitmore", "f", ("Prime Minister",))
    assert (second.name, second.gender, second.roles) == ("Tom Oakes", "m", ("Acting mayor",))


def test_english_owners_and_spokesmen() -> None:
    tokens = table(
        "Tarvia|PROPN 's|PART spokesman|NOUN ,|PUNCT Ian|PROPN|nsubj Pell|PROPN ,|PUNCT said|VERB alpha|NOUN .|PUNCT",
    )
    resolution = resolved(tokens, found(tokens, "Tarvia 's spokesman, Ian Pell", "alpha"), language="en")
    person = by_id(resolution, resolution.of_statement[0][0])
    assert (person.name, person.gender) == ("Ian Pell", "m")


def test_the_headline_is_read_in_the_light_of_the_text() -> None:
    tokens = table(MAYOR)
    title = table("Beta|NOUN ,|PUNCT selon|ADP Lambert|PROPN")
    place = title.text.index("Lambert")
    headline = Found(
        form="indirect",
        kind="speech",
        content=(Span(0, 4),),
        cue=None,
        entry="",
        mention=Span(place, place + 7),
        act="say",
        unexpressed=False,
        inside=None,
        confidence=1.0,
        why="test",
        in_title=True,
    )
    text = found(tokens, "Claire Lambert, maire de Valmont", "alpha")
    resolution = resolve(tokens, title, (headline, text), load("fr"))
    assert resolution.of_statement == (("s1",), ("s1",))
    first, second = resolution.sources[0].mentions
    assert (first.where, first.text) == ("title", "Lambert")
    assert second.text == "Claire Lambert, maire de Valmont"


def test_no_words_no_sources() -> None:
    tokens = table()
    assert resolve(tokens, None, (), load("fr")) == Resolution(sources=(), of_statement=())
    lost = Found(
        form="direct",
        kind="speech",
        content=(Span(0, 0),),
        cue=None,
        entry="",
        mention=None,
        act="say",
        unexpressed=False,
        inside=None,
        confidence=1.0,
        why="test",
    )
    assert resolve(tokens, None, (lost,), load("en")).of_statement == ((),)
