"""The country of an actor whose own words tell none: weighed from the countries that its sentence and report name.

"Opposition leaders in Lusaka accused the president": he is Zambia's. Each country named in the sentence (by its name or
people, its capital or a place in it, a known group) is weighed by how it stands to the actor's words; the weights in
``context.tsv`` are fitted by ``train/fit_context.py`` on casebook batches. No link is better than a wrong one: below
``LEAST`` none is taken. In a report of several sentences its main country is asked first.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from gesta.ontology.tables import read_table
from gesta.records import Place, Span
from gesta.resolve.actors.countries import countries
from gesta.resolve.actors.focus import LEAST_SHARE, Focus
from gesta.resolve.actors.mentions import Mentions
from gesta.resolve.actors.phrases import OWN
from gesta.resolve.actors.reading import DOMESTIC_SECTORS, STATE_SECTORS, Land

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LEAST = 0.5
"""Least probability at which a country is supplied."""
LEAST_AFAR = 0.8
"""The same in a report of several sentences, where what a sentence does not say may stand in another."""
LEAST_SHARE_NAMED = 0.9
"""Share of a report's words for countries that one must have to give it to a person named without any office."""
LONE_SENTENCES = 3
"""Up to so many sentences a text is too short to have a main country beside those of its sentences."""
_MAIN_MENTIONS = 3
_LEADING_MENTIONS = 2
_LEADING_TIMES = 3
"""How many times more often than any other a country must be named to be that of what is found in every country."""
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubjpass", "csubj"})
_OBJECTS = frozenset({"obj", "dobj", "iobj", "obl", "nsubj:pass"})
_WITHIN = frozenset({"in", "at", "near", "inside", "outside", "across", "around", "of", "from"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A country told at tokens [start, end). ``how``: name, demonym, capital, metonym, place or group."""

    start: int
    end: int
    country: str
    how: str


class Context:
    """The countries of one report, by sentence. ``places`` are those that the gazetteer found."""

    def __init__(self, doc: Doc, mentions: Mentions, places: Iterable[Place] = (), focus: Focus | None = None) -> None:
        self._doc = doc
        self._mentions = mentions
        self._focus = focus
        parted = doc.has_annotation("SENT_START")
        self.cues = _cues(mentions, places) if parted else []
        self._sentences = sum(1 for _ in doc.sents) if parted else 0
        self._clauses: dict[int, int] = {}

    def land(self, span: tuple[int, int], head: Token, sectors: Sequence[str], *, named: bool = False) -> Land | None:
        """Return the country of the actor that tokens [start, end) name, or None if that is not clear.

        ``named``: it is a person, of whom no office is told; reports quote those of other countries by name.
        """
        main = self._main(head, sectors, named=named)
        inside = any(span[0] <= cue.start and cue.end <= span[1] for cue in self.cues)
        if main is not None and not inside:
            return main
        if named and self._sentences > LONE_SENTENCES and not inside:
            return None
        around = self._around(span)
        if around is not None:
            return around
        ranked = self.ranked(span, head, sectors)
        alone = self._sentences <= LONE_SENTENCES or inside
        if not ranked or ranked[0][1] < (LEAST if alone else LEAST_AFAR):
            return None
        code, sure = ranked[0]
        cue = min((cue for cue in self._near(head) if cue.country == code), key=lambda one: abs(one.start - head.i))
        country = countries()[code]
        words = self._mentions.slice(cue.start, cue.end)
        return Land(country, f"country {country.code} from '{words}' in the same sentence ({sure:.2f})")

    def only(self, head: Token, *, personal: bool) -> Land | None:
        """Return the one country that the sentence of ``head`` names, if any.

        In a report of several sentences it must lead there too, and gives none to a pronoun (``personal``): what that
        stands for may be in another sentence.
        """
        near = self._near(head)
        if len({cue.country for cue in near}) != 1:
            return None
        code = near[0].country
        if self._sentences > LONE_SENTENCES:
            counts = Counter(cue.country for cue in self.cues)
            if personal or counts.most_common(1)[0][0] != code or not self._leading(counts, head):
                return None
        words = self._mentions.slice(near[0].start, near[0].end)
        return Land(countries()[code], f"country {countries()[code].code} from '{words}', the only one in the sentence")

    def ranked(self, span: tuple[int, int], head: Token, sectors: Sequence[str]) -> list[tuple[str, float]]:
        """Return the countries that the sentence of ``head`` names with the probability of each, likeliest first."""
        near = self._near(head)
        codes = sorted({cue.country for cue in near})
        weights = _weights()
        scores = {code: _total(self.features(span, head, sectors, code), weights) for code in codes}
        whole = math.exp(_total(none_features(sectors), weights)) + sum(map(math.exp, scores.values()))
        return sorted(((code, math.exp(score) / whole) for code, score in scores.items()), key=lambda one: -one[1])

    def features(self, span: tuple[int, int], head: Token, sectors: Sequence[str], code: str) -> dict[str, float]:
        """Return how country ``code`` stands to the actor, by the names of ``context.tsv``."""
        near = self._near(head)
        own = [cue for cue in near if cue.country == code]
        sector = sectors[0] if sectors else ""
        told: dict[str, float] = {
            "share": len(own) / len(near),
            "alone": float(len({cue.country for cue in near}) == 1),
            "first": float(near[0].country == code),
            "inside": float(any(span[0] <= cue.start and cue.end <= span[1] for cue in own)),
            "right after": float(any(0 <= cue.start - span[1] <= 1 and self._located(cue) for cue in own)),
            "clause": float(any(self._clause(cue.end - 1) == self._clause(head.i) for cue in own)),
            "subject": float(any(self._subject(cue) for cue in own)),
            "located": float(any(self._located(cue) for cue in own)),
            "distance": min(math.log1p(abs(cue.start - head.i)) for cue in own),
            "before": float(any(cue.start < head.i for cue in own)),
            "last before": float(self._last_before(near, head.i) == code),
        }
        told["nearest"] = float(min(near, key=lambda cue: abs(cue.start - head.i)).country == code)
        told["owned"] = told["subject"] * float(self._mentions.folds[span[0]] in OWN)
        told["owned last before"] = told["last before"] * float(self._mentions.folds[span[0]] in OWN)
        told["role object"] = told["subject"] * float(head.dep_ in _OBJECTS)
        told[f"{sector} subject"] = told["subject"]
        told[f"{sector} located"] = told["located"]
        told[f"{sector} last before"] = told["last before"]
        for how in ("name", "demonym", "capital", "place", "group"):
            told[how] = float(any(cue.how == how for cue in own))
        kind = "state" if sector in STATE_SECTORS else "domestic" if sector in DOMESTIC_SECTORS else "other"
        is_subject = head.dep_ in _SUBJECTS
        for name in ("subject", "located", "place", "clause", "first", "last before"):
            told[f"{kind} {name}"] = told[name]
        told["other one acts"] = told["subject"] * float(not is_subject) * told["clause"]
        told[f"{kind} other one acts"] = told["other one acts"]
        return told

    def _near(self, head: Token) -> list[Cue]:
        if not self.cues:
            return []
        sentence = head.sent
        return [cue for cue in self.cues if sentence.start <= cue.start < sentence.end]

    def _main(self, head: Token, sectors: Sequence[str], *, named: bool) -> Land | None:
        """Return the country that a report of several sentences is about, or None."""
        if self._sentences <= LONE_SENTENCES:
            return None
        counts = Counter(cue.country for cue in self.cues)
        code, most = counts.most_common(1)[0] if counts else ("", 0)
        share = most / max(counts.total(), 1)
        if named and (share < LEAST_SHARE_NAMED or most < _MAIN_MENTIONS):
            return None
        focus = self._focus
        domestic = not {*sectors[:1]}.isdisjoint(STATE_SECTORS | DOMESTIC_SECTORS)
        if focus is not None and (not focus.dateline or domestic) and not named:
            return Land(focus.country, f"country {focus.country.code} from {focus.why}")
        if not (most >= _MAIN_MENTIONS and share >= LEAST_SHARE) and not (domestic and self._leading(counts, head)):
            return None
        country = countries()[code]
        return Land(country, f"country {country.code} from {most} of {counts.total()} words in it that tell one")

    def _leading(self, counts: Counter[str], head: Token) -> bool:
        """Tell whether one country leads the rest by far, and the sentence of ``head`` names no other."""
        (code, most), (_, second) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
        if most < _LEADING_MENTIONS or most < _LEADING_TIMES * second:
            return False
        return all(cue.country == code for cue in self._near(head))

    def _around(self, span: tuple[int, int]) -> Land | None:
        """Return the country of the place in which the words themselves say the actor is ("a firm in Eastport")."""
        own = [cue for cue in self.cues if span[0] < cue.start and cue.end <= span[1] and self._located(cue)]
        if len({cue.country for cue in own}) != 1:
            return None
        country = countries()[own[0].country]
        words = self._mentions.slice(own[0].start, own[0].end)
        return Land(country, f"country {country.code} from '{words}', where it is")

    def _clause(self, at: int) -> int:
        """Return the verb over a token."""
        found = self._clauses.get(at)
        if found is None:
            token = self._doc[at]
            while token.head.i != token.i and token.pos_ not in {"VERB", "AUX"}:
                token = token.head
            found = self._clauses[at] = token.i
        return found

    def _subject(self, cue: Cue) -> bool:
        token = self._doc[cue.end - 1]
        while token.head.i != token.i and token.pos_ not in {"VERB", "AUX"}:
            if token.dep_ in _SUBJECTS:
                return True
            token = token.head
        return False

    def _located(self, cue: Cue) -> bool:
        return cue.how != "demonym" and cue.start > 0 and self._mentions.folds[cue.start - 1] in _WITHIN

    def _last_before(self, near: list[Cue], at: int) -> str:
        return next((cue.country for cue in reversed(near) if cue.start < at), "")


def none_features(sectors: Sequence[str]) -> dict[str, float]:
    """Return what speaks for no country at all."""
    return {"none": 1.0, f"none {sectors[0] if sectors else 'nothing'}": 1.0}


def _cues(mentions: Mentions, places: Iterable[Place]) -> list[Cue]:
    found: dict[int, Cue] = {}
    for at, land in enumerate(mentions.countries):
        if land is not None and land.start == at:
            found[at] = Cue(at, land.end, land.match.country.iso3, land.match.how)
    for at, group in enumerate(mentions.groups):
        if group is not None and group.start == at and group.group.country in countries() and at not in found:
            found[at] = Cue(at, group.end, str(group.group.country), "group")
    starts = {offset: at for at, offset in enumerate(mentions.offsets)}
    for place in places:
        start = starts.get(place.span[0])
        if start is None or place.country not in countries() or place.country is None:
            continue
        end = _end(mentions, start, place.span)
        if _is_no_place(mentions, start, end):
            continue
        if all(mentions.countries[at] is None and mentions.groups[at] is None for at in range(start, end)):
            found.setdefault(start, Cue(start, end, place.country, "place"))
    return [found[at] for at in sorted(found)]


def _is_no_place(mentions: Mentions, start: int, end: int) -> bool:
    """Tell a place from a part of a person's name, or of a name in another language ("Mesa de Enlace")."""
    name = mentions.names[start]
    if name is None or name.end - name.start <= end - start:
        return False
    return name.label == "Person" or (end < name.end and mentions.folds[end] in {"de", "del", "da", "do", "di", "du"})


def _end(mentions: Mentions, start: int, span: Span) -> int:
    end = start + 1
    while end < len(mentions.offsets) and mentions.offsets[end] < span[1]:
        end += 1
    return end


def _total(features: dict[str, float], weights: dict[str, float]) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


@cache
def _weights() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in read_table(__package__, "context.tsv")}
