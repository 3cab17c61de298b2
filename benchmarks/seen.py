"""Write gesta/evaluate/seen.tsv: fingerprints of what the packaged model was trained on, none of the data itself.

    python benchmarks/seen.py --data DATA --casebook casebook/b01.jsonl ...

Run it after each training, with the same data and casebook batches.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from gesta.evaluate.casebook import read_casebook
from gesta.evaluate.causal_news import read_causal_news
from gesta.evaluate.conllu import read_treebank
from gesta.evaluate.newswire import read_newswire
from gesta.evaluate.score_relations import read_pairs
from gesta.evaluate.seen import TABLE, fingerprint


def rows(data: Path, casebook: list[Path]) -> Iterator[tuple[str, str]]:
    """Yield set and fingerprint of every training item."""
    for article in read_newswire(data / "newswire", held_out=False).articles:
        yield "newswire", fingerprint(article.words)
    for document in read_treebank(data / "treebank/en_ewt-train.conllu.gz").documents:
        yield "treebank", fingerprint([word.text for sentence in document for word in sentence])
    for pair in read_pairs(data / "relations/PLV_train.tsv")[0]:
        yield "relations", fingerprint([pair.marked])
    for sentence in read_causal_news(data / "causal/train_subtask2_grouped.csv"):
        yield "causes", fingerprint([sentence.text])
    for batch in casebook:
        for case in read_casebook(batch)[0]:
            yield "casebook", fingerprint([case.text])


def main() -> None:
    """Read the training data and write the table, sorted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with newswire/, treebank/, relations/ and causal/"
    )
    parser.add_argument("--casebook", type=Path, nargs="*", default=[], help="the batches trained on")
    options = parser.parse_args()
    table = sorted(set(rows(options.data, options.casebook)))
    TABLE.write_text("".join(f"{name}\t{mark}\n" for name, mark in table), encoding="utf-8")
    print(f"{len(table)} fingerprints in {TABLE}")


if __name__ == "__main__":
    main()
