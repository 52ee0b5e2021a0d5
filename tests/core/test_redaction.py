"""Contact data in public texts is found in six languages; years, days and counts are none."""

import pytest

from consulta.core import redaction

NUMBERS = [
    ("Tel. +41 22 730 51 11", "", "+41 22 730 51 11"),
    ("call us at +1 202 555 0143 please", "", "+1 202 555 0143"),
    ("Phone: 555 0143 22", "", "555 0143 22"),
    ("phone number 0171 234567", "", "0171 234567"),
    ("mobile 912 345 678 or by mail", "", "912 345 678"),
    ("Mobile: 2019-2022", "", "2019-2022"),
    ("Téléphone : 01 42 34 56 78", "", "01 42 34 56 78"),
    ("portable 06 12 34 56 78", "FR", "06 12 34 56 78"),
    ("Teléfono: 912 345 678 o correo", "", "912 345 678"),
    ("móvil 612.345.678", "", "612.345.678"),
    ("тел. 12-34-56", "", "12-34-56"),
    ("номер телефона 8 (495) 123-45-67", "", "8 (495) 123-45-67"),
    ("моб. 8 916 123 45 67", "", "8 916 123 45 67"),
    ("电话：010-6552 9999", "", "010-6552 9999"),
    ("手机 138 0013 8000", "", "138 0013 8000"),
    ("هاتف: ٠٢ ٢٥٧٤ ٨٠٠٠", "", "٠٢ ٢٥٧٤ ٨٠٠٠"),
    ("جوال 050 123 4567", "", "050 123 4567"),
    ("fax 022 730 51 37", "", "022 730 51 37"),
    ("mobile 10 203 040", "", "10 203 040"),
]
OTHERS = [
    ("Mobile 2019-2022", ""),
    ("mobile 2019/20", ""),
    ("Mobile 2019 - 2022, a study", ""),
    ("our plan 2019-2022", "HK"),
    ("fax 1990-2000", ""),
    ("mobile (2019-2022)", ""),
    ("mobile 10 000 000 users", ""),
    ("mobile 10.000.000", ""),
    ("mobile 12 345 678 active users", ""),
    ("mobile 25 300 400 abonnés", ""),
    ("móvil 12.345.678 de usuarios", ""),
    ("телефон 12 345 678 абонентов", ""),
    ("手机 12 345 678 名", ""),
    ("هاتف 12 345 678 مشترك", ""),
    ("fax 12.03.2019", ""),
    ("phone 2019-03-12", ""),
    ("in 2019 mobile grew by 250 000", ""),
]


@pytest.mark.parametrize(("text", "country", "number"), NUMBERS)
def test_a_number_to_call_is_found(text, country, number):
    found = redaction.find(text, country=country)

    assert [(text[p.start : p.end], p.kind) for p in found] == [(number, "telephone")]


@pytest.mark.parametrize(("text", "country"), OTHERS)
def test_years_days_and_counts_are_no_numbers_to_call(text, country):
    assert redaction.find(text, country=country) == ()
