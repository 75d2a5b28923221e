"""What each word list of a language may hold: one record a TOML file, one field a key. Unknown keys are refused."""

from __future__ import annotations

from typing import Literal

import msgspec

from selon.types import Act, StatementKind

Frame = Literal["clause", "infinitive", "quotation", "question", "object", "attribute"]


class WordList(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all word lists: keys that nobody reads are refused."""


# --- language.toml ------------------------------------------------------------------------------------------------


class General(WordList, frozen=True, kw_only=True):
    """`language.toml`: the language's own name."""

    name: str


# --- cues.toml and conjugation.toml -------------------------------------------------------------------------------


class VerbGroup(WordList, frozen=True, kw_only=True):
    """Verbs that report in the same way. `takes`: what can follow as content ("object": a noun after which comes
    the content, as in `accuser X de`; "attribute": an adjective, as in `se dit ravi de`). A lemma of several words
    ("faire savoir") is one cue, its first word inflected."""

    act: Act
    kind: StatementKind = "speech"
    takes: tuple[Frame, ...]
    lemmas: tuple[str, ...]


class NounGroup(WordList, frozen=True, kw_only=True):
    """Nouns that report: "l'annonce que", "the claim that"."""

    act: Act
    kind: StatementKind = "speech"
    lemmas: tuple[str, ...]


class PhraseGroup(WordList, frozen=True, kw_only=True):
    """Prepositions and phrases before the source: "selon", "aux yeux de", "according to". `ambiguous` ones mostly mean
    something else ("pour", "for") and count only set off at the head of a clause."""

    act: Act
    kind: StatementKind = "speech"
    ambiguous: bool = False
    phrases: tuple[str, ...]


class CueWords(WordList, frozen=True, kw_only=True):
    """`cues.toml`: the words that report. The passive of a verb of `active_only` reports nothing ("is expected to");
    one of `speakers_only` reports only where somebody is its subject ("the roof threatens to fall"). `idle`: idioms
    with a word of the lists that reports nothing ("on dirait"). `measures`: nouns that can stand after a phrase of the
    list and are no source ("selon la saison")."""

    verbs: tuple[VerbGroup, ...]
    active_only: tuple[str, ...] = ()
    speakers_only: tuple[str, ...] = ()
    idle: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    nouns: tuple[NounGroup, ...]
    phrases: tuple[PhraseGroup, ...]


class Pattern(WordList, frozen=True, kw_only=True):
    """The forms of the verbs whose infinitive ends in `match`, as the endings put in its place."""

    match: str
    endings: tuple[str, ...]


class Conjugation(WordList, frozen=True, kw_only=True):
    """`conjugation.toml`: how verbs of the list are inflected; the longest match holds, `irregular` before all.

    `reflexives`: how a reflexive verb's lemma begins ("se "); `plural`: what makes the plural of a noun; `agreement`:
    what an adjective or participle after one of `copulas` takes on ("être sûr": sûre, sûrs)."""

    patterns: tuple[Pattern, ...]
    reflexives: tuple[str, ...] = ()
    plural: tuple[str, ...]
    agreement: tuple[str, ...] = ()
    copulas: tuple[str, ...] = ()
    irregular: dict[str, tuple[str, ...]] = {}


# --- grammar.toml -------------------------------------------------------------------------------------------------


class GrammarWords(WordList, frozen=True, kw_only=True):
    """`grammar.toml`: the small words by which contents and mentions are found, in lower case.

    `relative_questions`, `noun_links`: several words, what follows is a content ("ce que", "selon laquelle").
    `asides`: what may stand between a verb and its subject and is neither ("pour sa part"). `neutral_pronouns`: what
    shows something but says nothing ("cela"). `quoting_marks`: before a participle whose source stands before the mark
    ("cited her | as | saying").
    `reason_marks`: before the infinitive of a verb that takes an object ("critiqué pour avoir").
    `comparatives`: a complementizer after one of them is none ("plus que", "so that"), but after one of `additives`
    right behind the cue ("affirme aussi que"). `governors`: verbs whose infinitive may be the cue ("ose prétendre"). A
    noun right after one of `bare_noun_marks` reports nothing ("in order to"). `bare_clauses`: a content may stand
    without a complementizer ("said it would"). `article_in_cue`: a noun cue goes with its article ("l'annonce").
    `privatives`: a participle after one reports nothing ("without saying"); `subordinators`: conjunctions that the
    tagger may take for prepositions ("before"). A language
    without a thing leaves its list out.
    """

    complementizers: tuple[str, ...]
    question_words: tuple[str, ...]
    relative_questions: tuple[str, ...] = ()
    infinitive_marks: tuple[str, ...]
    reason_marks: tuple[str, ...] = ()
    relatives: tuple[str, ...]
    noun_links: tuple[str, ...] = ()
    asides: tuple[str, ...] = ()
    neutral_pronouns: tuple[str, ...] = ()
    quoting_marks: tuple[str, ...] = ()
    reflexive_pronouns: tuple[str, ...] = ()
    always_reflexive: tuple[str, ...] = ()
    object_pronouns: tuple[str, ...] = ()
    negations_before: tuple[str, ...]
    negations_after: tuple[str, ...]
    subject_clitics: tuple[str, ...] = ()
    subject_pronouns: tuple[str, ...]
    first_person: tuple[str, ...]
    second_person: tuple[str, ...]
    impersonal: tuple[str, ...]
    agent_marks: tuple[str, ...]
    bare_noun_marks: tuple[str, ...] = ()
    bare_clauses: bool = False
    article_in_cue: bool = True
    privatives: tuple[str, ...] = ()
    subordinators: tuple[str, ...] = ()
    possessive_marks: tuple[str, ...]
    possessives: tuple[str, ...]
    comparatives: tuple[str, ...]
    additives: tuple[str, ...] = ()
    governors: tuple[str, ...]
    auxiliaries: tuple[str, ...]
    coordinators: tuple[str, ...]


# --- sources.toml -------------------------------------------------------------------------------------------------


class SourceWords(WordList, frozen=True, kw_only=True):
    """`sources.toml`: the words that tell what a source is, lower case; nouns in the singular.

    `men`, `women`, `persons`: nouns of one person that show a man, a woman, or neither; `groups`: of several people;
    `states`: countries and capitals that stand for a government; `spokesmen`: who speaks for somebody else;
    `unnamed_sources`: sources that are kept unnamed; `anonymous`: nobody. `titles*`: before a name. Pronouns by whom
    they can mean: `he`, `she`, `they` (`they_women`), `either`, `we`. `plural`: endings of a plural noun;
    `articles`, `definite`, `indefinite`: determiners; `others`: "another"; `of`: joins a role and whom it is for.
    `nationalities`: how the adjectives of states begin; `genitives`: "'s"; `issuers`: before who issues a document;
    `nameless`: words that say that somebody is kept unnamed; `nobody`: what a source without any name is
    called; `head_last`: a noun's modifying nouns stand before it.
    `same_offices`: an office in several words and the noun that names it too ("chef de l'état = président").
    `general_nouns`: nouns that take up somebody whose trade is told by another ("expert", "leader").
    `two`: the word for two, after which a plural takes up the last two.
    `issuing`: verbs whose subject issues their object ("publish").
    `owned`: how "{rest}" of a known "{owner}" is put; `anaphors`: nouns of institutions that take up one just named
    ("the company"); `messages`: documents whose author is whoever is just spoken of ("a statement");
    `place_marks`: a name alone after one of them is hardly a person;
    `institution_names`, `outlet_names`: words inside proper names, also foreign ones, that show one;
    `person_endings`: how nouns of professions end; `women_endings`, `men_endings`: how those of women and of men do,
    where no article shows it; `calendar`: days and months, which
    end a name.
    """

    men: tuple[str, ...]
    women: tuple[str, ...]
    persons: tuple[str, ...]
    groups: tuple[str, ...]
    institutions: tuple[str, ...]
    documents: tuple[str, ...]
    outlets: tuple[str, ...]
    states: tuple[str, ...]
    spokesmen: tuple[str, ...]
    unnamed_sources: tuple[str, ...]
    anonymous: tuple[str, ...]
    titles_men: tuple[str, ...]
    titles_women: tuple[str, ...]
    titles: tuple[str, ...]
    he: tuple[str, ...]
    she: tuple[str, ...]
    they: tuple[str, ...]
    they_women: tuple[str, ...] = ()
    either: tuple[str, ...]
    we: tuple[str, ...]
    articles: tuple[str, ...]
    definite: tuple[str, ...]
    indefinite: tuple[str, ...]
    others: tuple[str, ...]
    possessives: tuple[str, ...]
    of: tuple[str, ...]
    coordinators: tuple[str, ...]
    particles: tuple[str, ...]
    plural: tuple[str, ...]
    nationalities: tuple[str, ...]
    nameless: tuple[str, ...]
    nobody: str
    genitives: tuple[str, ...] = ()
    issuers: tuple[str, ...]
    head_last: bool
    owned: str
    issuing: tuple[str, ...] = ()
    same_offices: tuple[str, ...] = ()
    two: tuple[str, ...] = ()
    general_nouns: tuple[str, ...] = ()
    anaphors: tuple[str, ...]
    messages: tuple[str, ...]
    place_marks: tuple[str, ...]
    institution_names: tuple[str, ...]
    outlet_names: tuple[str, ...]
    person_endings: tuple[str, ...]
    women_endings: tuple[str, ...] = ()
    men_endings: tuple[str, ...] = ()
    calendar: tuple[str, ...]


# --- attributes.toml ----------------------------------------------------------------------------------------------


class AttributeWords(WordList, frozen=True, kw_only=True):
    """`attributes.toml`: the words that tell how something was said.

    `medium_marks`, `addressee_marks`: prepositions; `media`: nouns of a medium; `addressee_objects`: cues whose object
    is the addressee; `addressee_pronouns`: object pronouns that say to whom, after the cue too in a language of
    `pronouns_after`; `denials`: cues that deny their content, and `beliefs`: those that do where
    they are negated; `doubts`: cues that only hold their content possible ("suspect"); `hearsay`: the author's own
    doubt, as the passives of `hearsay_cues` are ("is suspected of"); `naming_cues`: verbs that call somebody or
    something a thing, which accuse with a word of `hostile` and judge otherwise; `seems`: the same as a verb;
    `maybe`, `modals`: the source's; `conditions`: open a condition; `counterfactual`: participles whose
    conditional is no hearsay ("aurait pu").
    """

    medium_marks: tuple[str, ...]
    media: tuple[str, ...]
    addressee_marks: tuple[str, ...]
    addressee_objects: tuple[str, ...]
    addressee_pronouns: tuple[str, ...] = ()
    pronouns_after: bool = False
    denials: tuple[str, ...]
    beliefs: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    hearsay: tuple[str, ...]
    hearsay_cues: tuple[str, ...] = ()
    hostile: tuple[str, ...] = ()
    naming_cues: tuple[str, ...] = ()
    maybe: tuple[str, ...]
    modals: tuple[str, ...]
    seems: tuple[str, ...]
    conditions: tuple[str, ...]
    counterfactual: tuple[str, ...] = ()
    question_ends: tuple[str, ...]


# --- dates.toml ---------------------------------------------------------------------------------------------------


class DateWords(WordList, frozen=True, kw_only=True):
    """`dates.toml`: the words of days and parts of days.

    `days` from Monday, `months` from January; `leads*` stand before a day, `last`, `next` after it; `parts`: of a
    day; `offsets`: words for a day near the publication, in days from it; `ago_before`, `ago_after`: beside a number
    of `units` (in days); `undated`: times whose day cannot be told from the words alone; `ordinal`: what may follow
    the number of a day, as a regular expression; `month_first`: "March 5" is said too.
    """

    days: tuple[str, ...]
    months: tuple[str, ...]
    leads: tuple[str, ...]
    leads_last: tuple[str, ...] = ()
    leads_next: tuple[str, ...] = ()
    parts: tuple[str, ...]
    last: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    ordinal: str
    month_first: bool
    in_month: tuple[str, ...]
    undated: tuple[str, ...]
    ago_before: tuple[str, ...] = ()
    ago_after: tuple[str, ...] = ()
    offsets: dict[str, int]
    units: dict[str, int]
    numbers: dict[str, int]

    def __hash__(self) -> int:
        """By the days alone: one list a language."""
        return hash(self.days)


# --- pages.toml ---------------------------------------------------------------------------------------------------


class PageWords(WordList, frozen=True, kw_only=True):
    """`pages.toml`: the words of a page that are not the article's, in lower case.

    `function_words` tell the language of a text; `home` begins a breadcrumb; `byline`, `published`, `updated` begin
    such a line; `joined_names` joins two authors, and what begins with one of `no_names` is none; `related` heads a
    block of links, `related_line` begins a line that is one, after a line of `closing` nothing is the article's.
    Notices: `notices` begin one; a line with one of `notice_phrases` is one unless it is a sentence; `notice_lines`
    are the whole of one. `outlet_separators` stand between title and outlet.
    """

    function_words: tuple[str, ...]
    home: tuple[str, ...]
    byline: tuple[str, ...]
    joined_names: tuple[str, ...]
    no_names: tuple[str, ...]
    published: tuple[str, ...]
    updated: tuple[str, ...]
    related: tuple[str, ...]
    related_line: tuple[str, ...]
    closing: tuple[str, ...]
    notices: tuple[str, ...]
    notice_phrases: tuple[str, ...]
    notice_lines: tuple[str, ...]
    outlet_separators: tuple[str, ...]


# --- profile.toml -------------------------------------------------------------------------------------------------


class Articles(WordList, frozen=True, kw_only=True):
    """The definite article before a feminine or masculine name, and before a vowel, each with its space."""

    f: str
    m: str
    vowel: str


class ProfileWords(WordList, frozen=True, kw_only=True):
    """`profile.toml`: the one line that says what an article rests on, and the words for the headline check.

    `numbers` from none on. `top*`: the source with most words, by its number and gender; `joint` joins the clauses.
    `all_articles`, `elided_articles`, `plural_articles`: how a description may begin; `vowels`: before them the
    article is `articles.vowel`; `feminine_*`: how the gender of an institution's first noun is told; `stopwords`,
    `suffixes`: for comparing the headline's words with what is said.
    """

    numbers: tuple[str, ...]
    nothing: str
    statements_one: str
    statements_many: str
    no_sources: str
    sources_one: str
    sources_many: str
    top: str
    top_feminine: str
    top_plural: str
    top_neutral: str
    only: str
    joint: str
    headline_whole: str
    headline_part: str
    headline_none: str
    articles: Articles
    all_articles: tuple[str, ...]
    elided_articles: tuple[str, ...] = ()
    plural_articles: tuple[str, ...]
    vowels: str
    feminine_endings: tuple[str, ...] = ()
    feminine_nouns: tuple[str, ...] = ()
    stopwords: tuple[str, ...]
    suffixes: tuple[str, ...]


# --- sentences.toml -----------------------------------------------------------------------------------------------


class SentenceWords(WordList, frozen=True, kw_only=True):
    """`sentences.toml`: what tokens and sentences depend on.

    `whole_words`: one token in spite of their apostrophe; `elisions`: before an apostrophe, which they take along;
    `clitics`, `contractions`: the end of a word that is a token of its own; `split_words`: "can not" splits cannot.
    `keeps_hyphens`: a hyphenated word is one token; `spaced_numbers`: "50 000" is one. After one of `abbreviations`
    no sentence ends; `number_abbreviations` are such before a digit only; after one of `closing_abbreviations` a
    sentence ends where one of `openers`, words that begin sentences, follows; `sure_openers` begin one even behind
    a heading without a mark. `determiners`: no verb comes after one.
    """

    whole_words: tuple[str, ...] = ()
    elisions: tuple[str, ...] = ()
    clitics: tuple[str, ...] = ()
    contractions: tuple[str, ...] = ()
    split_words: tuple[str, ...] = ()
    keeps_hyphens: bool
    spaced_numbers: bool = False
    abbreviations: tuple[str, ...]
    number_abbreviations: tuple[str, ...]
    closing_abbreviations: tuple[str, ...]
    openers: tuple[str, ...]
    sure_openers: tuple[str, ...] = ()
    determiners: tuple[str, ...]
