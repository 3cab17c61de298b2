"""Attributions as the text tells them: cues by one network, the source and content of each by another.

What the networks say word by word is put into runs here; a quote that goes on beyond the sentences they read is
followed to its end, and direct speech without a cue goes on with the speaker before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from gesta.annotate.model import Floats
from gesta.attribute.cues import cue_sort
from gesta.attribute.evidentials import evidentials
from gesta.attribute.networks import Networks
from gesta.attribute.page import MARK, SPEECH, Page
from gesta.attribute.told import Told

#: Chances from which a word is (part of) a cue, and source or content of a cue; chosen on the tuning articles.
CUE, SOURCE, CONTENT = 0.4, 0.5, 0.35
#: Chance from which a verb of the cue table is one: PolNeAR's articles have few sayings told within others.
KNOWN_CUE = 0.2
_KNOWN = frozenset({"verb", "quoting", "phrase"})
#: What makes of a saying its opposite: "declined to say", "did not say", "would not comment".
_KEPT_BACK = frozenset({"decline", "refuse"})
_SAYING = frozenset("say tell comment specify elaborate disclose reveal confirm".split())
#: The marks of an interview name nobody.
_ASKED = (["Q"], ["A"])
#: How many words without the label may lie within a run, and how short a run is dropped beside longer ones.
_GAP, _SHORT = 1, 2
#: How many sentences of direct speech go on with a speaker without a cue, and how many words a quote may have.
CARRIED_SENTENCES, _LONGEST_QUOTE = 3, 400


def tell(page: Page, networks: Networks) -> tuple[Told, ...]:
    """Return the attributions of a report in the order of their first words; indices are those of ``page.doc``."""
    if not len(page):
        return ()
    cue_chances = networks.cues(page)
    cues = list(_cues(page, cue_chances))
    marked = np.zeros(len(page), dtype=np.int64)
    for cue in cues:
        marked[cue] = 1
    words = networks.words(page) if cues else None
    found = []
    for cue in cues:
        assert words is not None
        first, chances = networks.parts(page, words, cue, marked)
        told = _told(page, cue, first, chances, confidence=float(1 - cue_chances[cue, 0].min()))
        if told is not None and not _unsaid(page, cue, told.content):
            found.append(told)
    found += _carried(page, found)
    as_tokens = [_in_tokens(page, told) for told in found if told.source or not _is_hearsay(page, told.cue)]
    as_tokens += evidentials(page.doc, as_tokens)
    return tuple(sorted(as_tokens, key=lambda told: (min(told.content), -len(told.content), told.cue)))


def _cues(page: Page, chances: Floats) -> Iterator[list[int]]:
    """Yield the rows of each cue; a cue does not cross a sentence's end."""
    cue: list[int] = []
    for row, (none, begins, goes_on) in enumerate(chances.tolist()):
        told = 1 - none >= CUE or (1 - none >= KNOWN_CUE and begins > goes_on and _known(page, row))
        beside = bool(cue) and cue[-1] == row - 1 and page.sentence[cue[-1]] == page.sentence[row]
        if told and beside and goes_on > begins:
            cue.append(row)
            continue
        if cue:
            yield cue
        cue = [row] if told else []
    if cue:
        yield cue


def _unsaid(page: Page, cue: Sequence[int], content: Sequence[int]) -> bool:
    """Whether something was not said ("declined | to comment"); to deny is to say."""
    said, next_said = (
        {page.doc[int(page.tokens[row])].lemma_.lower() for row in rows}
        for rows in (cue, [row for row in content if row > cue[-1]][:2])
    )
    if said & _KEPT_BACK:
        return not _SAYING.isdisjoint(said | next_said)
    head = page.doc[int(page.tokens[page.head_of(cue)])]
    negated = any(child.lower_ in {"not", "n't", "n’t", "never"} for child in head.children)
    return negated and not _SAYING.isdisjoint(said)


def _is_hearsay(page: Page, cue: Sequence[int]) -> bool:
    """Whether the cue is one word of hearsay, whose content the tree tells better."""
    sort = cue_sort(page.doc[int(page.tokens[cue[0]])]) if len(cue) == 1 else None
    return sort is not None and sort.sort in {"adverb", "adjective"}


def _known(page: Page, row: int) -> bool:
    sort = cue_sort(page.doc[int(page.tokens[row])])
    return sort is not None and sort.sort in _KNOWN


