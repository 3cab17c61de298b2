"""Write docs/no-side.md: two partisan texts on one invented crisis, as Gesta codes them.

    python docs/make_no_side.py

``docs/no-side/one.txt`` and ``two.txt`` are ours; each takes the side that the other blames.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import gesta
from gesta.records import Claim, Event, Participant, Record, Report

HERE = Path(__file__).parent
PAGE = HERE / "no-side.md"
#: The day both texts are taken to be published.
PUBLISHED = date(2025, 1, 3)
#: Claims less sure than this are attitudes; the page leaves them out, as ``gesta claims`` does.
SURE = 0.6

_HEAD = """# Two sides, one record

Two commentaries on the same crisis, one from each side. **We wrote both; people, groups, incidents and places are invented.**
What follows each text is what Gesta makes of it: what is told as having happened, what somebody claims, and the words that take
a side, each with the plain name of whom they stand for. Labels are the source's own: no actor is called a regime or a
terrorist in the record, and whoever speaks of whom, the same words get the same flags. Errors are left as they are.

This page is made by `python docs/make_no_side.py`.
"""


def page() -> str:
    """Return the page."""
    coder = gesta.load()
    parts = [_HEAD]
    for name in ("one", "two"):
        title, _, body = (HERE / "no-side" / f"{name}.txt").read_text(encoding="utf-8").partition("\n\n")
        record = coder.code(Report.of(body, title=title, published=PUBLISHED))
        parts += [f"## {title}", *_quoted(record), *_loaded(record), *_events(record), *_claims(record)]
    return "\n\n".join(parts).rstrip() + "\n"


def _quoted(record: Record) -> Iterator[str]:
    """The text with its loaded words in bold."""
    text, at, out = record.report.text, record.report.body_start, []
    for one in record.loaded:
        if one.span[0] >= at:
            out += [text[at : one.span[0]], f"**{one.text}**"]
            at = one.span[1]
    for paragraph in ("".join([*out, text[at:]])).split("\n"):
        if paragraph.strip():
            yield f"> {paragraph.strip()}"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *(f"| {' | '.join(map(_cell, row))} |" for row in rows)])


def _cell(words: str) -> str:
    return " ".join(words.split()).replace("|", "/")


def _loaded(record: Record) -> Iterator[str]:
    yield "**Words that take a side**"
    speakers = {claim.id: claim for claim in record.claims}
    rows = []
    for one in record.loaded:
        claim = speakers.get(one.claim or "")
        whose = "the author" if claim is None else (claim.speaker.text if claim.speaker else "nobody named")
        rows.append((one.text, one.judges, one.name or "", whose))
    yield _table(("words", "judge", "stand for", "whose words"), rows)


def _events(record: Record) -> Iterator[str]:
    yield "**Events**"
    known = {actor.id: actor.name for actor in record.actors}
    claims = {claim.id: claim for claim in record.claims}
    rows = []
    for event in record.events:
        when = str(event.time.start or event.time.value) if event.time else ""
        tolls = "; ".join(f"{toll.kind}: {toll.text}" for toll in event.tolls)
        words = record.report.text[event.trigger.start : event.trigger.end]
        sides = (", ".join(_names(side, known)) for side in (event.sources, event.targets))
        told = claims.get(event.claim or "")
        said = "the author" if told is None else (told.speaker.text if told.speaker else "nobody named")
        rows.append((event.modality, f"{event.type}{_count(event)}", *sides, words, when, tolls, said))
    yield _table(("what became of it", "type", "source", "target", "word", "from", "toll", "told by"), rows)


def _count(event: Event) -> str:
    return f" × {event.count}" if event.count > 1 else ""


def _names(side: tuple[Participant, ...], known: dict[str, str]) -> Iterator[str]:
    for one in side:
        name = known[one.actor]
        yield name if name == one.text else f"{name} ({one.text})"


def _claims(record: Record) -> Iterator[str]:
    yield "**Claims**"
    yield _table(
        ("speaker", "cue", "stance", "certainty", "the author", "content"),
        [_claim(claim, record) for claim in record.claims if claim.confidence >= SURE],
    )


def _claim(claim: Claim, record: Record) -> tuple[str, ...]:
    content = " … ".join(record.report.text[slice(*part)] for part in claim.parts)
    speaker = claim.speaker.text if claim.speaker else f"({claim.voice})"
    return speaker, claim.cue or "", claim.stance, claim.certainty, claim.framing, content


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
