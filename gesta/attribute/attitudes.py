"""What a cue alone tells of its speaker and of the author: ``attitudes.tsv``, read by lemma, phrases before words.

``stance`` and ``certainty`` are the speaker's, ``framing`` is the author's choice of word. ``turn`` says what can turn
the stance: ``content`` ("said" accuses, denies or threatens by what is said), ``vow`` (own acts: harm is threatened,
anything else promised), ``warning`` (own acts are threatened, what comes by itself predicted), ``asking`` (a question
doubts), ``naming`` ("called it a lie" denies, "a triumph" praises); empty: nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

from spacy.tokens import Doc, Token

from gesta.annotate.lemmas import lemma
from gesta.ontology.tables import read_table
from gesta.records import Certainty, Framing, Stance

STANCES: tuple[Stance, ...] = get_args(Stance)
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)
FRAMINGS: tuple[Framing, ...] = get_args(Framing)
Turn = Literal["", "content", "vow", "warning", "asking", "naming"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of ``attitudes.tsv``."""

    words: tuple[str, ...]
    stance: Stance
    turn: Turn
    certainty: Certainty
    framing: Framing


@cache
def _table() -> dict[str, tuple[Entry, ...]]:
    """Entries by their first word, the longest first."""
    table: dict[str, list[Entry]] = {}
    for row in read_table("gesta.attribute", "attitudes.tsv"):
        words = tuple(row["cue"].split())
        entry = Entry(
            words,
            cast(Stance, row["stance"]),
            cast(Turn, row["turn"]),
            cast(Certainty, row["certainty"]),
            cast(Framing, row["framing"]),
        )
        table.setdefault(words[0], []).append(entry)
    return {first: tuple(sorted(rows, key=lambda entry: -len(entry.words))) for first, rows in table.items()}


def forms(token: Token) -> tuple[str, ...]:
    """The word as it stands and its lemmas as a verb and as a noun, likeliest first."""
    low = token.lower_
    verb, noun = lemma(low, "VERB"), lemma(low, "NOUN")
    return tuple(dict.fromkeys((low, verb, noun) if token.pos_ in {"VERB", "AUX"} else (low, noun, verb)))


def cue_head(doc: Doc, cue: tuple[int, ...]) -> Token | None:
    """The word of a cue that says most: one of the table's, else the first that no other word of the cue governs."""
    if not cue:
        return None
    entries = [(i, entry) for i in cue for entry in _starting(doc, i)]
    if entries:
        return doc[max(entries, key=lambda one: (len(one[1].words), doc[one[0]].pos_ in {"VERB", "NOUN"}, -one[0]))[0]]
    return next((doc[i] for i in cue if doc[i].head.i not in cue or doc[i].head.i == i), doc[cue[0]])


def entry_of(doc: Doc, cue: tuple[int, ...]) -> Entry | None:
    """Return what the table says of a cue (token indices); phrases may reach past its last word ("called | on")."""
    head = cue_head(doc, cue)
    return None if head is None else next(_starting(doc, head.i), None)


def _starting(doc: Doc, at: int) -> Iterator[Entry]:
    """Yield the entries that begin at a token, the longest first."""
    found = [entry for form in forms(doc[at]) for entry in _table().get(form, ()) if _fits(doc, at, entry)]
    yield from sorted(found, key=lambda entry: -len(entry.words))


def _fits(doc: Doc, at: int, entry: Entry) -> bool:
    end = at + len(entry.words)
    if end > len(doc):
        return False
    return all(word in forms(doc[at + n]) for n, word in enumerate(entry.words[1:], start=1))
