"""Who wrote a letter: proved by SPF, DKIM, a trusted relay or sealer; never by a name alone."""

import json

import pytest

from consulta.mailroom.trust.checking import Trust, check
from tests.mailroom.trust import stub


def test_a_letter_from_its_domains_own_server_is_proved():
    found = check(stub.letter(), stub.envelope(), dns=stub.dns())

    assert found == Trust(
        domain="example.org",
        by="dns",
        spf="pass",
        spf_domain="example.org",
        dmarc="pass",
        policy="reject",
        proved=True,
    )


def test_a_letter_from_elsewhere_is_not_and_its_domain_asks_to_reject_it():
    found = check(stub.letter(), stub.envelope(peer="9.9.9.9"), dns=stub.dns())

    assert (found.spf, found.dmarc, found.policy, found.proved) == ("fail", "fail", "reject", False)


def test_a_signature_proves_a_letter_whatever_way_it_came():
    raw = stub.signed(stub.letter())

    found = check(raw, stub.envelope(peer="127.0.0.1"), dns=stub.dns())

    assert found == Trust(
        domain="example.org",
        by="dns",
        dkim=(("pass", "example.org"),),
        dmarc="pass",
        policy="reject",
        proved=True,
    )


def test_a_letter_changed_on_its_way_is_not_proved():
    raw = stub.signed(stub.letter()).replace(b"We agree", b"We disagree")

    found = check(raw, stub.envelope(peer=""), dns=stub.dns())

    assert (found.dkim, found.proved) == ((("fail", "example.org"),), False)


def test_a_signature_over_the_beginning_of_a_letter_proves_nothing():
    raw = stub.signed(stub.letter(), length=True) + b"And we were paid for it.\r\n"

    found = check(raw, stub.envelope(peer=""), dns=stub.dns())

    assert (found.dkim, found.proved) == ((("fail", "example.org"),), False)


def test_another_domains_proof_speaks_for_nobody_else():
    raw = stub.signed(stub.letter("minister@government.example"))

    found = check(raw, stub.envelope(), dns=stub.dns())

    assert (found.spf, found.dkim) == ("pass", (("pass", "example.org"),))
    assert (found.domain, found.dmarc, found.proved) == ("government.example", "none", False)


def test_a_part_of_the_same_organisation_speaks_for_it_unless_its_policy_is_strict():
    raw = stub.signed(stub.letter("ana@mail.example.org"))

    loose = check(raw, stub.envelope(peer=""), dns=stub.dns())
    strict = check(
        raw,
        stub.envelope(peer=""),
        dns=stub.dns(**{"_dmarc.mail.example.org": b"v=DMARC1; p=none; adkim=s; aspf=s"}),
    )

    assert (loose.proved, loose.policy) == (True, "reject")
    assert (strict.proved, strict.dmarc) == (False, "fail")


@pytest.mark.parametrize(
    "raw",
    [
        b"From: ana@example.org, boss@example.net\r\n\r\nx",
        b"From: ana@example.org\r\nFrom: boss@example.net\r\n\r\nx",
        b"Subject: nobody\r\n\r\nx",
    ],
)
def test_a_letter_from_two_or_from_nobody_is_never_proved(raw):
    assert not check(raw, stub.envelope(), dns=stub.dns()).proved


def test_a_trusted_relay_is_believed_and_nothing_is_asked(settings):
    settings.MAIL_RELAYS = ["mx.body.example"]
    said = (
        "Authentication-Results: mx.body.example; spf=pass smtp.mailfrom=ana@example.org;"
        " dkim=pass header.d=example.org; dmarc=pass header.from=example.org\r\n"
    )
    names = stub.dns()

    found = check(stub.letter(head=said), stub.envelope(peer="127.0.0.1"), dns=names)

    assert found == Trust(
        domain="example.org",
        by="mx.body.example",
        spf="pass",
        spf_domain="example.org",
        dkim=(("pass", "example.org"),),
        dmarc="pass",
        proved=True,
    )
    assert names.asked == []


