"""Trees, tags and morphology on the gold tokens of a treebank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Token

from gesta.evaluate.coder import Progress, Reader, silent
from gesta.evaluate.conllu import Sentence, Word, read_treebank
from gesta.evaluate.score import Row, Score, share
from gesta.evaluate.seen import fingerprint, seen

FEATURES = ("Number", "Person", "Tense", "Mood", "VerbForm", "Voice")


def parses(path: Path | str, *, coder: Reader, alone: bool = False, progress: Progress = silent) -> Score:
    """Score tags, morphology and trees against a CoNLL-U file.

    Documents are read whole, with gold tokens and gold sentences; with ``alone``, each sentence by itself. UAS and LAS
    leave punctuation out (gold tag PUNCT) and ignore relation subtypes; UPOS and morphology count every word, the
    latter right if all of ``FEATURES`` are, and left out where the file gives no features. ``UsageError`` if the file
    cannot be read.
    """
    treebank = read_treebank(Path(path))
    documents = treebank.documents
    if alone:
        documents = tuple((sentence,) for document in documents for sentence in document)
    counts: Counter[str] = Counter()
    relations: Counter[tuple[str, str]] = Counter()
    for done, document in enumerate(documents, start=1):
        _judge(document, _read(document, coder.nlp), counts, relations)
        progress(done, len(documents))
    known = sum(fingerprint(_words(document)) in seen("treebank") for document in treebank.documents)
    notes = ["each sentence alone" if alone else "whole documents", "gold tokens and sentences, subtypes ignored"]
    if known:
        notes.append(f"the packaged model was trained on {known} of these {len(treebank.documents)} documents")
    words, scored = counts["words"], counts["words without punctuation"]
    return Score(
        task="parses",
        source=str(path),
        figures={
            "UAS": share(counts["head"], scored),
            "LAS": share(counts["head and relation"], scored),
            "UPOS": share(counts["upos"], words),
        }
        | ({"morphology": share(counts["morphology"], words)} if counts["words with features"] else {}),
        counts={
            "documents": len(treebank.documents),
            "sentences": sum(map(len, treebank.documents)),
            "words": words,
            "words without punctuation": scored,
            "sentences left out": treebank.broken,
        },
        rows=tuple(_by_relation(relations)),
        notes=tuple(notes),
    )


def _words(document: Iterable[Sentence]) -> list[str]:
    return [word.text for sentence in document for word in sentence]


def _read(document: tuple[Sentence, ...], nlp: Language) -> Doc:
    starts: list[bool | int | None] = [at == 0 for sentence in document for at in range(len(sentence))]
    return nlp(Doc(nlp.vocab, words=_words(document), sent_starts=starts))


def _judge(document: tuple[Sentence, ...], doc: Doc, counts: Counter[str], relations: Counter[tuple[str, str]]) -> None:
    first = 0
    for sentence in document:
        for word, token in zip(sentence, doc[first : first + len(sentence)], strict=True):
            counts["words"] += 1
            counts["upos"] += token.pos_ == word.upos
            counts["words with features"] += bool(word.features)
            counts["morphology"] += _features(token.morph.to_dict()) == _features(word.features)
            if word.upos != "PUNCT":
                _judge_arc(word, token, token.head.i - first, counts, relations)
        first += len(sentence)


def _judge_arc(word: Word, token: Token, head: int, counts: Counter[str], relations: Counter[tuple[str, str]]) -> None:
    gold, predicted = _base(word.relation), _base(token.dep_)
    right = head == word.head
    counts["words without punctuation"] += 1
    counts["head"] += right
    counts["head and relation"] += right and gold == predicted
    relations[gold, "gold"] += 1
    relations[predicted, "predicted"] += 1
    relations[gold, "correct"] += right and gold == predicted


def _base(relation: str) -> str:
    return relation.partition(":")[0].lower()


def _features(features: Mapping[str, str]) -> dict[str, str]:
    return {name: features[name] for name in FEATURES if name in features}


def _by_relation(relations: Counter[tuple[str, str]]) -> Iterable[Row]:
    for name in sorted({name for name, _ in relations}):
        correct, predicted, gold = (relations[name, kind] for kind in ("correct", "predicted", "gold"))
        yield Row(group="relation", name=name, correct=correct, predicted=predicted, gold=gold)
