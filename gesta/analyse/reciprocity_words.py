"""Say in plain words how two sides answer each other, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping

from gesta.analyse.hawkes import LONGEST
from gesta.records.reciprocity import Estimate, Influence, Reciprocity

NO_CAUSE = "Whether one caused the other, the record can't tell."


def tell(result: Reciprocity) -> str:
    """One to three sentences: each direction, and what to beware of."""
    across = [one for one in result.influences if one.verdict is not None]
    seen = [one for one in across if one.verdict == "answers"]
    unseen = [one for one in across if one.verdict != "answers"]
    parts = [_answers(one) for one in seen]
    if len(unseen) == 2 and unseen[0].verdict == unseen[1].verdict == "no answer seen":
        parts.append(
            f"no answer is seen either way: more than {_number(unseen[0].strength.high)} more incidents by "
            f"{unseen[0].by} for each by {unseen[0].after}, and {_number(unseen[1].strength.high)} by {unseen[1].by} "
            f"for each by {unseen[1].after}, can be ruled out"
        )
    elif len(unseen) == 2 and unseen[0].verdict == unseen[1].verdict:
        parts.append(
            f"too little can be told of who answers whom: each incident of one side may be followed by none more of "
            f"the other's than usual, or by up to {_number(unseen[0].strength.high)} ({unseen[0].by} after "
            f"{unseen[0].after}) and {_number(unseen[1].strength.high)} ({unseen[1].by} after {unseen[1].after})"
        )
    else:
        parts += [_silent(one) for one in unseen]
    if result.same_day >= 0.05:
        parts.append(
            f"on the very day each incident comes with {_number(result.same_day)} of the other side's, and which came "
            f"first can't be told"
        )
    return f"In this record, {'; '.join(parts)}. {_beware(result, bool(seen))}"


def tell_too_little(names: tuple[str, str], lacking: Mapping[str, int]) -> str:
    """Why nothing was fitted; ``lacking`` holds what it would take."""
    needs = []
    for what, least in lacking.items():
        needs.append(f"{least} {what}" if what == "days watched" else f"{least} {what} of each side")
    return (
        f"Too little to say whether {names[0]} and {names[1]} answer each other: it takes at least "
        f"{' and '.join(needs)}."
    )


def _answers(one: Influence) -> str:
    within = f", {_half(one.half_life)}" if one.half_life is not None else ""
    return f"each incident by {one.after} was followed by {_range(one.strength)} more by {one.by} than usual{within}"


def _silent(one: Influence) -> str:
    if one.verdict == "no answer seen":
        return (
            f"no answer by {one.by} to {one.after} is seen, and more than {_number(one.strength.high)} for each "
            f"incident can be ruled out"
        )
    return (
        f"too little can be told of {one.by} answering {one.after}: anything from none to "
        f"{_number(one.strength.high)} incidents more for each agrees with it"
    )


def _beware(result: Reciprocity, answers: bool) -> str:
    poor = [one.side for one in result.sides if one.fitness is not None and one.fitness.word == "fits badly"]
    doubts = [f"the model fits the record of {' and '.join(poor)} badly"] if poor else []
    if result.unsettled:
        doubts.append("slow rises and falls may be part of them")
    warning = f"Take the numbers with care: {', and '.join(doubts)}. " if doubts else ""
    if not answers:
        return warning + "Answers that take weeks can't be told from a rise that both sides share."
    return warning + NO_CAUSE


def _range(estimate: Estimate) -> str:
    return f"{_number(estimate.best)} ({_number(estimate.low)} to {_number(estimate.high)})"


def _number(value: float) -> str:
    """One digit after the point, two below a tenth, so that what is not nothing does not look so."""
    if value >= 0.095 or value < 0.005:
        return f"{value:.1f}"
    return f"{value:.2f}"


def _half(half_life: Estimate) -> str:
    """Until when half of the answers had come."""
    best = "in less than a day" if half_life.best < 0.75 else f"within {_days(half_life.best)}"
    never = half_life.high > 0.98 * LONGEST
    if half_life.low < 0.75:
        reach = "anything up to months" if never else f"at most {_days(half_life.high)}"
    else:
        reach = f"at least {_days(half_life.low)}" if never else f"{half_life.low:.0f} to {_days(half_life.high)}"
    return f"half of them {best} ({reach})"


def _days(value: float) -> str:
    return "1 day" if value < 1.5 else f"{value:.0f} days"
