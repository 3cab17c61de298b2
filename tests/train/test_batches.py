"""How sentences become windows and batches. Needs PyTorch, which only training installs."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training needs PyTorch, which the program does not")

from tokenizers import Tokenizer  # noqa: E402
from tokenizers.models import WordPiece  # noqa: E402
from tokenizers.normalizers import BertNormalizer  # noqa: E402

from train.attribution import attributions  # noqa: E402
from train.batches import SEP, Packer, in_batches  # noqa: E402
from train.data import Attribution, Pair, Sentence, Trigger  # noqa: E402
from train.labels import Labels  # noqa: E402

VOCABULARY = Path(__file__).parents[2] / "gesta/annotate/model/vocabulary.txt"
LABELS = Labels(
    upos=("NOUN", "VERB"), morph=("",), relations=("nsubj", "root"), names=("O", "B-X"), pair_types=("AID",)
)


@pytest.fixture(scope="module")
def packer() -> Packer:
    words = VOCABULARY.read_text(encoding="utf-8").split("\n")[:-1]
    tokenizer = Tokenizer(WordPiece({word: n for n, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    return Packer(tokenizer, LABELS, window=32, alone=0.2)


def sentences(count: int, rng: random.Random) -> list[Sentence]:
    return [
        Sentence(
            words=rng.choices(["troops", "left", "Unkarimaa", "quietly"], k=rng.randint(1, 9)), document=f"d{n // 7}"
        )
        for n in range(count)
    ]


@pytest.mark.parametrize("seed", range(5))
def test_every_sentence_is_in_one_window_of_one_document(packer: Packer, seed: int) -> None:
    rng = random.Random(seed)
    given = sentences(60, rng)
    windows = list(packer.windows(given, rng))
    assert [s for window in windows for s in window] == given
    for window in windows:
        assert len({s.document for s in window}) == 1
        assert len(window) == 1 or 1 + sum(packer.length(s) + 1 for s in window) <= 32


def test_every_window_is_in_one_batch_of_few_shapes(packer: Packer) -> None:
    rng = random.Random(3)
    windows = list(packer.windows(sentences(200, rng), rng))
    batches = in_batches(list(windows), packer, rng, 96, mixed=50)
    assert sorted(id(w) for batch in batches for w in batch) == sorted(map(id, windows))
    for windows_of_one in batches:
        batch = packer.batch(windows_of_one)
        assert batch.pieces.shape[1] % 16 == 0
        assert batch.pool.shape[1] == batch.pool.shape[2] == batch.pieces.shape[1]


def test_heads_triggers_and_ends_land_on_their_words(packer: Packer) -> None:
    first = Sentence(
        words=["Troops", "left"], document="d", upos=["NOUN", "VERB"], heads=[1, -1], relations=["nsubj", "root"]
    )
    first.morph = ["", ""]
    trigger = Trigger(1, "RETREAT", "happened", [("source", (0, 1))])
    second = Sentence(words=["They", "went"], document="d", triggers=[trigger])
    batch = packer.batch([[first, second]])
    assert batch.pieces[0].tolist().count(SEP) == 2
    assert batch.heads[0, :4].tolist() == [2, 0, -100, -100]
    assert batch.triggers[0, :4].tolist() == [-100, -100, 0, 1 + LABELS.types.index("RETREAT")]
    (event,) = batch.events
    assert (event.row, event.word, event.type) == (0, 3, LABELS.types.index("RETREAT"))
    assert event.roles[:4].tolist() == [-100, -100, 1, 0]
    assert event.gaps[2:4].tolist() == [4, 5]
    assert event.modes.sum() == 0
    assert batch.sentence[0, :5].tolist() == [0, 0, 1, 1, -1]


def test_a_content_may_lie_in_the_next_sentence(packer: Packer) -> None:
    says = Attribution(cue=[11], source=[10], content=[12, 13])
    window = [
        Sentence(words=["She", "said"], document="d", first=10, attributions=[says]),
        Sentence(words=["It", "rained"], document="d", first=12, attributions=[]),
    ]
    batch = packer.batch([window])
    ((row, cue, parts),) = batch.attributions
    assert (row, cue) == (0, [1])
    assert parts[:4].tolist() == [1, 0, 2, 2]
    assert batch.cues[0, :4].tolist() == [0, 1, 0, 0]


def test_standoff_spans_become_words_of_the_document(tmp_path: Path) -> None:
    text = "Rain fell. The mayor said roads were shut. Nobody asked."
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text/a.txt").write_text(text, encoding="utf-8")
    lines = ["T1\tSource 11 20\tThe mayor", "T2\tCue 21 25\tsaid", "T3\tContent 26 41\troads were shut"]
    lines += ["T4\tAttribution 21 25\tsaid", "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1", "torn line"]
    (tmp_path / "attributions/a_0001.ann").write_text("\n".join(lines), encoding="utf-8")
    found = attributions(tmp_path)
    assert [s.first for s in found] == [0, 3, 10]
    assert [s.attributions for s in found] == [[], [Attribution([5], [3, 4], [6, 7, 8])], []]


def test_a_pair_knows_the_heads_of_its_sides_and_the_ways_to_them(packer: Packer) -> None:
    sentence = Sentence(
        words=["The", "troops", "left", "Unkarimaa"], document="d", heads=[1, 2, -1, 2],
        relations=["det", "nsubj", "root", "obj"], pairs=[Pair((0, 2), (3, 4), type="AID", coded="RETREAT", real=True)],
    )  # fmt: skip
    labels = replace(LABELS, paths=("far", ">nsubj", ">obj", ">det", "<obj>nsubj"))
    with_paths = Packer(packer._tokenizer, labels, window=32)
    before = Sentence(words=["Troops"], document="d")
    (pair,) = with_paths.batch([[before, sentence]]).pairs
    assert (pair.sentence, pair.heads) == ((1, 5), (2, 4))
    assert [labels.paths[i] for i in pair.ways[0, 1:5].tolist()] == ["far", "far", ">nsubj", "<obj>nsubj"]
    assert pair.ways[1, 3] == 2
    assert (pair.type, labels.types[pair.coded], pair.real) == (0, "RETREAT", 1)
