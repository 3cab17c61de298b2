"""Shared by all tests: the coder, loaded once, and the samples, read and coded once."""

from __future__ import annotations

from pathlib import Path

import pytest

import gesta
from gesta.coder import Coder
from gesta.read import read_paths
from gesta.records import Record, Report

SAMPLES = Path(__file__).resolve().parent.parent / "samples"


@pytest.fixture(scope="session")
def coder() -> Coder:
    return gesta.load()


@pytest.fixture(scope="session")
def samples() -> list[Report]:
    return [report for report in read_paths([SAMPLES]) if isinstance(report, Report)]


@pytest.fixture(scope="session")
def coded_samples(coder: Coder, samples: list[Report]) -> list[Record]:
    return [coder.code(report) for report in samples]
