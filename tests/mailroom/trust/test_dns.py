"""The DNS is asked little and waited for briefly; once nothing answers, nothing more is asked."""

from dataclasses import dataclass, field

import pytest
from dns import resolver, rrset
from dns.exception import Timeout

from consulta.mailroom.trust.dns import (
    MAX_QUESTIONS,
    SILENCE,
    DnsUnreachableError,
    Questions,
    SystemDns,
)
from tests.mailroom.trust import stub

TOLD = {
    "A": ("192.0.2.1", "192.0.2.1"),
    "AAAA": ("2001:db8::1", "2001:db8::1"),
    "MX": ("10 mx.example.org.", (10, "mx.example.org")),
    "PTR": ("mx.example.org.", "mx.example.org"),
    "TXT": ('"v=spf1 " "-all"', b"v=spf1 -all"),
}


@dataclass
class FakeResolver:
    answer: object
    asked: list[str] = field(default_factory=list)

    def resolve(self, name, kind, lifetime):
        self.asked.append(name)
        if isinstance(self.answer, Exception):
            raise self.answer
        return rrset.from_text("example.org.", 60, "IN", kind, self.answer)


@pytest.mark.parametrize("kind", TOLD)
def test_records_come_in_plain_shapes(kind):
    written, meant = TOLD[kind]

    assert SystemDns(resolver=FakeResolver(written)).records("example.org", kind) == [meant]


def test_a_name_that_does_not_exist_has_no_records():
    system = SystemDns(resolver=FakeResolver(resolver.NXDOMAIN()))

    assert system.records("example.org", "A") == []


def test_without_an_answer_it_stops_asking():
    fake = FakeResolver(Timeout())
    system = SystemDns(resolver=fake)

    for _ in range(10):
        with pytest.raises(DnsUnreachableError):
            system.records("example.org", "A")

    assert len(fake.asked) == SILENCE


def test_one_letter_asks_each_question_once_and_not_too_many():
    names = stub.dns()
    questions = Questions(names)

    assert questions.ask("Example.org.", "TXT") == questions.ask("example.org", "TXT")
    assert len(names.asked) == 1
    for n in range(MAX_QUESTIONS - 1):
        questions.ask(f"{n}.example.org", "A")
    with pytest.raises(DnsUnreachableError):
        questions.ask("another.example.org", "A")


def test_a_letter_that_takes_too_long_is_asked_about_no_more():
    with pytest.raises(DnsUnreachableError):
        Questions(stub.dns(), ends_at=0.0).ask("example.org", "A")
