"""Sentences in the author's own voice that are only hearsay, on tokens written by hand."""

from __future__ import annotations

from collections.abc import Sequence

from selon.language import load
from selon.parse import parse_text
from selon.pipeline import load_pipeline
from selon.steps.hearsay import hearsay
from tests.test_sources import found, table


def heard(*paragraphs: str, said: Sequence[str] = (), language: str = "fr", in_title: bool = False) -> list[str]:
    """The hearsay of a text; `said`: the words of a statement each."""
    tokens = table(*paragraphs)
    statements = [found(tokens, None, words, in_title=in_title) for words in said]
    passages = hearsay(tokens, statements, load(language))
    assert all(tokens.text[one.start : one.end] == one.text for one in passages)
    return [one.text for one in passages]


def conditional(participle: str, *, auxiliary: str = "aurait", mood: str = "Cnd") -> str:
    """ "Le train <auxiliary> <participle>", with the auxiliary hanging on the participle."""
    return f"Le|DET train|NOUN {auxiliary}|AUX||Mood={mood} {participle}|VERB||VerbForm=Part .|PUNCT"


def heard_with_heads(sentence: str, *, before: str = "") -> list[str]:
    """The hearsay of one sentence whose auxiliary depends on the word after it."""
    tokens = table(before + sentence)
    for index, part in enumerate(tokens.pos):
        if part == "AUX":
            tokens.head[index] = index + 1
    return [one.text for one in hearsay(tokens, (), load("fr"))]


def test_the_conditional_of_hearsay() -> None:
    assert heard_with_heads(conditional("fui")) == ["Le train aurait fui."]
    assert heard_with_heads(conditional("parti", auxiliary="serait")) == ["Le train serait parti."]


def test_other_verbs_are_no_hearsay() -> None:
    assert heard_with_heads(conditional("fui", auxiliary="a", mood="Ind")) == []
    assert heard_with_heads(conditional("pu")) == []
    assert heard_with_heads(conditional("parti"), before="Si|SCONJ possible|ADJ ,|PUNCT ") == []
    assert heard("Le|DET train|NOUN serait|AUX||Mood=Cnd en|ADP retard|NOUN .|PUNCT") == []


def test_words_of_hearsay() -> None:
    assert heard("Le|DET train|NOUN est|AUX apparemment|ADV parti|VERB .|PUNCT") == ["Le train est apparemment parti."]
    assert heard("The train reportedly left .|PUNCT / It returned .|PUNCT", language="en") == [
        "The train reportedly left."
    ]


def test_words_of_hearsay_of_several_tokens() -> None:
    tokens, _ = parse_text("Le train est, semble-t-il, parti. Il pleut.", load_pipeline("fr"))
    assert [one.text for one in hearsay(tokens, [], load("fr"))] == ["Le train est, semble-t-il, parti."]


def test_what_somebody_says_is_no_hearsay() -> None:
    sentence = "Anne reportedly said the|DET train left .|PUNCT"
    assert heard(sentence, "Marc reportedly left .|PUNCT", said=["the train left"], language="en") == [
        "Marc reportedly left."
    ]
    assert heard(sentence, said=["the train left"], language="en", in_title=True) == [
        "Anne reportedly said the train left."
    ]


def test_no_words_no_hearsay() -> None:
    assert heard() == []