def _told(page: Page, cue: list[int], first: int, chances: Floats, *, confidence: float) -> Told | None:
    """Put the words' chances into one source and the runs of one content; None if nothing is told."""
    chances[[row - first for row in cue]] = (1.0, 0.0, 0.0)
    source = _source(page, first, chances[:, 1])
    content = [row for run in _runs(page, first, chances[:, 2] >= CONTENT, cue) for row in run if row not in source]
    content = _to_quote_end(page, _own_paragraph(page, content, cue), first + len(chances))
    if not content:
        return None
    quoted = _is_speech(page, content)
    return Told(tuple(cue), tuple(sorted(source)), tuple(content), quoted=quoted, confidence=round(confidence, 3))


def _own_paragraph(page: Page, content: list[int], cue: Sequence[int]) -> list[int]:
    """Leave off what stands in a paragraph before, where the cue's own holds content: it is somebody else's."""
    own = page.paragraph[cue[0]]
    here = any(page.paragraph[row] == own and row < cue[0] for row in content)
    return [row for row in content if page.paragraph[row] >= own] if here else content


def _source(page: Page, first: int, chances: Floats) -> set[int]:
    """The likeliest run of words that may be the source, within one sentence."""
    runs = _runs(page, first, chances >= SOURCE, ())
    best = max(runs, key=lambda run: (float(chances[[row - first for row in run]].sum()), -run[0]), default=[])
    return set() if [page.words[row] for row in best] in _ASKED else set(best)


def _runs(page: Page, first: int, told: np.ndarray, cue: Sequence[int]) -> list[list[int]]:
    """Rows that are told, in runs: small gaps filled, scraps beside longer runs dropped."""
    runs: list[list[int]] = []
    for at in np.flatnonzero(told).tolist():
        row = first + at
        apart = row - runs[-1][-1] - 1 if runs else _GAP + 1
        if apart <= _GAP and page.sentence[runs[-1][-1]] == page.sentence[row] and runs[-1][-1] + 1 not in cue:
            runs[-1] += range(runs[-1][-1] + 1, row + 1)
        elif apart == 0:
            runs[-1].append(row)
        else:
            runs.append([row])
    longest = max(map(len, runs), default=0)
    return [run for run in runs if len(run) >= _SHORT or longest < _SHORT]


def _to_quote_end(page: Page, content: list[int], seen: int) -> list[int]:
    """Follow a quote that goes on beyond the last row the network saw."""
    if not content or content[-1] != seen - 1 or seen >= len(page) or page.quote[seen] < 0:
        return content
    number, last = page.quote[seen], seen
    while last < len(page) and last - seen < _LONGEST_QUOTE and page.quote[last] == number:
        last += 1
    closes = last < len(page) and page.quotes[last] == MARK
    return [*content, *range(seen, last + closes)]


def _is_speech(page: Page, content: Sequence[int]) -> bool:
    """Whether the content begins as direct speech."""
    first = content[0]
    if page.quotes[first] == MARK and len(content) > 1:
        first = content[1]
    return bool(page.quotes[first] == SPEECH)


def _carried(page: Page, found: Sequence[Told]) -> Iterator[Told]:
    """Direct speech without a cue, right after what the same speaker said, for a few sentences at most."""
    covered = np.zeros(len(page), dtype=bool)
    speakers: dict[int, Told] = {}
    for told in found:
        covered[[*told.content, *told.cue]] = True
    for told in sorted(found, key=lambda one: one.cue):
        if told.source and not any(other is not told and told.cue[0] in other.content for other in found):
            for number in {int(page.sentence[row]) for row in (*told.cue, *told.content)}:
                speakers[number] = told
    sentences = 0
    for number in range(1, len(page.starts) - 1):
        first, last = int(page.starts[number]), int(page.starts[number + 1])
        if number in speakers:
            sentences = 0
            continue
        before = speakers.get(number - 1)
        rows = _speech(page, first, last)
        if before is None or not rows or covered[rows].any() or sentences >= CARRIED_SENTENCES:
            continue
        if page.paragraph[rows[0]] != page.paragraph[first - 1] and not before.quoted:
            continue
        sentences += 1
        speakers[number] = Told((), before.source, tuple(rows), quoted=True, confidence=before.confidence)
        yield speakers[number]


def _speech(page: Page, first: int, last: int) -> list[int]:
    """The rows of the speech that a sentence opens with, its marks included."""
    begin = first + (first < last and page.quotes[first] == MARK)
    if begin >= last or page.quotes[begin] != SPEECH:
        return []
    number, end = page.quote[begin], begin
    while end < last and page.quote[end] == number:
        end += 1
    return list(range(first, end + (end < last and page.quotes[end] == MARK)))


def _in_tokens(page: Page, told: Told) -> Told:
    cue, source, content = (tuple(page.tokens[list(rows)].tolist()) for rows in (told.cue, told.source, told.content))
    return Told(cue, source, content, told.quoted, told.confidence)
