"""The wall: every address, file, feed, search, API answer and archive, asked for as everyone.

Each person reads on from page to page, as far as links lead. What anybody found is then asked for by
everybody. Nobody may meet a word that is not for them, and who may read a word finds it somewhere.
"""

import io
import re
import zipfile
from html import unescape
from itertools import islice
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consulta.flow import sample_accounts
from consulta.groups.models import Delegate
from consulta.ledger.models import Entry
from consulta.mailroom.models import OutgoingMail
from consulta.meetings.models import Decision, Document, FollowUp
from tests.wall.planted import AT_DESK, EVERYONE, MEMBERS, WORDS, met, plant
from tests.web.every_place import addresses
from tests.web.record import (  # noqa: F401
    ACCOUNTS,
    WHO,
    _own_data_folder,
    client,
)
from tests.web.record import places as record_places  # noqa: F401

pytestmark = pytest.mark.django_db
LINK = re.compile(r"""(?:href|src|action)=["'](/[^"'#]*)""")
PAGES = 120  # of one person's walk
STARTS = {
    "anonymous": ["/en/", "/en/groups/"],
    "delegate of A": ["/en/members/", "/en/members/positions/", "/en/members/topics/"],
    "observer": ["/en/members/"],
    "officer": [
        "/en/desk/",
        "/en/desk/decisions/",
        "/en/desk/follow-ups/",
        "/en/desk/outputs/",
        "/en/desk/group-reports/",
    ],
}
#: They end the session, or start over in another language.
LEFT_OUT = re.compile(r"^/(ar|es|fr|ru|zh)/|/static/|/logout/|/demo/|/language|next=")


@pytest.fixture(scope="module")
def walls(record_places, django_db_blocker):  # noqa: F811
    """The sample record with every word planted."""
    with django_db_blocker.unblock():
        delegate = sample_accounts.user(sample_accounts.DELEGATE_OF_A)
        a = Delegate.objects.get(user=delegate).membership
        meeting = record_places.consultation.group_meeting
        plant(meeting, a, sample_accounts.user(sample_accounts.OFFICER), delegate)
        yield record_places


@pytest.fixture(scope="module")
def found(walls, django_db_blocker):
    """Every address that anybody meets: by the table of addresses, by links, by searching."""
    with django_db_blocker.unblock():
        every = {walls.path(name) for name in addresses()} | set(searches(walls))
        meeting = f"/en/desk/meetings/{walls.consultation.group_meeting.slug}"
        deeper = {"officer": [f"{meeting}/registration/", f"{meeting}/registration/needs/"]}
        for who, start in STARTS.items():
            every |= walk(who, [*start, *deeper.get(who, [])])
    return sorted(path for path in every if not LEFT_OUT.search(path))


@pytest.mark.parametrize("who", WHO)
def test_nobody_meets_a_word_that_is_not_for_them(found, who):
    reader, leaks, seen = client(who), {}, set()
    for path in found:
        page = words(reader.get(path))
        if leaked := [word for word in met(who, page) if word not in path]:
            leaks[path] = leaked  # a page may say again what its own address says
        seen |= {word for word in WORDS if word in page}
    print(f"{len(found)} addresses as {who}")
    assert leaks == {}
    assert {word for word, may in WORDS.items() if who in may} - seen == set()


def test_the_walk_would_see_a_word_that_leaks(found):
    """The same walk over a record whose words for members were given to everyone finds them."""
    Document.objects.filter(titles__en="zq-members-title").update(audience="public")
    reader = client("anonymous")
    pages = [words(reader.get(path)) for path in found if path.startswith("/en/meetings/")]
    assert any("zq-members-title" in met("anonymous", page) for page in pages)


def test_no_mail_carries_a_word_to_who_may_not_read_it(walls):
    roles = {address: who for who, address in ACCOUNTS.items()}
    leaks = {
        (mail.recipient, word)
        for mail in OutgoingMail.objects.all()
        for word in met(
            roles.get(mail.recipient, "anonymous"), f"{mail.subject}\n{mail.masked_text}"
        )
    }
    assert leaks == set()


def test_mails_name_nothing_that_is_for_members(walls):
    """They lie in mailboxes and cross servers of others: number and link, unless the group allows it."""
    closed = {"zq-members-title", "zq-decision-for-members", "zq-desk-title"}
    said = [f"{mail.subject}\n{mail.masked_text}" for mail in OutgoingMail.objects.all()]
    assert any("zq-listed-title" in text for text in said)
    assert {word for word in closed for text in said if word in text} == set()


def test_the_public_ledger_names_nothing_that_not_everyone_may_see(walls):
    closed = {
        f"{row._meta.label_lower}:{row.pk}"
        for rows in (
            Document.objects.exclude(audience__in=("public", "listed")),
            Decision.objects.exclude(audience="public"),
            FollowUp.objects.exclude(audience="public"),
        )
        for row in rows
    }
    shown = Entry.objects.filter(shows="pages").values_list("subject", flat=True)
    assert closed & set(shown) == set()


@pytest.mark.parametrize("who", sorted(EVERYONE - MEMBERS | {"delegate of B"}))
def test_what_is_closed_answers_like_what_is_not_there(walls, who):
    """Same status, same page but for the address, same number of questions to the database."""
    document = Document.objects.get(titles__en="zq-desk-title")
    name = document.files[0]["name"]
    reader = client(who)
    for address in ("/en/documents/{}/" + quote(name), "/en/members/documents/{}/" + quote(name)):
        answers = [ask(reader, address.format(pk)) for pk in (document.pk, 999_999)]
        assert answers[0][0] == answers[1][0]
        assert abs(answers[0][1] - answers[1][1]) <= QUESTIONS_APART


#: Who may read a row is asked once it is there: a look at the person's places, in a closed group.
QUESTIONS_APART = 4


def ask(reader, path):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = reader.get(path)
        answer.close()
    return answer.status_code, len(asked)


def walk(who, start):
    """Every address that *who* finds, reading on from *start*, page by page."""
    reader, waiting, seen = client(who), list(start), set(start)
    for path in islice(waiting, PAGES):  # grows while it is read
        for link in LINK.findall(unescape(words(reader.get(path)))):
            if link not in seen and "?" not in link and not LEFT_OUT.search(link):
                seen.add(link)
                waiting.append(link)
    return seen


def searches(walls):
    """What all the words have in common, looked for wherever one can search; choices of a download."""
    whole = walls.path("members:package")
    for choice in ("audiences=members", "audiences=desk", "language=en&sorts=other"):
        yield f"{whole}?{choice}"
    lists = [walls.path(name) for name in ("public:list_search", "public:list_space_search")]
    for place in ("/en/search/", "/en/members/search/", *lists):
        yield f"{place}?q=zq-"


def words(answer):
    """What a page holds, and where it leads on to; of an archive, the names and bytes of its files."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    answer.close()
    if not body.startswith(b"PK\x03\x04"):
        return f'{body.decode(errors="replace")}\nhref="{answer.headers.get("Location", "")}"'
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        parts = [
            f"{name}\n{packed.read(name).decode(errors='replace')}" for name in packed.namelist()
        ]
    return "\n".join(parts)


def test_every_word_is_for_somebody_and_most_are_not_for_all():
    assert all(WORDS.values())
    assert sum(who != EVERYONE for who in WORDS.values()) > len(WORDS) / 2
    assert AT_DESK < MEMBERS
