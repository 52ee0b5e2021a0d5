"""Load the sample record of the demo, step by step. What is there already stays as it is."""

from datetime import date
from zoneinfo import ZoneInfo

from consulta.flow import (
    real_record,
    sample_accounts,
    sample_campaigns,
    sample_members,
    sample_outputs,
    sample_posts,
    sample_registrations,
    sample_responses,
    sample_round,
)
from consulta.flow.sample_texts import Progress

#: The zone of the sample body: its day is the day of the first start.
ZONE = ZoneInfo(sample_round.zone())


def load(today: date, *, progress: Progress) -> None:
    """Load everything that is missing; *today* is the day of the first start.

    Broken off and started again, it goes on where it stopped. *progress* is told each step.
    """
    progress("The sample body, its group and the stakeholder groups")
    sample_round.load_body()
    sample_accounts.load(sample_round.group())
    sample_members.load(sample_round.group())
    itu = real_record.load_body()
    progress("A sample consultation that is open today")
    consultation = sample_round.load_consultation(today)
    progress("The real record of 2019 to 2022")
    real_record.load_rounds(itu)
    real_record.load_documents()
    sample_round.load_practices()
    progress("Sample responses in six languages")
    sample_responses.load(consultation, progress=progress)
    sample_campaigns.load(consultation)
    sample_posts.load(consultation)
    sample_registrations.load(consultation)
    sample_outputs.load(consultation, today)
