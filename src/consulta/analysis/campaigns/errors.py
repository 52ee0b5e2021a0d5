"""What the folding of campaigns forbids, each by its own name. Views put them into words."""


class CampaignError(Exception):
    """Something about a campaign that the record does not allow."""


class ChangedMeanwhileError(CampaignError):
    """The campaign is not in the state from which this can be done: somebody was quicker."""


class NobodyLeftError(CampaignError):
    """No published response is left in it."""


class TooFewLeftError(CampaignError):
    """One response alone is no campaign."""


class ReasonMissingError(CampaignError):
    """Dissolving a campaign and taking a response out need a short reason, which stays on record."""


class NotAMemberError(CampaignError):
    """The response is no member of this campaign."""


class UnknownResponseError(CampaignError):
    """No published response of this consultation has this number."""


class InAnotherCampaignError(CampaignError):
    """The response is in another campaign; *ordinal*: which. Take it out there first."""

    def __init__(self, ordinal: int) -> None:
        super().__init__(str(ordinal))
        self.ordinal = ordinal