@pytest.mark.parametrize(
    ("head", "peer"),
    [
        (
            "Authentication-Results: mx.body.example; dmarc=pass header.from=example.org\r\n",
            "9.9.9.9",
        ),
        (
            "Authentication-Results: mx.other.example; dmarc=pass\r\n"
            "Authentication-Results: mx.body.example; dmarc=pass header.from=example.org\r\n",
            "127.0.0.1",
        ),
        ("Authentication-Results: mx.body.example; dmarc=pass header.from=bank.example\r\n", ""),
        ("Authentication-Results: mx.body.example; dmarc=\r\n", ""),
    ],
)
def test_what_the_relay_did_not_say_of_this_letter_is_not_believed(settings, head, peer):
    settings.MAIL_RELAYS = ["mx.body.example"]

    assert not check(stub.letter(head=head), stub.envelope(peer=peer), dns=stub.dns()).proved


def test_a_chain_of_seals_proves_only_where_the_sealer_is_trusted(settings):
    raw = stub.sealed(stub.letter())
    stranger = check(raw, stub.envelope(peer=""), dns=stub.dns())
    settings.MAIL_RELAYS = ["lists.example.net"]

    known = check(raw, stub.envelope(peer="9.9.9.9"), dns=stub.dns())
    broken = check(raw + b"more\r\n", stub.envelope(peer="9.9.9.9"), dns=stub.dns())

    assert (stranger.arc, stranger.arc_domain, stranger.proved) == (
        "pass",
        "lists.example.net",
        False,
    )
    assert (known.arc, known.dmarc, known.proved) == ("pass", "fail", True)
    assert (broken.arc, broken.proved) == ("fail", False)


def test_without_an_answer_from_the_dns_nobody_is_trusted_and_nothing_fails():
    found = check(stub.signed(stub.letter()), stub.envelope(), dns=stub.StubDns(silent=True))

    assert (found.spf, found.dkim, found.dmarc, found.proved) == (
        "temperror",
        (("temperror", "example.org"),),
        "temperror",
        False,
    )


@pytest.mark.parametrize("how", ["off", "relay"])
def test_checking_can_be_turned_off(settings, how):
    settings.MAIL_CHECK = how
    names = stub.dns()

    assert check(stub.letter(), stub.envelope(), dns=names) == Trust(domain="example.org")
    assert names.asked == []


def test_a_letter_from_this_house_asks_nothing():
    names = stub.dns()

    assert check(stub.letter(), stub.envelope(peer="127.0.0.1"), dns=names).by == ""
    assert names.asked == []


def test_a_policy_that_asks_without_end_is_left_unanswered():
    names = stub.dns()
    for n in range(30):
        names.told[f"n{n}.example.org", "TXT"] = [
            f"v=spf1 include:n{n + 1}.example.org -all".encode()
        ]
    names.told["example.org", "TXT"] = [b"v=spf1 include:n0.example.org -all"]

    found = check(stub.letter(), stub.envelope(), dns=names)

    assert (found.spf, found.proved) == ("permerror", False)
    assert len(names.asked) < 20


def test_whatever_strangers_write_is_checked_without_an_error(hostile_letters):
    for raw in hostile_letters:
        signed = b"DKIM-Signature: v=1; d=x\r\n" + raw
        assert not check(signed, stub.envelope("\x00@x"), dns=stub.dns()).proved


def test_what_is_kept_of_a_check_can_be_stored_whatever_strangers_wrote():
    raw = b"DKIM-Signature: v=1; d=\xff\x00x; s=s\r\n" + stub.letter()

    told = check(raw, stub.envelope("a@\x00b", peer=""), dns=stub.dns()).told()

    assert told["dkim"][0][0] == "fail"
    assert "\\u" not in json.dumps(told).replace("\\ufffd", "")
