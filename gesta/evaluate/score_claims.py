"""Stance, certainty and framing of claims whose cue, speaker and content are given, and loaded words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from gesta.attribute.attitude import attitude
from gesta.attribute.loaded import find_loaded
from gesta.attribute.unnamed import Unnaming
from gesta.coder import Coder
from gesta.evaluate.claims_casebook import LABELS, ClaimCase, read_claims
from gesta.evaluate.score import Row, Score, share
from gesta.records import Span


def claims(path: Path | str, *, coder: Coder, held_out: bool | None = True) -> Score:
    """Score stance, certainty and framing on given spans, and loaded words, against ``casebook/claims.jsonl``.

    ``held_out``: only the cases marked so, only the others, or (None) all. "macro" is the mean recall of the values
    that occur. A loaded word is found where the words overlap. ``UsageError`` if nothing can be read.
    """
    cases, left_out = read_claims(Path(path))
    cases = [case for case in cases if held_out is None or case.held_out is held_out]
    pairs: dict[str, list[tuple[str, str]]] = {field: [] for field in LABELS}
    read = coder.nlp.get_pipe("gesta_reader")
    words: list[tuple[int, int, int]] = []
    for case in cases:
        doc = coder.nlp(case.text)
        unnaming = Unnaming(doc)
        for one in case.claims:
            found = attitude(one.told(doc), unnaming, coder.model)
            for field in LABELS:
                pairs[field].append((one.labels[field], getattr(found, field)))
        words.append(_found(case, [(one.start, one.end) for one in find_loaded(doc, coder.model, coder.loaded, read)]))
    gold = sum(len(case.loaded) for case in cases)
    figures = _of_words(words, gold)
    for field, told in pairs.items():
        figures[f"{field} accuracy"] = share(sum(gold == found for gold, found in told), len(told))
        figures[f"{field} macro"] = _macro(told)
    return Score(
        task="claims",
        source=str(path),
        figures=figures,
        counts={
            "texts": len(cases),
            "claims": len(pairs["stance"]),
            "loaded words": gold,
            "lines left out": len(left_out),
        },
        rows=tuple(row for field, told in pairs.items() for row in _by_value(field, told)),
        notes=tuple(left_out),
    )


def _found(case: ClaimCase, flagged: Sequence[Span]) -> tuple[int, int, int]:
    """How many flags touch a labelled span, how many there are, and how many labelled spans are touched."""

    def touches(span: Span, others: Sequence[Span]) -> bool:
        return any(start < span[1] and span[0] < end for start, end in others)

    right = sum(touches(span, case.loaded) for span in flagged)
    return right, len(flagged), sum(touches(span, flagged) for span in case.loaded)


def _of_words(found: Sequence[tuple[int, int, int]], gold: int) -> dict[str, float]:
    """Precision over flags, recall over labelled spans: "puppet clique" may be one span and two flags."""
    precision, recall = share(sum(f[0] for f in found), sum(f[1] for f in found)), share(sum(f[2] for f in found), gold)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"loaded words precision": precision, "loaded words recall": recall, "loaded words F1": f1}


def _macro(told: Sequence[tuple[str, str]]) -> float:
    gold = Counter(one for one, _ in told)
    right = Counter(one for one, found in told if one == found)
    return sum(share(right[value], count) for value, count in gold.items()) / len(gold) if gold else 0.0


def _by_value(field: str, told: Sequence[tuple[str, str]]) -> list[Row]:
    gold, found = Counter(one for one, _ in told), Counter(one for _, one in told)
    right = Counter(one for one, other in told if one == other)
    return [
        Row(group=field, name=value, correct=right[value], predicted=found[value], gold=gold[value])
        for value in sorted(gold | found)
    ]
