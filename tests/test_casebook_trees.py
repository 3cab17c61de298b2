"""The casebook's trees: of its own sentences, whole trees, and held out where their batch is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from gesta.annotate.tokens import tokenizer
from gesta.evaluate.conllu import Sentence, read_texts, read_treebank

CASEBOOK = Path(__file__).parent.parent / "casebook"
HELD_OUT = {"b05", "b10", "b11", "b17", "b20"}
UPOS = set("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
FILES = sorted((CASEBOOK / "trees").glob("*.conllu"))


def trees(path: Path) -> list[Sentence]:
    return [sentence for document in read_treebank(path).documents for sentence in document]


def ids(path: Path) -> list[str]:
    return re.findall(r"^# sent_id = (\S+)$", path.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_sentence_is_one_of_the_casebook_in_our_tokens(path: Path) -> None:
    texts = {}
    for batch in CASEBOOK.glob("b*.jsonl"):
        for line in batch.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            texts[record["id"]] = record["text"]
    tokenize = tokenizer()
    read = [text for document, _ in read_texts(path) for text in document]
    assert len(set(ids(path))) == len(ids(path)) == len(read)
    for name, text, tree in zip(ids(path), read, trees(path), strict=True):
        assert text == texts[name]
        assert [token.text for token in tokenize(text) if not token.is_space] == [word.text for word in tree], name


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_tree_is_a_tree(path: Path) -> None:
    for name, tree in zip(ids(path), trees(path), strict=True):
        roots = [i for i, word in enumerate(tree) if word.head == i]
        assert len(roots) == 1, name
        assert {word.upos for word in tree} <= UPOS, name
        assert all((word.relation == "root") == (word.head == i) for i, word in enumerate(tree)), name
        assert all(tree[word.head].relation != "punct" for i, word in enumerate(tree) if word.head != i), name
        for i in range(len(tree)):
            at, steps = i, 0
            while tree[at].head != at:
                at, steps = tree[at].head, steps + 1
                assert steps <= len(tree), f"{name}: a cycle above word {i + 1}"


def test_held_out_trees_are_of_held_out_batches() -> None:
    held_out = {name[:3] for name in ids(CASEBOOK / "trees" / "held-out.conllu")}
    trained = {name[:3] for name in ids(CASEBOOK / "trees" / "train.conllu")}
    assert held_out <= HELD_OUT
    assert not trained & HELD_OUT
