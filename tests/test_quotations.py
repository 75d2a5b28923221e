"""Quotations by their marks alone: every kind of mark and space, nested, unclosed, reopened, stray."""

from __future__ import annotations

import pytest

from selon.steps.quotations import quotations

NARROW, NO_BREAK = "\u202f", "\u00a0"


def insides(text: str) -> list[list[str]]:
    """The parts of each quotation, dialogue left out."""
    return [
        [text[start:end] for start, end in quotation.parts]
        for quotation in quotations(text).quotations
        if not quotation.dash
    ]


def roles(text: str) -> list[tuple[str, str]]:
    return [(text[mark.start : mark.end], mark.role) for mark in quotations(text).marks]


# --- kinds of marks

PAIRS = [
    ("« ", " »"),
    ("«", "»"),
    (f"«{NO_BREAK}", f"{NO_BREAK}»"),
    (f"«{NARROW}", f"{NARROW}»"),
    ("“", "”"),
    ("“ ", " ”"),
    ("‟", "”"),
    ("”", "”"),
    ('"', '"'),
    ('" ', ' "'),
    ("‹ ", " ›"),
    ("‹", "›"),
    ("„", "“"),
    ("„", "”"),
    ("‘", "’"),
    ("'", "'"),
    ("''", "''"),
    ("``", "''"),
    ("« ", '"'),
    ("“", '"'),
]


@pytest.mark.parametrize(("opener", "closer"), PAIRS)
@pytest.mark.parametrize(
    ("before", "inside", "after"),
    [
        ("La maire a dit : ", "Le pont ouvre lundi", ", puis elle est sortie."),
        ("", "Le pont ouvre lundi", ", a dit la maire."),
        ("La maire a dit : ", "Le pont ouvre lundi.", ""),
        ("La maire a dit : ", "Le pont ouvre-t-il ?", ""),
        ("Un pont, ", "le plus long", " du pays, est ouvert."),
        ("Ligne\n", "Le pont ouvre lundi", "\nLigne"),
    ],
)
def test_each_kind_of_mark(opener: str, closer: str, before: str, inside: str, after: str) -> None:
    text = before + opener + inside + closer + after
    (quotation,) = quotations(text).quotations
    assert [text[start:end] for start, end in quotation.parts] == [inside]
    outer = text[quotation.outer.start : quotation.outer.end]
    assert outer == opener.strip() + text[len(before) + len(opener.strip()) : len(text) - len(after)]
    assert (quotation.depth, quotation.closed, quotation.dash) == (0, True, False)
    assert roles(text) == [(opener.strip(), "open"), (closer.strip(), "close")]


@pytest.mark.parametrize(
    ("opener", "closer"),
    PAIRS,
)
def test_in_brackets(opener: str, closer: str) -> None:
    assert insides(f"Un pont ({opener}le plus long{closer}) est ouvert.") == [["le plus long"]]


@pytest.mark.parametrize(("opener", "closer"), PAIRS)
def test_two_after_one_another_are_two(opener: str, closer: str) -> None:
    text = f"Elle a dit {opener}un{closer} et {opener}deux trois{closer} et rien."
    assert insides(text) == [["un"], ["deux trois"]]


def test_back_to_back() -> None:
    assert insides('"A""B"') == [["A"], ["B"]]
    assert insides("« A »« B »") == [["A"], ["B"]]
    assert insides('"A","B","C"') == [["A"], ["B"], ["C"]]


# --- apostrophes and primes


@pytest.mark.parametrize(
    "text",
    [
        "L'été, c'est l'année d'après, aujourd'hui.",
        "L’été, c’est l’année d’après, aujourd’hui.",
        "The boys' dog can't swim, and the '90s are over.",
        "The boys’ dog can’t swim, and the ’90s are over.",
        "-5 degrés, puis -7.",
        "",
        " \n \n",
    ],
)
def test_apostrophes_are_no_marks(text: str) -> None:
    assert quotations(text).quotations == ()
    assert quotations(text).marks == ()


def test_apostrophes_inside_single_marks() -> None:
    assert insides("‘I don’t know,’ she said.") == [["I don’t know,"]]
    assert insides("Il dit 'l'été sera beau' et sort.") == [["l'été sera beau"]]
    assert insides("« L’été n’est pas loin », dit-il.") == [["L’été n’est pas loin"]]


def test_inches_are_stray_and_swallow_nothing() -> None:
    assert insides('Un écran de 15" est cher. Il a dit : "Oui".') == [["Oui"]]
    assert roles('Un écran de 15" est cher.') == [('"', "stray")]


# --- nesting


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("« Il a dit “oui” et “non” », dit-elle.", [("Il a dit “oui” et “non”", 0), ("oui", 1), ("non", 1)]),
        ("\"He said 'yes' to me,\" she said.", [("He said 'yes' to me,", 0), ("yes", 1)]),
        ("“He said ‘yes’ to me,” she said.", [("He said ‘yes’ to me,", 0), ("yes", 1)]),
        ("‘He said “yes” to me,’ she said.", [("He said “yes” to me,", 0), ("yes", 1)]),
        ("« Il a dit « oui », puis rien », dit-elle.", [("Il a dit « oui », puis rien", 0), ("oui", 1)]),
        ("« Il a dit « oui » », dit-elle.", [("Il a dit « oui »", 0), ("oui", 1)]),
        ("« A ‹ b “ c ” › »", [("A ‹ b “ c ” ›", 0), ("b “ c ”", 1), ("c", 2)]),
    ],
)
def test_one_in_another(text: str, expected: list[tuple[str, int]]) -> None:
    found = quotations(text).quotations
    assert [(text[one.parts[0].start : one.parts[0].end], one.depth) for one in found] == expected
    assert all(one.closed for one in found)


