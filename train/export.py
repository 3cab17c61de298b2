"""Export a checkpoint as the packaged model.

    python -m train.export --run RUN --tokenizer tokenizer.json --out gesta/annotate/model

Writes ``model.onnx`` (encoder and per-word heads, int8 with one scale per channel), ``pairs.npz`` (the small heads that
score pairs of words chosen by earlier stages) and ``model.json`` (labels, vocabulary hash, identity).
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from train.batches import WINDOW
from train.identity import write_card
from train.labels import Labels
from train.model import Model
from train.prepare import read_labels

OUTPUTS = (
    "words", "upos", "morph", "names", "nested", "triggers", "seconds", "arcs", "dependents", "governors",
    "role_triggers", "role_arguments", "cues", "part_cues", "part_words",
)  # fmt: skip


class Graph(nn.Module):
    """What runs once per window: one unpadded window, no batch dimension."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self.encoder, self.heads = model.encoder, model.heads

    def forward(self, pieces: Tensor, shapes: Tensor, pool: Tensor) -> tuple[Tensor, ...]:
        words = pool @ self.encoder(pieces[None], shapes[None])[0]
        upos, morph = self.heads["tags"](words)
        names, nested = self.heads["names"](words)
        triggers, seconds = self.heads["events"](words)
        arcs, dependents, governors = self.heads["tree"](words)
        events = self.heads["events"]
        roles = events.role_trigger(words), events.role_argument(words)
        parts = self.heads["attribution"](words)
        return words, upos, morph, names, nested, triggers, seconds, arcs, dependents, governors, *roles, *parts


def pair_weights(model: Model) -> dict[str, np.ndarray]:
    """The heads that read pairs of words: tree labels, roles, relation, a cue's parts, sentence meaning."""
    heads = model.state_dict()
    wanted = {
        "label": "tree.label.", "label_root": "tree.label_root", "role": "events.role.",
        "role_path": "events.role_path.weight", "role_gap": "events.role_gap.weight",
        "role_type": "events.role_type.weight", "role_frame": "events.role_frame.weight",
        "told": "events.told.", "told_type": "events.told_type.weight",
        "modality": "events.modality.", "modes": "events.modes.", "contexts": "events.contexts.",
        "query": "relation.query.", "key": "relation.key.", "inner": "relation.inner.", "types": "relation.types.",
        "trust": "relation.trust", "coded": "relation.coded.", "real": "relation.real.",
        "part": "attribution.part.", "meaning": "meaning.project.",
    }  # fmt: skip
    found = {}
    for name, prefix in wanted.items():
        for key, value in heads.items():
            if key.startswith(f"heads.{prefix}"):
                rest = key.removeprefix(f"heads.{prefix}")
                found[f"{name}.{rest}" if rest else name] = value.float().numpy()
    return found


def export(
    model: Model, labels: Labels, tokenizer: Path, out: Path, *, name: str, window: int = WINDOW, quantise: bool = True
) -> None:
    """Write the packaged model into ``out``; without ``quantise`` in full precision, to measure what int8 costs."""
    out.mkdir(parents=True, exist_ok=True)
    graph = Graph(model).eval()
    example = (torch.tensor([101, 2023, 2003, 102]), torch.tensor([0, 1, 1, 0]), torch.eye(4)[1:3])
    axes = {"pieces": {0: "T"}, "shapes": {0: "T"}, "pool": {0: "W", 1: "T"}}
    axes |= {output: {0: "W"} for output in OUTPUTS} | {"arcs": {0: "W", 1: "H"}}
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            graph, example, str(plain), input_names=["pieces", "shapes", "pool"], output_names=list(OUTPUTS),
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        if quantise:
            quantize_dynamic(
                plain, out / "model.onnx", weight_type=QuantType.QInt8, per_channel=True,
                op_types_to_quantize=["MatMul", "Gemm", "Gather"], extra_options={"MatMulConstBOnly": True},
            )  # fmt: skip
        else:
            shutil.copy(plain, out / "model.onnx")
    onnx.checker.check_model(str(out / "model.onnx"))
    np.savez_compressed(out / "pairs.npz", **{k: v.astype(np.float16) for k, v in pair_weights(model).items()})
    vocabulary = list(json.loads(tokenizer.read_text())["model"]["vocab"])
    (out / "vocabulary.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    card = {"name": name, "window": window, "labels": labels.to_json()}
    write_card(out, card)


def read_checkpoint(path: Path) -> tuple[Labels, Model]:
    """Load a checkpoint, with the ``labels.json`` that lies beside it."""
    labels = read_labels(path.parent)
    model = Model(labels)
    model.load_state_dict(torch.load(path, weights_only=True)["model"])
    return labels, model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--checkpoint", default="last.pt")
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--name", default="gesta-en-3")
    parser.add_argument("--window", type=int, default=WINDOW, help="wordpieces in a window when reading")
    parser.add_argument("--float", action="store_true", help="full precision, for measuring only")
    options = parser.parse_args()
    labels, model = read_checkpoint(options.run / options.checkpoint)
    export(
        model, labels, options.tokenizer, options.out,
        name=options.name, window=options.window, quantise=not options.float,
    )  # fmt: skip


if __name__ == "__main__":
    main()
