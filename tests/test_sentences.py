"""Where sentences begin: between words, quotations and their cues, on any kind of quotation mark."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.vocab import Vocab

from selon.language import load
from selon.pipeline import Sentences, Tokenizer

MARKS = {
    "straight": ('"', '"'),
    "angle": ("« ", " »"),
    "narrow": ("«\u202f", "\u202f»"),
    "curly": ("“", "”"),
    "low": ("„", "“"),
    "doubled": ("''", "''"),
}
TOKENIZERS = {code: Tokenizer(Vocab(), load(code).sentences) for code in ("fr", "en")}
STEPS = {code: Sentences(code) for code in ("fr", "en")}


def split(language: str, text: str) -> list[str]:
    doc = STEPS[language](TOKENIZERS[language](text))
    return [sentence.text.strip() for sentence in doc.sents]


# In these < and > stand for the marks, | for the beginning of a sentence.
QUOTED = {
    "fr": [
        "<Vraiment ?> demande-t-il. |Il part.",
        "<Je pars !>, a lancé Paul. |Il rit.",
        "<Le pont est fermé. |La route est libre. |Nous passerons.>, a dit Marie. |Elle est partie.",
        "Il a crié <Au feu ! Sortez> avant de partir. |Tous sont sortis.",
        "Son film <Où est Paul ?> sort lundi. |Il dure une heure.",
        "La maire a déclaré : <Je pars.> |Elle est partie.",
        "Le ministre a dit : <Nous partons. |Nous reviendrons.> |Puis il a quitté la salle.",
        "<Partez !> |Le colonel a affirmé que tout allait bien.",
        "<Ça va ?> |La demande était simple.",
        "<Il viendra>, dit-il. |<Elle aussi. |Tous viendront.>",
        "<Il est mort.> |C'est ce qu'a annoncé la police. |Elle enquête.",
        "<Non.> — Paul. |Fin.",
        "<Je pars.> |<Tu restes.> |Silence.",
    ],
    "en": [
        "<Do you come?> asked Bob. |He left.",
        "<Stop!> Macron told the world on Thursday. |He left.",
        "<The bridge is closed. |The road is free. |We will pass,> said Bob. |He left.",
        "He cried <Fire! Get out> before leaving. |All left.",
        "Did he say <Who is it?> or not? |I forget.",
        "<We are ready. |We go.> |The minister said on Monday that he would leave.",
        "<Why?> |The question was simple.",
        "<Go!> the 52-year-old mayor of the small town said.",
        "He said, <Is it true? |I doubt it.> |Then he left.",
    ],
}
PLAIN = {
    "fr": [
        "M. Dupont et Mme. Durand sont là. |Ils parlent.",
        "Voir p. 12. |Le texte est long.",
        "J.-C. Martin a dit non. |Il reste.",
        "Des fruits, des légumes, etc. |Il part.",
        "Le 1. janvier est férié. |C'est bien.",
        "Il est parti... |Elle reste.",
        "Il est parti… elle reste.",
        "Il a dit (sans rire !) que tout allait bien. |Bon.",
        "Première ligne\n|Deuxième ligne. |Fin",
        "— Tu viens ? demanda-t-elle. |— Non, répondit-il.",
        "Le texte est connu.[12] |Il est long.",
        "1. Paul Durand. |Il parle.",
        "MONTBRAC (Agence Aurore) - |Le pont ferme. |Il rouvrira.",
        "LANNEC — |Le vent tombe.",
        "Le pont (Lannec) - Paul le dit - ferme.",
    ],
    "en": [
        "Mr. Smith of the U.S. Army left. |He is gone.",
        "He lives in the U.S. |He is fine.",
        "At 5 p.m. |He left.",
        "At 5 p.m. on Monday he left.",
        "No. |We do not. |See No. 5 there.",
        "J. K. Rowling wrote it. |She left.",
        "WEXCOMBE, SELBY (Aurora News) – |The mill closes.",
        "Prices rose 5.5 percent. |12 shops closed.",
    ],
}


@pytest.mark.parametrize("marks", MARKS.values(), ids=MARKS)
@pytest.mark.parametrize(("language", "case"), [(code, case) for code, cases in QUOTED.items() for case in cases])
def test_a_quotation_and_its_cue_stay_together(language: str, case: str, marks: tuple[str, str]) -> None:
    text = case.replace("<", marks[0]).replace(">", marks[1])
    assert split(language, text.replace("|", "")) == [part.strip() for part in text.split("|")]


@pytest.mark.parametrize(("language", "case"), [(code, case) for code, cases in PLAIN.items() for case in cases])
def test_sentences_end_as_usual(language: str, case: str) -> None:
    assert split(language, case.replace("|", "")) == [part.strip() for part in case.split("|")]


@given(text=st.text(alphabet="Aab1 .!?…,:;«»“”„\"'’‹›()[]-—\n\u00a0"), language=st.sampled_from(["fr", "en"]))
def test_any_text_is_split_without_an_error(text: str, language: str) -> None:
    doc = STEPS[language](TOKENIZERS[language](text))
    assert doc.text == text
    assert all(token.is_sent_start is not None for token in doc)