# --- over paragraphs


@pytest.mark.parametrize(
    "text",
    [
        "“Un.\n“Deux.\n“Trois.”",
        '"Un.\n"Deux.\n"Trois."',
        "« Un.\n« Deux.\n« Trois. »",
        "« Un.\n» Deux.\n» Trois. »",
        "“Un.\n\n“Deux.\n \n“Trois.”",
    ],
)
def test_reopened_at_each_paragraph_and_closed_once(text: str) -> None:
    assert insides(text) == [["Un.", "Deux.", "Trois."]]
    (quotation,) = quotations(text).quotations
    assert quotation.closed
    assert [role for _, role in roles(text)] == ["open", "reopen", "reopen", "close"]


def test_closed_in_the_next_paragraph_without_reopening() -> None:
    assert insides("Elle a dit : « Un.\nDeux. » Puis rien.") == [["Un.", "Deux."]]


def test_each_paragraph_in_marks_of_its_own() -> None:
    assert insides("« Un. »\n« Deux. »") == [["Un."], ["Deux."]]


def test_what_is_nested_does_not_run_over() -> None:
    text = "« Un “deux.\n« Trois. »"
    assert insides(text) == [["Un “deux.", "Trois."]]
    assert ("“", "stray") in roles(text)


# --- without a partner


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Elle a crié : « Non !\nPuis rien. Il dit « oui ».", [["Non !"], ["oui"]]),
        ("Elle a crié : “Non !\nPuis rien.\nIl dit “oui”.", [["Non !"], ["oui"]]),
        ('"Non, rien.\nPuis la nuit.', [["Non, rien."]]),
        ("« Un, dit-il. « Deux », dit-elle.", [["Un, dit-il."], ["Deux"]]),
    ],
)
def test_never_closed_ends_with_its_paragraph(text: str, expected: list[list[str]]) -> None:
    assert insides(text) == expected
    assert not quotations(text).quotations[0].closed


def test_never_closed_in_a_long_paragraph_ends_with_its_sentence() -> None:
    text = "« Un mot. " + "Le récit continue sans elle. " * 40
    assert insides(text) == [["Un mot."]]


def test_stray_marks_swallow_nothing() -> None:
    assert insides('Le mot " est seul. Puis "rien" ici.') == [["rien"]]
    assert insides("Il a » dit oui.") == []
    assert roles("Il a » dit « oui.") == [("»", "stray"), ("«", "stray")]
    assert insides("Un mot « seul au milieu de la phrase.\nIl dit « oui ».") == [["oui"]]


@pytest.mark.parametrize("text", ["«»", '""', "« »", "“ ”", "''", '"', "»", "« « « «", "» » »", "'", "‘"])
def test_nothing_inside_is_no_quotation(text: str) -> None:
    assert quotations(text).quotations == ()


# --- dialogue


@pytest.mark.parametrize("dash", ["—", "– ", "― ", "- ", f"—{NARROW}"])
def test_dialogue_dashes(dash: str) -> None:
    text = f"Il entre.\n{dash}Vous partez, dit-il.\nElle se tait."
    (quotation,) = quotations(text).quotations
    assert [text[start:end] for start, end in quotation.parts] == ["Vous partez, dit-il."]
    assert (quotation.dash, quotation.closed, quotation.depth) == (True, False, 0)


@pytest.mark.parametrize("text", ["Un pont — le plus long — est ouvert.", "-5 degrés", "- 5 degrés", "—", "— \nRien"])
def test_other_dashes_open_nothing(text: str) -> None:
    assert quotations(text).quotations == ()


# --- cost, counted in characters that are looked at in Python

PATTERNS = [
    "» ",
    '" ',
    "''a",
    "‘a ",
    "'a ",
    "« » ",
    "“a” «b» ",
    "« a\n",
    '"a\n\n',
    "— a\n",
    '"',
    "a'b ",
]


class Counted(str):
    """A text that counts the characters of the pieces taken from it."""

    __slots__ = ("taken",)
    taken: int

    def __getitem__(self, key: object) -> str:
        piece = str.__getitem__(self, key)  # type: ignore[index]
        self.taken += len(piece)
        return piece


@pytest.mark.parametrize(
    "pattern",
    [*PATTERNS, "« a b ", '« “ ‹ ‘ " ', '"a "b '],
)
def test_the_cost_is_linear_in_the_text(pattern: str) -> None:
    text = Counted(pattern * 3000)
    text.taken = 0
    quotations(text)
    assert text.taken < 8 * len(text)


@pytest.mark.parametrize("pattern", [*PATTERNS, "«", "« “ ‹ ", "« ‹ “ ” › » "])
def test_thousands_of_marks_nest_no_call(pattern: str) -> None:
    text = pattern * 5000
    found = quotations(text)
    starts = [mark.start for mark in found.marks]
    assert starts == sorted(set(starts))
    assert all(one.depth < 8 for one in found.quotations)
    assert all(text[start:end].strip() for one in found.quotations for start, end in one.parts)
