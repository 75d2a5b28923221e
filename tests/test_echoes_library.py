"""Echoes over a library: alignments, keys, groups, copies, and adding one by one beside all at once."""

from __future__ import annotations

import time
from collections.abc import Iterable
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selon.articles.article import make_article
from selon.library.echoes import (
    FREQUENT,
    Copy,
    CopyText,
    Echo,
    EchoLibrary,
    Saying,
    alignment,
    copies_between,
    copy_keys,
    echoes_of,
    groups_of,
    keyed,
    originals,
    relation_of,
)
from selon.library.echoes.keys import keys_of
from selon.library.echoes.matching import match, prepare
from selon.library.echoes.relate import comparable
from selon.reader import Reader
from tests.echoes import english, filled, saying

WHOLE = "La digue de Tévenn a tenu toute la nuit, et les trois cents habitants du port ont pu rentrer chez eux"
ENGLISH = "The Tévenn sea wall held all night, and the three hundred residents of the harbour were able to go home"
CUT = "La digue de Tévenn a tenu toute la nuit"
CONTENTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(WHOLE.split()), max_size=30).map(" ".join),
    st.lists(st.sampled_from(["300", "ne", "pas", "3", "mille", "…", "« », "]), max_size=30).map(" ".join),
)
KEPT_KEY = -8750827594433531378
LANGUAGES = st.sampled_from(["fr", "en"])


# --- alignment ----------------------------------------------------------------------------------------------------


def shown(one: Saying, other: Saying) -> list[tuple[str, str, str]]:
    return [
        (run.kind, one.content[run.start : run.end].strip(), other.content[run.other_start : run.other_end].strip())
        for run in alignment(one, other)
    ]


def test_an_alignment_shows_what_was_cut_added_and_changed() -> None:
    longer = saying(2, "Oui, la digue de Tévenn a tenu toute la journée, et les habitants du port ont pu rentrer")
    assert shown(saying(1, WHOLE), longer) == [
        ("added", "", "Oui,"),
        ("kept", "La digue de Tévenn a tenu toute la", "la digue de Tévenn a tenu toute la"),
        ("changed", "nuit,", "journée,"),
        ("kept", "et les", "et les"),
        ("cut", "trois cents", ""),
        ("kept", "habitants du port ont pu rentrer", "habitants du port ont pu rentrer"),
        ("cut", "chez eux", ""),
    ]


def test_an_alignment_across_languages_keeps_what_means_the_same() -> None:
    kept = [(one, other) for kind, one, other in shown(saying(1, WHOLE), english(2, ENGLISH)) if kind == "kept"]
    assert ("Tévenn", "Tévenn") in [(one.split()[0], other.split()[0]) for one, other in kept]
    assert ("trois cents habitants", "three hundred residents") in [
        (" ".join(one.split()[:3]), " ".join(other.split()[:3])) for one, other in kept
    ]


@given(CONTENTS, CONTENTS, LANGUAGES, LANGUAGES)
def test_an_alignment_covers_both_contents_without_gaps(one: str, other: str, language: str, second: str) -> None:
    runs = alignment(saying(1, one, language=language), saying(2, other, language=second))
    places = [0, *(run.end for run in runs)], [0, *(run.other_end for run in runs)]
    assert [run.start for run in runs] == places[0][:-1]
    assert [run.other_start for run in runs] == places[1][:-1]
    assert (places[0][-1], places[1][-1]) == (len(one), len(other))
    for run in runs:
        empty = run.start == run.end, run.other_start == run.other_end
        assert run.start <= run.end
        assert run.other_start <= run.other_end
        assert run.kind == {(False, True): "cut", (True, False): "added"}.get(empty, run.kind)
        assert empty != (True, True)


# --- symmetry and hostile text --------------------------------------------------------------------------------------


@given(CONTENTS, CONTENTS, LANGUAGES, LANGUAGES)
def test_what_matches_does_not_depend_on_the_side(one: str, other: str, language: str, second: str) -> None:
    left, right = prepare(saying(1, one, language=language)), prepare(saying(2, other, language=second))
    assert comparable(left, right) == comparable(right, left)
    assert len(match(left, left).pairs) == len(left.heavy)


@given(CONTENTS, CONTENTS, LANGUAGES, LANGUAGES)
def test_a_relation_is_the_same_from_both_sides(one: str, other: str, language: str, second: str) -> None:
    left, right = saying(1, one, language=language), saying(2, other, language=second)
    assert relation_of(left, right) == relation_of(right, left)
    assert 0 <= relation_of(left, right).score <= 1


