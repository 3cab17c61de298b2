"""Read every training set once: python -m train.prepare --data DATA --encoder model.safetensors ... --out PREPARED

Writes ``sentences.pkl`` (the sets in one form), ``labels.json`` (the label sets) and ``meanings.pt`` (each sentence's
embedding by the original encoder, which the meaning head is pulled towards). Seeds and recipes share one folder.
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from train import data
from train.attribution import attributions
from train.batches import CLS, SEP, Packer
from train.data import Sentence
from train.encoder import Encoder
from train.labels import Labels, collect
from train.recipe import Recipe
from train.told import casebook, news_events

#: Types of PLV's pairs by our codebook: row number, sentence id, old label, ours.
PLV_CODED = Path(__file__).parent / "plv_coded.tsv"
#: News sentences whose events were coded by hand.
NEWS_CODED = Path(__file__).parent / "news_events.jsonl"
Sets = dict[str, list[Sentence]]


@dataclass
class Prepared:
    sets: Sets
    labels: Labels
    packer: Packer


def read_sets(folder: Path, batches: list[Path], trees: list[Path]) -> Sets:
    """Read every training set; articles of the newswire's held-out tenth stay out.

    Every other sentence of the newswire has its clitics joined as our tokenizer does; its own tokens keep them apart.
    """
    drawn = [s for path in trees for s in data.treebank(path, features=False)]
    events = casebook(batches)
    tree_of = {tuple(s.words): s for s in drawn}
    for sentence in events:
        if tree := tree_of.get(tuple(sentence.words)):
            sentence.upos, sentence.heads, sentence.relations = tree.upos, tree.heads, tree.relations
    news = data.newswire(folder / "newswire/annotated", held_out=False)
    return {
        "treebank": data.treebank(folder / "treebank/en_ewt-train.conllu.gz"),
        "newswire": [data.with_clitics(s) if n % 2 else s for n, s in enumerate(news)],
        "pairs": [
            *data.relations(folder / "relations/PLV_train.tsv", data.recoded(PLV_CODED)),
            *data.relations(folder / "relations/AW_train.tsv"),
        ],
        "casebook": events,
        "reports": news_events(NEWS_CODED, folder / "newswire/articles"),
        "trees": drawn,
        "attribution": attributions(folder / "attribution/train"),
    }


def read_tokenizer(path: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def read_labels(folder: Path) -> Labels:
    return Labels(**{k: tuple(v) for k, v in json.loads((folder / "labels.json").read_text()).items()})


def load(folder: Path, tokenizer: Path, recipe: Recipe) -> Prepared:
    """Load what ``prepare`` wrote. The pickle is our own file: never load one from elsewhere."""
    labels = read_labels(folder)
    sets: Sets = pickle.loads((folder / "sentences.pkl").read_bytes())
    known: dict[str, Tensor] = torch.load(folder / "meanings.pt", weights_only=True)
    packer = Packer(read_tokenizer(tokenizer), labels, known, window=recipe.window, alone=recipe.alone)
    return Prepared(sets, labels, packer)


def embed(sentences: list[Sentence], packer: Packer, weights: Path) -> Iterator[tuple[Sentence, Tensor]]:
    """Embed sentences with the original encoder: unit vectors [384], half precision; over-long ones are left out."""
    teacher = Encoder(dropout=0.0)
    teacher.load_original(weights)
    teacher.eval()
    order = sorted((s for s in sentences if packer.length(s) <= 254), key=packer.length)
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for start in range(0, len(order), 64):
            chunk = order[start : start + 64]
            rows = [[CLS, *(p for word in s.words for p in packer.pieces(word)), SEP] for s in chunk]
            size = -(-max(map(len, rows)) // 16) * 16
            pieces = torch.tensor([row + [0] * (size - len(row)) for row in rows])
            mask = torch.tensor([[1] * len(row) + [0] * (size - len(row)) for row in rows]).bool()
            states = teacher(pieces, torch.zeros_like(pieces), mask).float()
            means = (states * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
            for sentence, mean in zip(chunk, torch.nn.functional.normalize(means, dim=-1), strict=True):
                yield sentence, mean.half().clone()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True, help="model.safetensors of all-MiniLM-L6-v2")
    parser.add_argument("--tokenizer", type=Path, required=True, help="its tokenizer.json")
    parser.add_argument("--casebook", type=Path, nargs="*", default=[])
    parser.add_argument("--trees", type=Path, nargs="*", default=[], help="our own news trees")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    sets = read_sets(options.data, options.casebook, options.trees)
    everything = [sentence for sentences in sets.values() for sentence in sentences]
    labels = collect(everything)
    (options.out / "labels.json").write_text(json.dumps(labels.to_json(), indent=1))
    (options.out / "sentences.pkl").write_bytes(pickle.dumps(sets))
    packer = Packer(read_tokenizer(options.tokenizer), labels)
    cache = options.out / "meanings.pt"
    known: dict[str, Tensor] = torch.load(cache, weights_only=True) if cache.exists() else {}
    fresh = {" ".join(s.words): s for s in everything if " ".join(s.words) not in known}
    for sentence, embedding in embed(list(fresh.values()), packer, options.encoder):
        known[" ".join(sentence.words)] = embedding
    torch.save(known, cache)
    for name, sentences in sets.items():
        print(f"{name}: {len(sentences)} sentences, {sum(len(s.words) for s in sentences)} words")


if __name__ == "__main__":
    main()
