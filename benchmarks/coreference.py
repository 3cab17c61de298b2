"""Whom pronouns and nominals stand for, on news articles whose chains of mentions a reader marked.

    python benchmarks/coreference.py --data DATA MARKED.jsonl [--folds 8]

``MARKED.jsonl`` holds offsets (``train/mark_coreference.py`` makes it of a reader's marks). Two things are measured:

- *in the record*: participants of coded events and speakers of claims that are a pronoun or nominal. One that Gesta
  links (``Participant.antecedent``) is right if the words it is linked to are a name or nominal of the same marked
  chain; one that no chain has is wrong. Recall is over those that a chain with a name has; there one counts as found
  too whose actor is the same as that of a name in the chain, without a link ("the Norlander government", "Norland").
- *in the text*: the same over all pronouns and nominals, whether an event rests on them or not; recall over those whose
  chain has a name or nominal before them.

With ``--folds`` the packaged heads are not used: each part of the articles is read by heads fitted on the others, which
is the honest figure for the articles that the packaged heads were fitted on.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from news import wilson  # noqa: E402

import gesta  # noqa: E402 - neither benchmarks nor the repository's root are installed packages
from gesta.annotate.light import Light  # noqa: E402
from gesta.find.phrases import noun_phrase  # noqa: E402
from gesta.records import Participant, Record, Span  # noqa: E402
from gesta.resolve.actors.coreference import THRESHOLDS  # noqa: E402
from train.coreference import KINDS, Article, choices, fitted, read_articles, report_scores, score  # noqa: E402

Counts = Counter[tuple[str, str]]


def taking_part(record: Record) -> Iterator[Participant]:
    """Yield each participant of an event and each speaker of a claim, once for the same words."""
    found: dict[Span, Participant] = {}
    for event in record.events:
        for one in (*event.sources, *event.targets):
            found.setdefault(one.span, one)
    for claim in record.claims:
        if claim.speaker is not None:
            found.setdefault(claim.speaker.span, claim.speaker)
    yield from found.values()


def marked_at(article: Article, span: Span) -> int | None:
    """Return the head of the marked mention that words stand for: the one that heads them, or is the name in them."""
    words = article.doc.char_span(*span, alignment_mode="expand")
    if words is None:
        return None
    if words.root.i in article.kinds:
        return words.root.i
    inside = [at for at in article.kinds if words.start <= at < words.end and article.kinds[at] == "name"]
    return inside[-1] if inside and words.root.ent_type_ else None


def kind_of(article: Article, one: Participant) -> str:
    """Return what a participant's words are: as marked, else by their tag."""
    at = marked_at(article, one.span)
    if at is not None:
        return article.kinds[at]
    words = article.doc.char_span(*one.span, alignment_mode="expand")
    if words is None:
        return "name"
    return "pronoun" if words.root.pos_ == "PRON" else "name" if words.root.pos_ == "PROPN" else "nominal"


def in_record(article: Article, record: Record) -> Counts:
    """Links made, right ones, and what could have been linked, among participants and speakers."""
    counts: Counts = Counter()
    named = {chain for at, chain in article.chains.items() if article.kinds[at] == "name"}
    same = _named_alike(article, record)
    for one in taking_part(record):
        kind, at = kind_of(article, one), marked_at(article, one.span)
        chain = article.chains.get(at) if at is not None else None
        if kind not in KINDS:
            continue
        counts[kind, "participants"] += 1
        right = False
        if one.antecedent is not None:
            to = marked_at(article, one.antecedent)
            right = chain is not None and to is not None and article.chains[to] == chain
            counts[kind, "linked"] += 1
            counts[kind, "right"] += right
        if chain is not None and chain in named:
            counts[kind, "marked"] += 1
            counts[kind, "found"] += right or (one.antecedent is None and (one.actor, chain) in same)
    return counts


def _named_alike(article: Article, record: Record) -> set[tuple[str, int]]:
    """Actors with the chains that have a name of theirs: as a participant, or as the actor is called."""
    names = {
        actor.id: {actor.name.casefold(), *(alias.casefold() for alias in actor.aliases)} for actor in record.actors
    }
    found: set[tuple[str, int]] = set()
    for at, chain in article.chains.items():
        if chain is not None and article.kinds[at] == "name":
            phrase = noun_phrase(article.doc[at]).text.casefold()
            words = {article.doc[at].text.casefold(), phrase, phrase.removeprefix("the ")}
            found |= {(actor, chain) for actor, called in names.items() if words & called}
    for one in taking_part(record):
        head = marked_at(article, one.span)
        chain = article.chains[head] if head is not None and article.kinds[head] == "name" else None
        if chain is not None:
            found.add((one.actor, chain))
    return found


def heads_for(articles: Sequence[Article], parts: int) -> Iterator[tuple[Mapping[str, Light], list[Article]]]:
    """Yield the articles part by part with heads fitted on the other parts."""
    rows = {article.name: choices(article) for article in articles}
    for part in range(parts):
        held = [article for at, article in enumerate(articles) if at % parts == part]
        names = {article.name for article in held}
        yield fitted([row for name in sorted(rows) if name not in names for row in rows[name]]), held


def show(counts: Counts) -> None:
    """Print precision and recall in the record."""
    for kind in (*KINDS, "all"):
        of = KINDS if kind == "all" else (kind,)
        sums = {
            name: sum(counts[one, name] for one in of)
            for name in ("participants", "linked", "right", "marked", "found")
        }
        low, high = wilson(sums["right"], sums["linked"]) if sums["linked"] else (0.0, 1.0)
        print(
            f"{kind:8} of {sums['participants']:4}: precision {sums['right']}/{sums['linked']} "
            f"{sums['right'] / max(1, sums['linked']):.3f} ({low:.3f} to {high:.3f})   "
            f"recall {sums['found']}/{sums['marked']} {sums['found'] / max(1, sums['marked']):.3f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("marked", type=Path)
    parser.add_argument("--data", type=Path, required=True, help="folder with newswire/")
    parser.add_argument("--folds", type=int, default=0)
    options = parser.parse_args()
    coder = gesta.load()
    articles = list(read_articles(coder, options.data / "newswire/articles", options.marked))
    told, text = Counts(), Counts()
    for heads, held in heads_for(articles, options.folds) if options.folds else [(coder.model.light, articles)]:
        coder.model.light.update(heads)
        for article in held:
            told += in_record(article, coder.code(article.report))
            text += score(article, coder.model.light, THRESHOLDS)
    print(f"in the record of {len(articles)} articles")
    show(told)
    print("in the text")
    report_scores(text)


if __name__ == "__main__":
    main()
