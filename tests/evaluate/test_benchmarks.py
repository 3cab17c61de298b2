from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from gesta.errors import UsageError
from gesta.evaluate import Score
from gesta.records import Report

FOLDER = Path(__file__).parents[2] / "benchmarks"


def load(name: str) -> ModuleType:
    """Import a benchmark, which is a script beside the package."""
    spec = importlib.util.spec_from_file_location(f"benchmark_{name}", FOLDER / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def gate() -> Any:
    return load("gate")


@pytest.fixture
def measured(gate: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """Let the gate measure these figures of the casebook, and nothing else."""
    figures = {"type F1": 0.7, "strict F1": 0.5}

    def scorers(coder: object, data: Path | None) -> dict[str, Any]:
        return {"casebook": lambda: Score(task="events", source="x", figures=figures, counts={})}

    monkeypatch.setattr(gate, "scorers", scorers)
    monkeypatch.setattr(gate.gesta, "load", SimpleNamespace)
    return figures


def floors(path: Path, **figures: float) -> Path:
    path.write_text(json.dumps({"casebook": {name.replace("_", " "): value for name, value in figures.items()}}))
    return path


def test_a_figure_at_its_floor_passes_and_one_below_fails(
    gate: Any, measured: dict[str, float], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = floors(tmp_path / "floors.json", type_F1=0.7, strict_F1=0.5)
    assert gate.main(["--floors", str(path)]) == 0
    measured["strict F1"] = 0.499
    assert gate.main(["--floors", str(path)]) == 1
    printed = capsys.readouterr().out
    assert "0.4990  BELOW" in printed
    assert "1 below their floor" in printed


def test_floors_rise_to_what_is_measured_less_the_margin_and_never_fall(
    gate: Any, measured: dict[str, float], tmp_path: Path
) -> None:
    path = floors(tmp_path / "floors.json", type_F1=0.6, strict_F1=0.498)
    assert gate.main(["--floors", str(path), "--raise"]) == 0
    assert json.loads(path.read_text()) == {"casebook": {"type F1": 0.695, "strict F1": 0.498}}
    measured["type F1"] = 0.61
    assert gate.main(["--floors", str(path), "--raise"]) == 1
    assert json.loads(path.read_text())["casebook"]["type F1"] == 0.695


def test_a_new_figure_has_no_floor_until_raised(gate: Any, measured: dict[str, float], tmp_path: Path) -> None:
    path = floors(tmp_path / "floors.json")
    assert gate.main(["--floors", str(path)]) == 0
    assert json.loads(path.read_text()) == {"casebook": {}}


def test_a_floor_whose_figure_is_gone_fails(
    gate: Any, measured: dict[str, float], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = floors(tmp_path / "floors.json", renamed=0.1)
    assert gate.main(["--floors", str(path), "--raise"]) == 1
    assert "no such figure any more: casebook: renamed" in capsys.readouterr().out


def test_a_floor_that_was_not_measured_is_shown_and_passes(
    gate: Any, measured: dict[str, float], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "floors.json"
    path.write_text(json.dumps({"names": {"F1": 0.8}}))
    assert gate.main(["--floors", str(path)]) == 0
    assert "not run" in capsys.readouterr().out


@pytest.mark.parametrize("content", ["{", "[]", '{"casebook": 3}', '{"casebook": {"type F1": "high"}}'])
def test_a_broken_file_of_floors_is_misuse(gate: Any, measured: dict[str, float], tmp_path: Path, content: str) -> None:
    path = tmp_path / "floors.json"
    path.write_text(content)
    with pytest.raises(SystemExit) as stop:
        gate.main(["--floors", str(path)])
    assert stop.value.code == 2


def test_missing_data_is_misuse(gate: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def scorers(coder: object, data: Path | None) -> dict[str, Any]:
        raise UsageError("no such file", where=str(data))

    monkeypatch.setattr(gate, "scorers", scorers)
    monkeypatch.setattr(gate.gesta, "load", SimpleNamespace)
    with pytest.raises(SystemExit) as stop:
        gate.main(["--floors", str(floors(tmp_path / "floors.json")), "--data", str(tmp_path)])
    assert stop.value.code == 2


def test_the_floors_kept_are_of_gated_figures(gate: Any) -> None:
    kept = gate.read_floors(gate.FLOORS)
    assert set(kept) <= set(gate.GATED)
    assert all(0 <= value <= 1 for of_task in kept.values() for value in of_task.values())


@pytest.fixture(scope="module")
def speed() -> Any:
    return load("speed")


def test_many_reports_are_dealt_few_are_repeated(speed: Any) -> None:
    many = [Report(text=f"Report {n}.") for n in range(23)]
    dealt = speed.deal(many, 5)
    assert sorted(report.id for turn in dealt for report in turn) == sorted(report.id for report in many)
    assert {len(turn) for turn in dealt} == {4, 5}
    assert speed.deal(many[:3], 5) == [many[:3]] * 5


def test_a_timer_is_taken_off_again(speed: Any) -> None:
    class Worker:
        def work(self, n: int) -> int:
            return n + 1

    worker, spent = Worker(), {"work": 0.0}
    with speed.timed(worker, "work", spent, "work"):
        assert worker.work(1) == 2
        assert "work" in vars(worker)
    assert "work" not in vars(worker)
    assert spent["work"] > 0


def test_windows_are_recorded_as_they_are_read(speed: Any) -> None:
    class Model:
        def feed(self, sentences: list[list[str]]) -> dict[str, int]:
            return {"words": sum(map(len, sentences))}

    model = Model()
    with speed.recorded(model) as feeds:
        model.feed([["a", "b"]])
        model.feed([["c"]])
    model.feed([["d"]])
    assert feeds == [{"words": 2}, {"words": 1}]


def test_ratio_is_the_pipelines_share_of_the_encoders_rate(speed: Any) -> None:
    turn = speed.Round(sentences=100, windows=30, pipeline=speed.Clock(4.0, 2.0), encoder=speed.Clock(2.0, 1.5))
    figures = turn.figures()
    assert figures["pipeline, sentences/s"] == 25
    assert figures["encoder, sentences/s"] == 50
    assert figures["ratio"] == 0.5
    assert figures["ratio of processor time"] == 0.75


def test_a_gazetteer_figure_beyond_its_limit_is_missed() -> None:
    gazetteer: Any = load("gazetteer")
    good = {name: limit for name, (_, limit) in gazetteer.LIMITS.items()}
    assert gazetteer.missed(good) == []
    assert gazetteer.missed(good | {"look-ups a second": 9_999.0}) == ["look-ups a second"]
    assert gazetteer.missed(good | {"seconds to build": 61, "size, MB": 151}) == ["seconds to build", "size, MB"]
