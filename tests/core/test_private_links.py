"""Our own private links and secret addresses are left out of whatever people send."""

import pytest

from consulta.core import private_links

TOKEN = "Ab3dEf6hIj9_lMn-pQr5tU"
SEALED = "17-0123456789abcdef01234567"
LINKS = [
    f"https://consult.example.org/en/mine/{TOKEN}/",
    f"https://consult.example.org/ar/mine/{TOKEN}/receipt-1.json",
    f"http://consult.example.org:8000/fr/confirm/{TOKEN}/",
    f"consult.example.org/zh/drafts/{TOKEN}/",
    f"/en/sign/{TOKEN}/",
    f"https://CONSULT.example.org/es/mandate/{TOKEN}/",
    f"https://consult.example.org/ru/follow/{TOKEN}/end/",
    f"https://consult.example.org/en/reflector/link/subscription/{SEALED}/",
    f"https://consult.example.org/en/reflector/link/post/{TOKEN}/",
    f"https://consult.example.org/en/mine/{TOKEN[:9]}\n> {TOKEN[9:]}/",
    f"https://consult.example.org/en/mine/\n{TOKEN}/",
    f"https%3A%2F%2Fconsult.example.org%2Fen%2Fmine%2F{TOKEN}%2F&data=1",
    f"https-3A__consult.example.org_en_mine_{TOKEN}_&d=1",
    f"answer+{TOKEN}@consult.example.org",
    f"sample-list-11+leave-{SEALED}@consult.example.org",
    f"sample-list+confirm-{TOKEN}@consult.example.org",
    f"sample-list+bounce-{SEALED}@consult.example.org",
]
PUBLIC = [
    "https://consult.example.org/en/consultations/sample-consultation-of-2026/",
    "https://consult.example.org/en/responses/C-11-00001/",
    "https://consult.example.org/en/mine/lost-link/",
    "https://consult.example.org/en/reflector/sample-group-list/posts/17/",
    f"https://other.example.org/en/mine/{TOKEN}/",
    "sample-list+re-17@consult.example.org",
    "consultation-11@consult.example.org",
]


def left(text):
    return private_links.left_out(
        text, base_url="https://consult.example.org", mail_domain="consult.example.org"
    )


@pytest.mark.parametrize("link", LINKS)
def test_what_works_for_one_person_is_left_out(link):
    assert left(f"Before <{link}> after.") == "Before <[…]> after."


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_public_stays(address):
    assert left(f"Before {address} after.") == f"Before {address} after."


def test_a_long_text_costs_little():
    text = "a" * 300_000 + "+leave-" + "b" * 300_000
    assert left(text) == text
