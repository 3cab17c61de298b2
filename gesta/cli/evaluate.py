"""``gesta evaluate``: how good is it, on labelled data the user has."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import gesta

if TYPE_CHECKING:  # spaCy and the model load only for the command that runs
    from gesta.coder import Coder
    from gesta.evaluate import Score
    from gesta.evaluate.halves import Half as HalfName

app = typer.Typer(help="Score the packaged model on labelled data.", no_args_is_help=True)

Path_ = Annotated[Path, typer.Argument(help="A file, or a folder of files.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Every figure as JSON.")]
HeldOut = Annotated[
    bool | None,
    typer.Option("--held-out/--all", help="Only the held-out tenth of the newswire; the default for folders."),
]


def _half(text: str) -> HalfName:
    from gesta.evaluate.halves import half_of

    return half_of(text)


def _show(score: Callable[[Coder], Score], *, json: bool) -> None:
    found = score(gesta.load())
    sys.stdout.write((found.json() if json else found.table()) + "\n")


@app.command("names")
def evaluate_names(path: Path_, raw: bool = False, held_out: HeldOut = None, json: Json = False) -> None:
    """Names, on gold tokens, or with --raw on the raw text: newswire TSV (token, outer tag, nested tag)."""
    from gesta.evaluate import names

    _show(lambda coder: names(path, coder=coder, raw=raw, held_out=held_out), json=json)


@app.command("parses")
def evaluate_parses(path: Path_, alone: bool = False, json: Json = False) -> None:
    """Tags, morphology and trees: CoNLL-U, gzipped or not. --alone reads each sentence by itself."""
    from gesta.evaluate import parses

    _show(lambda coder: parses(path, coder=coder, alone=alone), json=json)


@app.command("sentences")
def evaluate_sentences(path: Path_, held_out: HeldOut = None, json: Json = False) -> None:
    """Sentence boundaries of raw text: newswire TSV with its articles beside it."""
    from gesta.evaluate import sentences

    _show(lambda coder: sentences(path, coder=coder, held_out=held_out), json=json)


Half = Annotated[
    str, typer.Option(help="all, or even or odd: errors are studied on one half, figures reported on the other.")
]
Peers = Annotated[bool, typer.Option("--peers", help="Also score the other tools that are installed.")]


@app.command("times")
def evaluate_times(path: Path_, half: Half = "all", peers: Peers = False, json: Json = False) -> None:
    """Time expressions (TIMEX3): TimeML documents, a file or a folder."""
    from gesta.evaluate import times

    _show(lambda coder: times(path, coder=coder, half=_half(half), peers=peers), json=json)


@app.command("places")
def evaluate_places(path: Path_, half: Half = "all", peers: Peers = False, json: Json = False) -> None:
    """Toponyms, their use, and where they lie: GeoWebNews."""
    from gesta.evaluate import places

    _show(lambda coder: places(path, coder=coder, half=_half(half), peers=peers), json=json)


@app.command("claims")
def evaluate_claims(path: Path_, json: Json = False) -> None:
    """Stance, certainty, framing and loaded words: the casebook's labelled claims."""
    from gesta.evaluate import claims

    _show(lambda coder: claims(path, coder=coder), json=json)


@app.command("attribution")
def evaluate_attribution(path: Path_, json: Json = False) -> None:
    """Who says what: articles with Source, Cue and Content spans, as PolNeAR has them (brat standoff)."""
    from gesta.evaluate import attribution

    _show(lambda coder: attribution(path, coder=coder), json=json)


@app.command("relations")
def evaluate_relations(path: Path_, json: Json = False) -> None:
    """Types of marked pairs: a PLV table."""
    from gesta.evaluate import relations

    _show(lambda coder: relations(path, coder=coder), json=json)


@app.command("causes")
def evaluate_causes(path: Path_, json: Json = False) -> None:
    """Cause and effect in a sentence: a table (CSV) of the Causal News Corpus."""
    from gesta.evaluate import causes

    _show(lambda coder: causes(path, coder=coder), json=json)


@app.command("events")
def evaluate_events(path: Path_, json: Json = False) -> None:
    """Events of casebook batches: JSON Lines."""
    from gesta.evaluate import events

    _show(lambda coder: events(path, coder=coder), json=json)


Part = Annotated[
    str, typer.Option(help="Of pairs of names: all, open or held-out; errors are studied on the open ones.")
]


@app.command("actors")
def evaluate_actors(path: Path_, part: Part = "all", json: Json = False) -> None:
    """Country and sector of actors in casebook batches, or pairs of names: JSON Lines."""
    from gesta.evaluate import actors
    from gesta.evaluate.score_pairs import part_of

    _show(lambda coder: actors(path, coder=coder, part=part_of(part)), json=json)


@app.command("ties")
def evaluate_ties(path: Path_, half: Half = "all", json: Json = False) -> None:
    """Ties between actors, by relation: JSON Lines as in casebook/ties.jsonl."""
    from gesta.evaluate import ties

    _show(lambda coder: ties(path, coder=coder, half=_half(half)), json=json)


TextsOf = Annotated[
    str, typer.Option("--part", help="all, training or held-out texts; errors are studied on training.")
]


@app.command("responses")
def evaluate_responses(path: Path_, part: TextsOf = "all", json: Json = False) -> None:
    """Stated responses, one act told as the answer to another: casebook/responses.jsonl, or a casebook batch."""
    from gesta.evaluate import responses
    from gesta.evaluate.score_responses import part_of

    _show(lambda coder: responses(path, coder=coder, part=part_of(part)), json=json)


@app.command("incidents")
def evaluate_incidents(
    path: Annotated[Path, typer.Argument(help="A folder with happenings.jsonl and reports.jsonl.", show_default=False)],
    part: Annotated[str, typer.Option(help="all, or training or held-out: weights were fitted on the one.")] = "all",
    json: Json = False,
) -> None:
    """Which events of many reports tell of one happening: reports with marked happenings, as in casebook/."""
    from gesta.evaluate import incidents
    from gesta.evaluate.score_incidents import part_named

    _show(lambda coder: incidents(path, coder=coder, part=part_named(part)), json=json)


@app.command("copies")
def evaluate_copies(
    path: Annotated[Path, typer.Argument(help="A folder with happenings.jsonl and reports.jsonl.", show_default=False)],
    part: Annotated[str, typer.Option(help="all, or training or held-out.")] = "all",
    json: Json = False,
) -> None:
    """Which reports pass on another: reports whose copies are marked, as in casebook/."""
    from gesta.evaluate import copies
    from gesta.evaluate.score_incidents import part_named

    _show(lambda coder: copies(path, coder=coder, part=part_named(part)), json=json)