@pytest.mark.parametrize(
    "text", ["", " ", "…", "1" * 5000, "7 " * 5000, "mot " * 10_000, "\ud800", "'" * 300, "É" * 999]
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_hostile_texts_are_taken_as_they_come(text: str, language: str) -> None:
    hostile = saying(1, text, text[:50], language=language, topic=(text[:20],), day="no day", published="no time")
    began = time.perf_counter()
    library = filled(hostile, saying(2, text), saying(3, WHOLE))
    assert time.perf_counter() - began < 5
    assert all(len(keys_of(prepare(one))) <= 20 for one in library.sayings.values())
    assert copies_between(copy_text(1, text), [copy_text(2, text)]) in ([], [Copy(original=1, copy=2, shared=1.0)])


# --- keys and adding one by one ---------------------------------------------------------------------------------------


STORM = [
    saying(1, WHOLE),
    saying(2, WHOLE),
    saying(3, CUT),
    english(4, ENGLISH),
    saying(5, WHOLE.replace("trois cents", "trois mille")),
    saying(6, WHOLE, "Paul Guissénou"),
    saying(7, "Nous avons demandé au préfet une réunion avec les assureurs"),
    saying(8, "une réunion avec les assureurs avait été demandée au préfet", form="indirect"),
]


def found(library: EchoLibrary) -> list[Echo]:
    return sorted(library.echoes, key=lambda echo: (echo.earlier, echo.later))


def test_keys_are_few_signed_and_the_same_every_time() -> None:
    for one in STORM:
        keys = keys_of(prepare(one))
        assert list(keys) == sorted(set(keys))
        assert 4 <= len(keys) <= 16
        assert all(-(2**63) <= key < 2**63 for key in keys)
    # Kept in files: a change of these numbers makes all libraries forget.
    assert keys_of(prepare(STORM[2]))[0] == KEPT_KEY


def test_the_order_of_adding_makes_no_difference() -> None:
    expected = found(filled(*STORM))
    assert len(expected) > 10
    for order in list(permutations(STORM))[:: 40320 // 6]:
        library = EchoLibrary()
        for one in order:
            library.add_sayings([one], copy_text(one.article, ""))
        assert found(library) == expected


def test_new_sayings_may_be_kept_before_or_after_their_echoes_are_asked_for() -> None:
    library = filled(*STORM[:4])
    new = [STORM[4]]
    before = echoes_of(new, keyed(new), library.holders, library.fetch)
    library.add_sayings(new, copy_text(5, ""))
    assert echoes_of(new, keyed(new), library.holders, library.fetch) == before
    assert before


def test_a_key_that_very_many_share_is_passed_over() -> None:
    library = filled(STORM[0])
    crowd = [*range(100, 100 + FREQUENT + 1)]
    asked: list[int] = []

    def fetch(numbers: Iterable[int]) -> list[Saying]:
        asked.extend(numbers)
        return []

    new = [STORM[1]]
    assert echoes_of(new, keyed(new), lambda keys: dict.fromkeys(keys, crowd), fetch) == []
    assert asked == []
    assert echoes_of(new, keyed(new), library.holders, library.fetch)


# --- groups -----------------------------------------------------------------------------------------------------------


def test_a_group_knows_where_it_was_first_and_how_it_travelled() -> None:
    library = filled(*STORM)
    group = next(group for group in groups_of(library.echoes, library.sayings) if group.first == 1)
    assert [member.saying for member in group.members] == [1, 2, 3, 4, 5, 6]
    origins = {member.saying: (member.origin, member.relation) for member in group.members}
    assert origins[1] == (None, None)
    assert origins[2] == (1, "same")
    assert origins[3][1] == "shortened"
    assert origins[4][1] == "translated"
    assert origins[5] == (1, "misquoted")
    assert origins[6][1] == "misattributed"
    assert all(origin is None or origin < number for number, (origin, _) in origins.items())
    assert group.independent == 6


def test_wire_copies_in_a_group_are_no_sources_of_their_own() -> None:
    library = filled(*STORM[:3])
    (group,) = groups_of(library.echoes, library.sayings, {2: 1})
    assert group.independent == 2
    assert [member.copy_of for member in group.members] == [None, 1, None]


def test_one_general_statement_does_not_chain_what_has_nothing_to_do_with_each_other() -> None:
    sayings = {number: saying(number, f"phrase {number}") for number in range(1, 9)}
    left, right = [1, 2, 3, 4], [5, 6, 7, 8]
    inside = [(a, b) for side in (left, right) for a in side for b in side if a < b]
    echoes = [Echo(earlier=a, later=b, relation="reworded", score=0.9) for a, b in inside]
    bridge = Echo(earlier=4, later=5, relation="reworded", score=0.6)
    groups = groups_of([*echoes, bridge], sayings)
    assert max(len(group.members) for group in groups) < 8
    assert [len(group.members) for group in groups_of(echoes, sayings)] == [4, 4]


def test_no_echoes_no_groups() -> None:
    assert groups_of([], {}) == []


# --- copies -----------------------------------------------------------------------------------------------------------

DISPATCH = (
    "Une tempête a frappé la côte de Kerlouan dans la nuit de lundi à mardi, a annoncé la mairie. « La digue a tenu », "
    "a déclaré Anne Brénac, la maire de Tévenn. Selon les pompiers, trois cents habitants ont quitté le port peu avant "
    "minuit, et quarante bateaux ont été détruits. Le préfet a demandé aux pêcheurs de rester à terre jusqu'à jeudi. "
    "L'école du port restera fermée deux jours, le temps de vérifier sa toiture, a ajouté la maire."
)


def copy_text(number: int, text: str, *, published: str | None = None, language: str = "fr") -> CopyText:
    return CopyText(article=number, language=language, published=published, text=text)


def test_a_shortened_copy_under_another_lead_is_found_by_its_keys_and_told() -> None:
    first = copy_text(1, DISPATCH, published="2026-02-03T06:00:00+01:00")
    shortened = "La nuit a été longue à Tévenn. " + DISPATCH[DISPATCH.index("« La digue") : DISPATCH.index("Le préfet")]
    second = copy_text(2, shortened.replace("'", "’"), published="2026-02-03T06:30:00+00:00")
    assert set(copy_keys(first)) & set(copy_keys(second))
    (copy,) = copies_between(second, [first])
    assert (copy.original, copy.copy) == (1, 2)
    assert copy.shared >= 0.5


def test_another_article_on_the_same_event_is_no_copy() -> None:
    other = (
        "À Kerlouan, la tempête de la nuit a laissé des traces. Anne Brénac, la maire de Tévenn, compte les bateaux : "
        "il en manque quarante. « La digue a tenu », répète-t-elle aux habitants qui reviennent un à un vers le port, "
        "où les pompiers pompent encore. Personne n'a dormi, et l'école n'ouvrira pas avant deux jours."
    )
    assert copies_between(copy_text(2, other), [copy_text(1, DISPATCH)]) == []
    assert copies_between(copy_text(2, DISPATCH, language="en"), [copy_text(1, DISPATCH)]) == []


def test_copies_of_copies_go_back_to_the_first() -> None:
    chain = [Copy(original=1, copy=2, shared=1), Copy(original=2, copy=3, shared=1), Copy(original=1, copy=3, shared=1)]
    assert originals(chain) == {2: 1, 3: 1}


# --- from readings ----------------------------------------------------------------------------------------------------


def test_readings_go_through_from_text_to_group() -> None:
    texts = [
        ("fr", f"{DISPATCH}\nElle a promis à Kerlouan une aide de 20.000 euros."),
        ("fr", "« La digue a tenu », a dit Anne Brénac à Kerlouan.\nÀ Tévenn, le préfet rassure Kerlouan et Tévenn."),
    ]
    library = EchoLibrary()
    for hour, (language, text) in enumerate(texts):
        article = make_article(text, language=language, published=f"2026-02-03T0{hour}:00:00+01:00", outlet=f"o{hour}")
        library.add(Reader().read(article))
    groups = groups_of(library.echoes, library.sayings)
    contents = [[library.sayings[member.saying].content for member in group.members] for group in groups]
    assert ["La digue a tenu", "La digue a tenu"] in contents


@settings(max_examples=20)
@given(st.lists(st.tuples(st.sampled_from(STORM), st.booleans()), max_size=6))
def test_a_library_never_holds_an_echo_twice(chosen: list[tuple[Saying, bool]]) -> None:
    library = filled(*{one.id: one for one, _ in chosen}.values())
    pairs = [(echo.earlier, echo.later) for echo in library.echoes]
    assert len(pairs) == len(set(pairs))
    assert all(library.sayings[one].article != library.sayings[other].article for one, other in pairs)
