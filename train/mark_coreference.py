"""Turn hand-marked coreference into offsets.

    python -m train.mark_coreference --data DATA --marks M.jsonl --sentences S.txt --out FILE

A line of ``--marks`` tells an article's chains of mentions, each as the number of its sentence, the words, and which
occurrence of these words in the sentence is meant; ``--sentences`` lists the sentences as the readers saw them
("=== stem", then "[number] words", white space collapsed). What comes out holds no words of the article: its name, and
for each mention start, end and kind (name, nominal, pronoun) in characters of the report that ``gesta.read`` makes of
it. Both options take several files; lines come out by name of article.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

from gesta.read import read_paths
from gesta.records import Report, Span
from gesta.resolve.actors.nouns import lemmas, nouns
from gesta.resolve.actors.spelling import fold
from gesta.settings import ReadSettings

_LINE = re.compile(r"\[(\d+)\] (.*)$")
_WORD = re.compile(r"\S+")
PRONOUNS = frozenset(
    "i me my mine myself we us our ours ourselves you your yours yourself he him his himself she her hers herself "
    "it its itself they them their theirs themselves who whom whose one".split()
)
_BEFORE_NAMES = frozenset({"of", "for", "in", "on", "at", "from", "to", "with", "by"})


def read_sentences(paths: Iterable[Path]) -> dict[str, dict[int, str]]:
    """Return the sentences of each article, by stem and number."""
    found: dict[str, dict[int, str]] = {}
    stem = ""
    for line in (line for path in paths for line in path.read_text(encoding="utf-8").split("\n")):
        if line.startswith("=== "):
            stem = line.removeprefix("=== ").strip()
            found[stem] = {}
        elif (match := _LINE.match(line)) is not None:
            found[stem][int(match[1])] = match[2]
    return found


class Places:
    """Where the sentences of one article stand in a report's text, whatever white space the text has between words."""

    def __init__(self, text: str, sentences: dict[int, str]) -> None:
        words = list(_WORD.finditer(text))
        self._offsets = [at for word in words for at in (*range(*word.span()), word.end())]
        collapsed = "".join(word[0] + " " for word in words)
        assert len(collapsed) == len(self._offsets)
        self._sentences, self._starts, reached = sentences, {}, 0
        for number in sorted(sentences):
            at = collapsed.find(sentences[number], reached)
            if at < 0:
                raise ValueError(f"sentence {number} is not in the article after the one before it")
            self._starts[number] = at
            reached = at + len(sentences[number])

    def span(self, number: int, words: str, occurrence: int) -> Span:
        """Return where the words stand. ``ValueError`` if the sentence does not hold them so often."""
        found = list(re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", self._sentences.get(number, "")))
        if not 1 <= occurrence <= len(found):
            raise ValueError(f"sentence {number} holds {words!r} {len(found)} times, not {occurrence}")
        start, end = (self._starts[number] + at for at in found[occurrence - 1].span())
        return self._offsets[start], self._offsets[end - 1] + 1


def kind_of(words: str) -> str:
    """Return what a mention is: ``pronoun``, ``name`` if its head has a capital of its own, else ``nominal``."""
    if words.lower() in PRONOUNS:
        return "pronoun"
    parts = words.split()
    core = list(accumulate(parts, lambda a, b: "" if not a and b else (b if b.lower() not in _BEFORE_NAMES else "")))
    core = parts[: next((at for at, part in enumerate(core) if not part), len(parts))] or parts
    head = core[-1].strip("()'\"’”“")
    opened = core[0].lower() in {"the", "this", "that", "his", "her", "its", "their"}
    rest = [word for word in core if word.lower() not in {"the", "this", "that"}]
    role = opened and lemmas(fold(" ".join(rest)).split()) in nouns()
    first = len(core) == 1 and lemmas(fold(head).split()) in nouns()
    return "name" if head[:1].isupper() and not role and not first else "nominal"


def convert(report: Report, marks: dict[str, Any], sentences: dict[int, str]) -> dict[str, Any]:
    """Return one article's line."""
    places = Places(report.text, sentences)

    def told(mention: list[Any]) -> list[Any]:
        number, words, occurrence = mention
        return [*places.span(number, words, occurrence), kind_of(words)]

    return {
        "article": Path(report.origin).name,
        "sha1": hashlib.sha1(report.text.encode(), usedforsecurity=False).hexdigest()[:10],
        "chains": [
            {"kind": chain["kind"], "mentions": sorted(map(told, chain["mentions"]))} for chain in marks["chains"]
        ],
        "open": sorted(map(told, marks["open"])),
    }


def converted(articles: Path, marked: Iterable[Path], sentences: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """Yield the lines of all articles, in the order of their names."""
    marks = {
        one["article"]: one for path in marked for one in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    }
    seen = read_sentences(sentences)
    for report in read_paths([articles / f"{stem}.txt" for stem in sorted(marks)], ReadSettings()):
        if not isinstance(report, Report):
            raise ValueError(f"{report.origin} cannot be read: {report.reason}")
        stem = Path(report.origin).stem
        try:
            yield convert(report, marks[stem], seen[stem])
        except (KeyError, ValueError) as error:
            raise ValueError(f"{stem}: {error}") from error


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with newswire/")
    parser.add_argument("--marks", type=Path, nargs="+", required=True)
    parser.add_argument("--sentences", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    lines = converted(options.data / "newswire/articles", options.marks, options.sentences)
    options.out.write_text("".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
