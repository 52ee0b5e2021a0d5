"""Member States: their names today and on a day of the past, in the languages of the body."""

from collections.abc import Mapping
from datetime import date, timedelta

from babel import Locale
from django.db import transaction
from django.db.models import Model

from consulta.core import countries
from consulta.core.languages import LANGUAGES
from consulta.core.multilingual import Text, choose
from consulta.ledger import ledger
from consulta.stakeholders.models import MemberState, MemberStateName

Names = Mapping[str, str]  # language -> name


class UnknownStateError(LookupError):
    """No country of ISO 3166-1 has this code; the code is the error's text."""


class SampleStateError(ValueError):
    """A code that ISO leaves to users stands for a sample state, which a real body has none of."""


class NameDayError(ValueError):
    """A name begins after the one before it; that one's first day is *first*."""

    def __init__(self, first: date) -> None:
        super().__init__(first.isoformat())
        self.first = first


def is_sample_code(code: str) -> bool:
    """Say whether ISO 3166-1 leaves *code* to users, from XA to XZ: a sample state, no country."""
    return len(code) == 2 and "XA" <= code <= "XZ" and code != "XK"


def known_codes() -> list[str]:
    """Return the codes of all countries that CLDR names, in their order."""
    named = map(str, Locale.parse("en").territories)
    return sorted(code for code in named if countries.is_country(code))


@transaction.atomic
def enter(
    code: str, *, by: Model | str, sample: bool = False, names: Names | None = None
) -> MemberState:
    """Put the state with *code* on record; one that is there stays as it is.

    *sample*: codes from XA to XZ are taken too. Raises UnknownStateError, SampleStateError.
    """
    code = code.strip().upper()
    if is_sample_code(code) and not sample:
        raise SampleStateError(code)
    if not is_sample_code(code) and code not in known_codes():
        raise UnknownStateError(code)
    if standing := MemberState.objects.filter(code=code).first():
        return standing
    state = MemberState(code=code)
    state.full_clean()
    state.save()
    if names:
        MemberStateName.objects.create(state=state, names=dict(names))
    ledger.record("member_state_entered", state, by=by)
    return state


@transaction.atomic
def rename(state: MemberState, names: Names, *, from_on: date, by: Model | str) -> MemberStateName:
    """Give *state* other names from the day *from_on*; before it the old ones stand.

    Raises NameDayError where a name that stands began on that day or later.
    """
    MemberState.objects.select_for_update().get(pk=state.pk)
    last = state.entered_names.filter(until_on__isnull=True).first()
    if last is None and not state.entered_names.exists():
        last = MemberStateName(state=state, names=cldr_names(state.code))
    if last is not None:
        if last.from_on is not None and last.from_on >= from_on:
            raise NameDayError(last.from_on)
        last.until_on = from_on - timedelta(days=1)
        last.save()
    given = {code: name.strip() for code, name in names.items() if name.strip()}
    renamed = MemberStateName.objects.create(state=state, names=given, from_on=from_on)
    ledger.record("member_state_renamed", state, by=by)
    return renamed


def name(state: MemberState, language: str, *, on: date | None = None) -> Text:
    """Return what *state* is called, for a reader of *language*; on the day *on*, else at last.

    No query where `entered_names` came with the state.
    """
    rows = [row for row in state.entered_names.all() if _stands(row, on)]
    entered = choose(rows[-1].names, language) if rows else Text("", "")
    if entered.text and entered.language == language:
        return entered
    known = cldr_name(state.code, language)
    if rows and (entered.text or not known):
        return entered
    return Text(known or state.code, language if known else "")


def cldr_name(code: str, language: str) -> str:
    """Return what CLDR calls the country in *language*; empty where it names none."""
    if not countries.is_country(code):
        return ""
    return str(Locale.parse(language).territories.get(code, ""))


def cldr_names(code: str) -> dict[str, str]:
    """Return what CLDR calls the country, by language."""
    named = {language: cldr_name(code, language) for language in LANGUAGES}
    return {language: found for language, found in named.items() if found}


def _stands(row: MemberStateName, on: date | None) -> bool:
    if on is None:
        return row.until_on is None
    return (row.from_on is None or row.from_on <= on) and (
        row.until_on is None or on <= row.until_on
    )
