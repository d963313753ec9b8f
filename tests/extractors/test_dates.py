"""Every legal reading of a date, per language; what is no date gives nothing; nothing ever raises."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.dates import may_begin, readings

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
        ("this 5th day of March 2021", "2021-03-05"),
        ("on this the 5th day of March, in the year 2021", "2021-03-05"),
        ("the fifth day of March, two thousand twenty-one", "2021-03-05"),
        ("on the twenty-third of May 2022", "2022-05-23"),
        ("3rd of Feb '22", "2022-02-03"),
        ("12-Mar-21", "2021-03-12"),
        ("12 Mar 21", "2021-03-12"),
        ("2021-03-05T10:22:33Z", "2021-03-05"),
        ("09-2021", "2021-09"),
    ],
    "pt": [
        ("Porto, segunda-feira, 4 de abril de 2022.", "2022-04-04"),
        ("1º de maio de 2020", "2020-05-01"),
        ("25 de June de 2020", "2020-06-25"),
        ("08 de Março de 2021", "2021-03-08"),
        ("jul 11, 2023", "2023-07-11"),
        ("aos 5 dias do mês de março de 2021", "2021-03-05"),
        ("aos vinte e três dias do mês de maio de 2022", "2022-05-23"),
        ("20 (vinte) de maio de 2022", "2022-05-20"),
        ("15 de março de dois mil e vinte e um", "2021-03-15"),
        ("Fev/2021", "2021-02"),
    ],
    "es": [
        ("12 de febrero del 2024", "2024-02-12"),
        ("Aprobado el 04 Julio del 2022", "2022-07-04"),
        ("23 OCT. 2025 - 02:26 P. M.", "2025-10-23"),
        ("a los 15 días del mes de marzo del año 2021", "2021-03-15"),
        ("a los quince días del mes de marzo de 2021", "2021-03-15"),
        ("a los quince (15) días del mes de mayo (05) de dos mil veintiséis (2026)", "2026-05-15"),
        ("a los quince (15) días del mes de mayo de 2026", "2026-05-15"),
        ("el 15 de mayo de dos mil veintiséis (2026)", "2026-05-15"),
        ("Bogotá, mayo 15 de 2026", "2026-05-15"),
        ("Maio, 15 de 2026", "2026-05-15"),
        ("2026年5月15日", "2026-05-15"),
        ("14/ene/2021", "2021-01-14"),
    ],
    "fr": [
        ("le 1er juin 2024", "2024-06-01"),
        ("20 décembre 2020", "2020-12-20"),
        ("3 août 2019", "2019-08-03"),
        ("le premier mars 2021", "2021-03-01"),
    ],
    "de": [
        ("3. März 2021", "2021-03-03"),
        ("den 08.Okt.2022", "2022-10-08"),
        ("5. Mrz. 2021", "2021-03-05"),
        ("3. Jänner 2022", "2022-01-03"),
    ],
    "it": [("7 giugno 2023", "2023-06-07"), ("il 15 settembre 2021", "2021-09-15")],
    "tr": [("9 Haziran 2026", "2026-06-09"), ("21 Ağustos 2022", "2022-08-21"), ("3 Kasım 2020", "2020-11-03")],
    "ru": [
        ("14 августа 2021 г.", "2021-08-14"),
        ("1 мая 2020 года", "2020-05-01"),
        ("5-го марта 2021", "2021-03-05"),
        ("«14» авг. 2021 г.", "2021-08-14"),
        ("в мае 2021 г.", "2021-05"),
    ],
    "pl": [
        ("22 września 2024", "2024-09-22"),
        ("5 października 2023", "2023-10-05"),
        ("dnia 5 paź 2021 r.", "2021-10-05"),
        ("w marcu 2021 r.", "2021-03"),
    ],
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
        ("10, 11 e 12 de maio de 2021", "2021-05-10", "2021-05-12"),
        ("13/14 giugno 2022", "2022-06-13", "2022-06-14"),
        ("13 & 14 June 2022", "2022-06-13", "2022-06-14"),
        ("desde el 3 de mayo hasta el 7 de mayo de 2021", "2021-05-03", "2021-05-07"),
        ("с 3 по 7 мая 2021", "2021-05-03", "2021-05-07"),
        ("od 3 do 7 maja 2021", "2021-05-03", "2021-05-07"),
    ],
)
def test_a_range_has_two_ends(text: str, first: str, last: str) -> None:
    start, end = readings(text)
    assert (start.opens_range, end.opens_range) == (True, False)
    assert [start.readings[0].iso, end.readings[0].iso] == [first, last]


@pytest.mark.parametrize(
    ("text", "isos"),
    [
        ("l2 May 2021", ["2021-05-12"]),
        ("2l May 202l", ["2021-05-21"]),
        ("O5/1O/2021", ["2021-10-05", "2021-05-10"]),
        ("14.O7.2O22", ["2022-07-14"]),
        ("May 3O, 2021", ["2021-05-03", "2021-05-30"]),
    ],
)
def test_letters_are_taken_for_digits_only_where_nothing_else_is_legal_and_never_silently(
    text: str, isos: list[str]
) -> None:
    (date,) = readings(text)
    assert ([reading.iso for reading in date.readings], date.raw, date.repaired) == (isos, text, True)


@pytest.mark.parametrize("text", ["1o de maio de 2020", "12 May 2021", "Building O5, 12 May 2021", "I May 2021"])
def test_no_repair_where_a_date_reads_as_it_stands(text: str) -> None:
    assert not any(date.repaired for date in readings(text))


def test_a_parted_day_keeps_both_readings() -> None:
    (date,) = readings("Week 1 9 May 2021")
    assert {reading.iso for reading in date.readings} == {"2021-05-19", "2021-05-09"}


def test_two_dates_with_a_dash_are_two_dates() -> None:
    assert [date.readings[0].iso for date in readings("01/15/2024 - 01/14/2025")] == ["2024-01-15", "2025-01-14"]


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2020",
        "version 3.2.2020.1",
        "22-29 Ekim",
        "IPv4 10.12.20.21.5",
        "Room 2043a",
        "ISO 9001:2015",
        "seminar 5",
        "the second may have",
        "phone 555-01-2020-33",
        "",
    ],
)
def test_what_is_no_date_gives_nothing(text: str) -> None:
    assert readings(text) == ()


@given(st.text(max_size=80))
def test_any_text_gives_typed_readings_or_nothing(text: str) -> None:
    for date in readings(text):
        assert date.readings
        assert 0 <= date.start < date.end <= len(text)
        assert all(reading.earliest <= reading.latest for reading in date.readings)


_SCRAPS = st.sampled_from(
    "1 12 31 3O l5 2024 '24 99 / - . , ( of de to may mai Mar. j ul января fifth vinte two thousand x 年".split()  # noqa: SIM905
)


@given(st.lists(st.tuples(_SCRAPS, st.sampled_from(["", " ", "\n", "/"])), max_size=8))
def test_no_date_begins_where_none_may_begin(scraps: list[tuple[str, str]]) -> None:
    text = "".join(scrap + gap for scrap, gap in scraps)
    assert all(may_begin(text, date.start + 1) for date in readings(text))


@given(
    st.dates(dt.date(1990, 1, 1), dt.date(2068, 12, 31)),
    st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d.%m.%y"]),
)
def test_a_printed_day_is_always_among_its_readings(day: dt.date, form: str) -> None:
    (date,) = readings(f"completed on {day.strftime(form)} online")
    assert day in [reading.earliest for reading in date.readings]
