"""Cause and effect in a sentence, in five folds of the Causal News Corpus: python benchmarks/causes.py --data DATA

Fits the networks of ``train/causes.py`` five times, each without a fifth of the articles (by the MD5 of an article's
name), and scores them on it as ``gesta evaluate causes`` does. Needs torch, which is for training alone; without it
there is nothing to measure, since the packaged networks have seen every sentence. About fifteen minutes on one core.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))  # the training code is no installed package

import gesta  # noqa: E402
from gesta.errors import GestaError  # noqa: E402
from gesta.evaluate.causal_news import read_causal_news  # noqa: E402
from gesta.evaluate.score_causes import Tally  # noqa: E402
from gesta.find.causes import CauseNetworks, tell_line  # noqa: E402

FOLDS = 5
TABLE = "causal/train_subtask2_grouped.csv"


def fold_of(article: str) -> int:
    """Return the fold of an article, by its name alone, so that all its sentences are in one."""
    return int(hashlib.md5(article.encode()).hexdigest(), 16) % FOLDS


def main(argv: list[str] | None = None) -> int:
    """Fit and score fold by fold, then print all sentences at once."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help=f"a folder that holds {TABLE}")
    parser.add_argument("--folds", type=int, default=FOLDS, help="how many of the five to run")
    args = parser.parse_args(argv)
    if importlib.util.find_spec("torch") is None:
        sys.stdout.write("skipped: torch is not installed, and without it no fold can be fitted (train/README.md)\n")
        return 0
    try:
        cases = read_causal_news(args.data / TABLE)
    except GestaError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    import torch

    from train.causes import fit_all, read_examples

    torch.set_num_threads(1)
    examples = read_examples(cases, gesta.load())
    every = Tally()
    for fold in range(min(args.folds, FOLDS)):
        networks = CauseNetworks(
            fit_all([one for one in examples if fold_of(one.case.article) != fold], seed=fold * 10)
        )
        own = Tally()
        for one in examples:
            if fold_of(one.case.article) == fold:
                told = tell_line(one.line, networks)
                own.add(one.case, told)
                every.add(one.case, told)
        sys.stdout.write(own.score(f"fold {fold + 1}").table() + "\n")
        sys.stdout.flush()
    sys.stdout.write(every.score(f"{args.folds} folds together").table() + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
