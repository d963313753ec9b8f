"""Every legal reading of a date, per language; what is no date gives nothing; nothing ever raises."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.dates import readings

ONE = {
    "en": [
        ("Sep 27, 2026 at 05:00PM UTC", "2026-09-27"),
        ("02nd Aug 2023", "2023-08-02"),
        ("the 24th day of October, 2021", "2021-10-24"),
        ("Dec. 30, 2020", "2020-12-30"),
        ("MON, JUN 28TH 2021", "2021-06-28"),
        ("J ul 30, 2022", "2022-07-30"),
        ("16 – May – 2019", "2019-05-16"),
        ("2023-08-14", "2023-08-14"),
        ("2023/08/14", "2023-08-14"),
        ("On December 2023", "2023-12"),
        ("12/2023", "2023-12"),
        ("2023-08", "2023-08"),
        ("Class of 2024", "2024"),
        ("28 Feb, 2024", "2024-02-28"),
    ],
    "pt": [
        ("Porto, segunda-feira, 4 de abril de 2022.", "2022-04-04"),
        ("1º de maio de 2020", "2020-05-01"),
        ("25 de June de 2020", "2020-06-25"),
        ("08 de Março de 2021", "2021-03-08"),
        ("jul 11, 2023", "2023-07-11"),
    ],
    "es": [
        ("12 de febrero del 2024", "2024-02-12"),
        ("Aprobado el 04 Julio del 2022", "2022-07-04"),
        ("23 OCT. 2025 - 02:26 P. M.", "2025-10-23"),
    ],
    "fr": [("le 1er juin 2024", "2024-06-01"), ("20 décembre 2020", "2020-12-20"), ("3 août 2019", "2019-08-03")],
    "de": [("3. März 2021", "2021-03-03"), ("den 08.Okt.2022", "2022-10-08")],
    "it": [("7 giugno 2023", "2023-06-07"), ("il 15 settembre 2021", "2021-09-15")],
    "tr": [("9 Haziran 2026", "2026-06-09"), ("21 Ağustos 2022", "2022-08-21"), ("3 Kasım 2020", "2020-11-03")],
    "ru": [("14 августа 2021 г.", "2021-08-14"), ("1 мая 2020 года", "2020-05-01")],
    "pl": [("22 września 2024", "2024-09-22"), ("5 października 2023", "2023-10-05")],
    "nl": [("6 maart 2022", "2022-03-06")],
}


@pytest.mark.parametrize(("text", "iso"), [pair for pairs in ONE.values() for pair in pairs])
def test_a_date_with_one_reading(text: str, iso: str) -> None:
    assert [[reading.iso for reading in date.readings] for date in readings(text)] == [[iso]]


@pytest.mark.parametrize(
    ("text", "isos"),
    [
        ("03/07/2023", ["2023-07-03", "2023-03-07"]),
        ("5-4-21", ["2021-04-05", "2021-05-04"]),
        ("04.07.2023", ["2023-07-04", "2023-04-07"]),
        ("22 / 07 / 2023", ["2023-07-22"]),
        ("05/22/2023", ["2023-05-22"]),
        ("07/07/2023", ["2023-07-07"]),
    ],
)
def test_a_numeric_date_keeps_every_order_that_the_calendar_allows(text: str, isos: list[str]) -> None:
    (date,) = readings(text)
    assert [reading.iso for reading in date.readings] == isos


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("7 a 11 de Junho, 2021", "2021-06-07", "2021-06-11"),
        ("27 June 2024 – 28 June 2024", "2024-06-27", "2024-06-28"),
        ("May 2-4, 2022", "2022-05-02", "2022-05-04"),
        ("Dec 30, 2021 to Jan 2, 2022", "2021-12-30", "2022-01-02"),
        ("30 Dec to 2 Jan 2022", "2021-12-30", "2022-01-02"),
        ("05.08. - 08.08.2024", "2024-08-05", "2024-08-08"),
        ("8-9/02/2020", "2020-02-08", "2020-02-09"),
        ("du 2 au 6 mars 2026", "2026-03-02", "2026-03-06"),
        ("vom 5. bis 8. August 2024", "2024-08-05", "2024-08-08"),
    ],
)
def test_a_range_has_two_ends(text: str, first: str, last: str) -> None:
    start, end = readings(text)
    assert (start.opens_range, end.opens_range) == (True, False)
    assert [start.readings[0].iso, end.readings[0].iso] == [first, last]


def test_two_dates_with_a_dash_are_two_dates() -> None:
    assert [date.readings[0].iso for date in readings("01/15/2024 - 01/14/2025")] == ["2024-01-15", "2025-01-14"]


@pytest.mark.parametrize(
    "text",
    ["31/02/2020", "version 3.2.2020.1", "22-29 Ekim", "IPv4 10.12.20.21.5", "Room 2043a", "phone 555-01-2020-33", ""],
)
def test_what_is_no_date_gives_nothing(text: str) -> None:
    assert readings(text) == ()


@given(st.text(max_size=80))
def test_any_text_gives_typed_readings_or_nothing(text: str) -> None:
    for date in readings(text):
        assert date.readings
        assert 0 <= date.start < date.end <= len(text)
        assert all(reading.earliest <= reading.latest for reading in date.readings)


@given(
    st.dates(dt.date(1990, 1, 1), dt.date(2068, 12, 31)),
    st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d.%m.%y"]),
)
def test_a_printed_day_is_always_among_its_readings(day: dt.date, form: str) -> None:
    (date,) = readings(f"completed on {day.strftime(form)} online")
    assert day in [reading.earliest for reading in date.readings]
