"""Where and when events are set, in long reports with flashbacks: own sentence first, then the story, then a bound."""

from __future__ import annotations

from datetime import date

import pytest

from gesta.coder import Coder
from gesta.records import COUNTED, Event, Report

RAID = """Gunmen stormed a customs post in the border town of Dareh on Monday and killed four officers, the interior \
ministry said on Tuesday. The attackers arrived in two lorries and fired at the guardroom.

"We will hunt them down," interior minister Salim Okar told reporters in the capital.

It was the second raid in the district in a year. On 4 March 2019, a rebel column attacked a police station in the \
nearby village of Umm Rakba and killed eleven people. A week later the army bombed a camp in the hills, and the rebels \
accused it of having killed shepherds. In May 2019 the two sides signed a truce in Geneva.

The truce collapsed on 12 December, when soldiers arrested two rebel commanders at a checkpoint.

On Wednesday morning, trade unions called a strike over the killings. Officials are due to meet union leaders on \
Friday."""

PORT = """CALDER, 14 August 2021 (Agency) - Dockers at Calder went back to work on Saturday after police withdrew from \
the port. Clashes on Thursday had injured thirty people.

The dispute began in 2018, when the company dismissed ninety men. In July last year the union signed an agreement with \
the ministry.

On Tuesday, dockers blocked the gates. The next day, police fired tear gas and detained twelve of them."""


def events_of(coder: Coder, body: str, published: date | None) -> tuple[Report, dict[str, Event]]:
    report = Report.of(body, title=None, published=published)
    found: dict[str, Event] = {}
    for event in coder.code(report).events:
        found.setdefault(report.text[event.trigger.start : event.trigger.end], event)
    return report, found


@pytest.mark.parametrize(
    ("body", "published", "told"),
    [
        (
            RAID,
            date(2020, 1, 9),
            {
                "stormed": "2020-01-06", "attacked": "2019-03-04", "bombed": "2019-W11", "signed": "2019-05",
                "arrested": "2019-12-12",
            },
        ),
        (
            PORT,
            date(2021, 8, 14),
            {"signed": "2020-07", "blocked": "2021-08-10", "fired": "2021-08-11", "detained": "2021-08-11"},
        ),
    ],
)  # fmt: skip
def test_each_event_of_a_flashback_has_its_own_time(
    coder: Coder, body: str, published: date, told: dict[str, str]
) -> None:
    _, found = events_of(coder, body, published)
    times = {word: found[word].time for word in told if word in found}
    assert len(times) >= len(told) - 1, "the coder misses these events"
    right = [word for word, time in times.items() if time is not None and time.value == told[word]]
    assert len(right) >= 0.8 * len(times)
    wrong = [word for word, time in times.items() if word not in right and time is not None and time.start is not None]
    assert not wrong, "an event may stay without a time, but not get another's"


def test_a_time_of_another_sentence_is_marked(coder: Coder) -> None:
    report, found = events_of(coder, RAID, date(2020, 1, 9))
    elsewhere = [
        e for e in found.values() if e.time is not None and any("another sentence" in r for r in e.time.reasons)
    ]
    for event in elsewhere:
        assert event.time is not None and event.time.basis == "inferred" and event.time.span is not None
        assert report.text[slice(*event.time.span)] == event.time.text


def test_no_silent_default(coder: Coder) -> None:
    """What happened and nothing dates has the publication day as its upper bound, and none without one."""
    body = "Rebels attacked a bakery. Soldiers arrested a teacher."
    for published in (date(2020, 1, 9), None):
        _, found = events_of(coder, body, published)
        assert found
        for event in found.values():
            if published is None:
                assert event.time is None
            else:
                assert event.time is not None
                assert (event.time.start, event.time.end, event.time.basis) == (None, published, "bounded")


def test_what_is_yet_to_come_is_not_bounded_by_publication(coder: Coder) -> None:
    _, found = events_of(coder, "Rebels threatened to bomb the port. Soldiers arrested a teacher.", date(2020, 1, 9))
    assert found["bomb"].modality == "threatened" and found["bomb"].time is None
    assert found["arrested"].time is not None and found["arrested"].time.basis == "bounded"


def test_two_events_of_one_word_differ_in_what_bounds_them(coder: Coder) -> None:
    report = Report.of(
        "Norland will withdraw its troops from Eastport, the minister said.", title=None, published=date(2020, 1, 9)
    )
    by_word: dict[int, set[str]] = {}
    for event in coder.code(report).events:
        by_word.setdefault(event.trigger.start, set()).add(event.modality)
        over = event.modality in {"happened", "ongoing", "alleged", "denied"}
        assert (event.time is not None and event.time.end == report.published) == over
    assert {"happened", "planned"} in by_word.values()


def test_two_events_of_one_sentence_differ(coder: Coder) -> None:
    body = "Police arrested three men in Kano on Monday and killed a fourth in Lagos on Tuesday."
    _, found = events_of(coder, body, date(2020, 1, 9))
    assert [(found[word].place.text, found[word].time.text) for word in ("arrested", "killed")] == [
        ("Kano", "Monday"),
        ("Lagos", "Tuesday"),
    ]


def test_a_capital_that_acts_is_no_place_of_the_event(coder: Coder) -> None:
    _, found = events_of(coder, "Baghdad rejected an offer that Ankara had made in Erbil on Sunday.", None)
    place = found["rejected"].place
    assert place is None or place.basis == "inferred" or place.text == "Erbil"


def test_the_country_of_the_story_is_coarse_and_marked(coder: Coder) -> None:
    body = (
        "Nigerian troops came to Kano in Nigeria. The Nigerian president spoke in Lagos.\n\nRebels attacked a bakery. "
        "They killed four guards."
    )
    report, found = events_of(coder, body, None)
    place = found["attacked"].place
    assert place is not None and (place.country, place.precision, place.basis) == ("NGA", "country", "inferred")
    assert place.latitude is None and report.text[slice(*place.span)] == place.text
    assert any("set in Nigeria" in reason for reason in place.reasons)


def test_what_is_told_elsewhere_is_not_shown_as_the_event_s_sentence(coder: Coder) -> None:
    report, found = events_of(coder, RAID, date(2020, 1, 9))
    for event in found.values():
        start, end = event.own_words
        assert "\n\n" not in report.text[start:end]


def test_a_broken_address_harms_nothing(coder: Coder) -> None:
    report = Report.of("Rebels attacked a bakery in Kano.", title=None, url="http://[bad/2020")
    assert coder.code(report).events


def test_a_day_of_publication_that_is_a_mistake_bounds_nothing(coder: Coder) -> None:
    for published in (date(1, 1, 1), date(9999, 12, 31)):
        _, found = events_of(coder, "Rebels attacked a bakery.", published)
        assert all(event.time is None for event in found.values()) and found


def test_every_counted_sample_event_says_what_it_rests_on(coded_samples: list) -> None:
    for record in coded_samples:
        for event in record.events:
            if event.modality in COUNTED and event.place is not None:
                assert record.report.text[slice(*event.place.span)] == event.place.text
                assert event.place.basis == "stated" or event.place.latitude is None
