"""Read the training sets into one form: sentences of words, each with the labels its set has.

Formats are described in the model card. Articles of the newswire whose stem hashes to 1 of 10 are held out.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

from gesta.annotate.tokens import tokenizer

MORPHOLOGY = frozenset({"Number", "Person", "Tense", "Mood", "VerbForm", "Voice"})
_MARKS = re.compile(r"<(s|t)>(.*?)</\1>", re.DOTALL)
_APOSTROPHES = frozenset("’'")
_CLITICS = frozenset({"s", "re", "ve", "m", "ll", "d"})

Span = tuple[int, int]  # in words, end exclusive


@dataclass
class Pair:
    """A marked source and target: the type in PLV's convention, the type by our codebook, whether they are such."""

    source: Span
    target: Span
    type: str | None = None
    coded: str | None = None
    real: bool | None = None


@dataclass
class Trigger:
    """An event's trigger word, with what the casebook says of it; roles map the argument's head words."""

    word: int
    type: str
    modality: str
    arguments: list[tuple[str, Span]] = field(default_factory=list)
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()


@dataclass
class Attribution:
    """Who says it: the words of cue, source and content, as indices into the document's words."""

    cue: list[int]
    source: list[int]
    content: list[int]


@dataclass
class Sentence:
    """One training sentence; a field is None where its set does not label it."""

    words: list[str]
    document: str
    upos: list[str] | None = None
    morph: list[str] | None = None
    heads: list[int] | None = None  # index of the head word, -1 for the root
    relations: list[str] | None = None
    sure: float = 1.0  # how much its tags and tree count: less where a model gave them (train.silver)
    names: list[str] | None = None
    nested: list[str] | None = None
    pairs: list[Pair] = field(default_factory=list)
    triggers: list[Trigger] | None = None
    first: int = 0  # index of the first word in the document, where attributions are labelled
    attributions: list[Attribution] | None = None


def treebank(path: Path, *, features: bool = True) -> list[Sentence]:
    """Read CoNLL-U, packed with gzip or not; multiword ranges and empty nodes are left out.

    Without ``features`` the file has none, and its sentences no morphology.
    """
    sentences: list[Sentence] = []
    document, rows = path.stem, list[list[str]]()
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in (raw.rstrip("\n") for raw in lines):
            if line.startswith("# newdoc id = "):
                document = line.removeprefix("# newdoc id = ")
            elif line and not line.startswith("#"):
                rows.append(line.split("\t"))
            elif not line and rows:
                rows = [row for row in rows if row[0].isdigit()]
                sentences.append(
                    Sentence(
                        words=[row[1] for row in rows],
                        document=document,
                        upos=[row[3] for row in rows],
                        morph=[_morphology(row[5]) for row in rows] if features else None,
                        heads=[int(row[6]) - 1 for row in rows],
                        relations=[row[7] for row in rows],
                    )
                )
                rows = []
    return sentences


def _morphology(features: str) -> str:
    return "|".join(feature for feature in features.split("|") if feature.split("=")[0] in MORPHOLOGY)


def is_held_out(stem: str) -> bool:
    """Tell whether a newswire article is in the held-out tenth."""
    return int(hashlib.md5(stem.encode(), usedforsecurity=False).hexdigest(), 16) % 10 == 1


def is_tuning(stem: str) -> bool:
    """Whether a newswire article is in the tenth on which settings are chosen."""
    return int(hashlib.md5(stem.encode(), usedforsecurity=False).hexdigest(), 16) % 10 == 2


def newswire(folder: Path, *, held_out: bool) -> list[Sentence]:
    """Read annotated newswire; column 2 is the outer name, column 3 a name nested in it. Broken rows are left out."""
    sentences: list[Sentence] = []
    for path in sorted(folder.glob("*.tsv")):
        if is_held_out(path.stem) is not held_out:
            continue
        rows: list[list[str]] = []
        for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
            if line.strip():
                cells = line.split("\t")
                if len(cells) >= 2 and cells[0].strip():
                    rows.append([cells[0], cells[1] or "O", (cells[2] if len(cells) > 2 else "") or "O"])
            elif rows:
                words, names, nested = (list(column) for column in zip(*rows, strict=True))
                sentences.append(Sentence(words=words, document=path.stem, names=names, nested=nested))
                rows = []
    return sentences


def with_clitics(sentence: Sentence) -> Sentence:
    """Join "’" + "s" as our tokenizer does; the newswire's own tokens keep them apart."""
    assert sentence.names is not None and sentence.nested is not None
    words, names, nested = list[str](), list[str](), list[str]()
    for word, name, inner in zip(sentence.words, sentence.names, sentence.nested, strict=True):
        if words and words[-1] in _APOSTROPHES and word in _CLITICS and name == names[-1] == "O":
            words[-1] += word
        else:
            words.append(word)
            names.append(name)
            nested.append(inner)
    return Sentence(words=words, document=sentence.document, names=names, nested=nested)


_tokenize = tokenizer()


def words_of(text: str) -> tuple[list[str], list[Span]]:
    tokens = [token for token in _tokenize(text) if not token.is_space]
    return [token.text for token in tokens], [(token.idx, token.idx + len(token)) for token in tokens]


def word_span(offsets: list[Span], start: int, end: int) -> Span | None:
    inside = [i for i, (a, b) in enumerate(offsets) if a < end and b > start]
    return (inside[0], inside[-1] + 1) if inside else None


def _marked(marked: str) -> tuple[str, Span, Span] | None:
    found = list(_MARKS.finditer(marked))
    if sorted(m[1] for m in found) != ["s", "t"]:
        return None
    text, spans, last = "", dict[str, Span](), 0
    for match in found:
        text += marked[last : match.start()]
        spans[match[1]] = (len(text), len(text) + len(match[2]))
        text += match[2]
        last = match.end()
    return text + marked[last:], spans["s"], spans["t"]


def relations(path: Path, coded: dict[int, str] | None = None) -> list[Sentence]:
    """Read marked pairs (PLV: type; AW: whether real). Rows without exactly one mark pair each are left out.

    ``coded`` gives the type by our codebook, by the row's number.
    """
    sentences = []
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines, delimiter="\t")):
            parsed = _marked(row["marked_sentence"])
            if parsed is None:
                continue
            text, source, target = parsed
            words, offsets = words_of(text)
            s, t = word_span(offsets, *source), word_span(offsets, *target)
            if s is None or t is None:
                continue
            pair = Pair(s, t, type=row.get("gold_root"), coded=(coded or {}).get(number))
            if "gold_binary" in row:
                pair.real = row["gold_binary"] == "1"
            sentences.append(
                Sentence(words=words, document=f"{path.stem}-{row.get('sentence_id') or row.get('uid')}", pairs=[pair])
            )
    return sentences


def recoded(path: Path) -> dict[int, str]:
    """Read our types of PLV's pairs, by the row's number."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {int(row["row"]): row["new"] for row in csv.DictReader(lines, delimiter="\t")}
