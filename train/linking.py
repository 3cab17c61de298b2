"""Fit what linking compares and scores by: python -m train.linking axes|words|telling|scorer

``axes`` (with --data DATA) finds the 64 main axes of sentence meaning on the newswire articles, ``words`` counts in how
many of them each word stands. ``telling`` fits which events of one report are one (the head "same" in ``light.npz``),
``scorer`` on what day a happening was and whether two are one (``linking.npz``), both on the casebook's happenings that
are not held out. Run in this order: each reads what the one before has written, which makes the model another one.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import duckdb
import numpy as np

import gesta
from gesta.annotate.language import readings
from gesta.annotate.light import Light
from gesta.annotate.model import PACKAGED
from gesta.annotate.pairs import Pairs
from gesta.link.candidates import stems_sql
from train.happenings import fit_same, fit_scorer
from train.identity import write_card

AXES = 64
#: Articles that are read for the axes: enough sentences for a stable answer.
ARTICLES = 300
_ADDRESS = re.compile(r"https?://\S+")


def write(arrays: dict[str, np.ndarray]) -> None:
    """Put arrays into ``linking.npz``, keeping its others, and rewrite the model's card."""
    path = PACKAGED / "linking.npz"
    known: dict[str, np.ndarray] = {}
    if path.exists():
        with np.load(path) as old:
            known = {name: old[name] for name in old.files}
    np.savez_compressed(path, **(known | arrays))
    write_card(PACKAGED, json.loads((PACKAGED / "model.json").read_text(encoding="utf-8")))


def fit_axes(data: Path) -> None:
    """Main axes of the sentence embeddings of some newswire articles."""
    if not (PACKAGED / "linking.npz").exists():  # the coder cannot load without it
        write({"axes": np.zeros((AXES, 384), dtype=np.float16), "mean": np.zeros(384, dtype=np.float16)})
    coder = gesta.load()
    pairs = Pairs(coder.model)
    found = []
    for path in sorted((data / "newswire/articles").glob("**/*.txt"))[::3][:ARTICLES]:
        doc = coder.nlp(path.read_text(encoding="utf-8", errors="replace"))
        found += [pairs.meaning(s.reading.words) for s in readings(doc).sentences if len(s.tokens) > 4]
    meanings = np.stack(found)
    mean = meanings.mean(0)
    _, sizes, axes = np.linalg.svd(meanings - mean, full_matrices=False)
    kept = float((sizes[:AXES] ** 2).sum() / (sizes**2).sum())
    print(f"{len(found)} sentences; {AXES} axes keep {kept:.2f} of the variance")
    write({"axes": axes[:AXES].astype(np.float16), "mean": mean.astype(np.float16)})


def count_words(data: Path) -> None:
    """In how many newswire articles each word stands, by its stem; words of fewer than three are left out."""
    with duckdb.connect() as con:
        con.execute(stems_sql())
        con.execute("CREATE TABLE articles (text VARCHAR)")
        paths = sorted((data / "newswire/articles").glob("**/*.txt"))
        for path in paths:
            con.execute("INSERT INTO articles VALUES (?)", [_ADDRESS.sub("", path.read_text("utf-8", "replace"))])
        counted = con.execute(
            "SELECT word, count(*) FROM (SELECT unnest(stems(text)) AS word FROM articles)"
            " GROUP BY word HAVING count(*) >= 3 ORDER BY word"
        ).fetchall()
    lines = [f"# word\tarticles of {len(paths)}", *(f"{word}\t{count}" for word, count in counted)]
    (Path(gesta.__file__).parent / "link/frequencies.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_head(name: str, head: Light) -> None:
    """Put a head into ``light.npz``, keeping its others, and rewrite the model's card."""
    path = PACKAGED / "light.npz"
    with np.load(path) as old:
        kept = {key: old[key] for key in old.files if not key.startswith(f"{name}.")}
    np.savez_compressed(path, **(kept | head.arrays(name)))
    write_card(PACKAGED, json.loads((PACKAGED / "model.json").read_text(encoding="utf-8")))


def main() -> None:
    """Fit what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["axes", "words", "telling", "scorer"])
    parser.add_argument("--data", type=Path, help="The research data; for axes and words.")
    parser.add_argument("--casebook", type=Path, default=Path("casebook"))
    args = parser.parse_args()
    if args.what in ("axes", "words"):
        if args.data is None:
            parser.error(f"{args.what} needs --data")
        (fit_axes if args.what == "axes" else count_words)(args.data)
    elif args.what == "telling":
        write_head("same", fit_same(args.casebook))
    else:
        write(fit_scorer(args.casebook))


if __name__ == "__main__":
    main()
