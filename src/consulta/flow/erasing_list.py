"""The erasure list: every column that can hold words, an address or the path of a file, and who empties it.

A column is content of people who are not the institution, with the room that empties it; or it is not,
with why. A test walks every model of ours and fails for a column in neither of these, and for a room that
does not empty what stands here under its name.
"""

from collections.abc import Mapping
from dataclasses import dataclass

RESPONSE = "consulta.responses.erasing.erase"
TABLE = "consulta.responses.erasing_tables.forget"
LETTER = "consulta.flow.letters.erasing.forget"
OUTBOX = "consulta.mailroom.erasing.forget"
POST = "consulta.reflector.erasing.erase"
SUBSCRIPTION = "consulta.reflector.erasing.forget_address"
FOLLOW = "consulta.notices.erasing.forget"
EDITION = "consulta.reports.redacting.restrict"
WITHHELD = "consulta.flow.erasing.erase"
CODING = "consulta.analysis.coding.forgetting.forget"
CONTEST = "consulta.reports.contest_leaving.erase"
AGREEMENT = "consulta.reports.agreement_erasing.erase"
PRACTICE = "consulta.repository.erasing.erase"
ORGANISATION = "consulta.stakeholders.erasing.forget"
REGISTRATION = "consulta.live.registration_erasing.erase"
NEEDS = "consulta.live.needs.forget"
TALLY = "consulta.accounts.ratelimit.sweep"
SPEAKER = "consulta.live.captions.speakers.withdraw"
FLOOR = "consulta.live.floor.erasing.erase"
ASKED = "consulta.live.floor.erasing.forget"

#: Why a column is not content.
INSTITUTION = "words and names of the institution, published on its own responsibility"
CODE = "a code, a state, a language or a number: nobody wrote it"
SECRET = "a hash, a salt or a secret: it says nothing of what was written"  # noqa: S105
FACT = "what a law needs: that something was there, when it went and why"
ACCOUNT = "an account: its owner changes it; officers stay named in the record they made"


@dataclass(frozen=True, slots=True)
class Named:
    """What becomes of some columns of one model: *by*, the room that empties them, or *why* none does."""

    fields: str
    by: str = ""
    why: str = ""

    @property
    def names(self) -> frozenset[str]:
        """The columns, one by one."""
        return frozenset(self.fields.split())


def _content(fields: str, by: str) -> Named:
    return Named(fields, by=by)


def _not(fields: str, why: str) -> Named:
    return Named(fields, why=why)


_ATTACHED = "name path clean_path findings"
LIST: Mapping[str, tuple[Named, ...]] = {
    "accounts.ApiKey": (_not("name terms", ACCOUNT), _not("secret_hash begins", SECRET)),
    "accounts.FileRead": (_not("thing", CODE), _not("sha256", SECRET)),
    "accounts.Tally": (_content("key", TALLY),),
    "accounts.User": (_not("email name language", ACCOUNT), _not("password", SECRET)),
    "analysis.Campaign": (_not("state method", CODE), _not("names reason", INSTITUTION)),
    "analysis.CampaignMember": (
        _not("fingerprint", SECRET),
        _not("how state", CODE),
        _not("reason", INSTITUTION),
    ),
    "analysis.CampaignSearch": (_not("mark", SECRET),),
    "analysis.Code": (_not("name definition", INSTITUTION), _not("state", CODE)),
    "analysis.CodeChange": (_not("name definition", INSTITUTION), _not("act", CODE)),
    "analysis.Coding": (_content("note", CODING), _not("source", CODE)),
    "analysis.CodingFrame": (_not("language", CODE),),
    "consultations.Consultation": (
        _not("slug procedure procedure_edition choices offsets anchor_days languages", CODE),
        _not("original_language timezone timetable", CODE),
        _not("later_reading_note cancellation_reason", INSTITUTION),
    ),
    "consultations.ConsultationText": (
        _not("topic background", INSTITUTION),
        _not("language status", CODE),
    ),
    "consultations.Corrigendum": (_not("text", INSTITUTION), _not("language", CODE)),
    "consultations.Deviation": (_not("reason", INSTITUTION), _not("milestone language", CODE)),
    "consultations.Extension": (_not("reason", INSTITUTION), _not("milestone language", CODE)),
    "consultations.MilestoneFact": (
        _not("source document note", INSTITUTION),
        _not("milestone", CODE),
    ),
    "consultations.Option": (_not("slug", CODE),),
    "consultations.OptionText": (_not("text", INSTITUTION), _not("language status", CODE)),
    "consultations.QuestionText": (_not("text", INSTITUTION), _not("language status", CODE)),
    "groups.Appointment": (_not("role", CODE),),
    "groups.Body": (
        _not("names short_name privacy_notice", INSTITUTION),
        _not("slug languages timezone terms_version", CODE),
    ),
    "groups.Delegate": (_not("role", CODE),),
    "groups.Group": (
        _not("names short_name mandates chair", INSTITUTION),
        _not("slug member_kinds contributing_kinds position_kinds", CODE),
    ),
    "groups.Instrument": (
        _not("names edition note norm number label source cites", INSTITUTION),
        _not("slug status", CODE),
    ),
    "groups.Issue": (_not("names", INSTITUTION), _not("slug", CODE)),
    "groups.MandateBasis": (_not("place", INSTITUTION),),
    "groups.Membership": (_not("kind", CODE),),
    "groups.Officeholder": (_not("name", INSTITUTION), _not("office", CODE)),
    "ledger.Checkpoint": (_not("root body key signature", SECRET),),
    "ledger.Entry": (_not("act by subject shows body leaf_hash", FACT),),
    "ledger.Leaf": (_not("nodes", SECRET),),
    "live.Attendance": (_not("mode", CODE),),
    "live.ParticipantNeeds": (_content("sealed", NEEDS),),
    "live.ParticipationFigures": (_not("figures", CODE),),
    "live.PresentingWish": (_not("response_number", FACT),),
    "live.Registration": (
        _content("name organisation_name email", REGISTRATION),
        _not("role country language mode", CODE),
        _not("same_key token_hash told", SECRET),
    ),
    "live.RegistrationTerms": (_not("audience kinds", CODE),),
    "mailroom.IncomingMail": (
        _content("path envelope_sender envelope_recipients sender subject trust result", LETTER),
        _not("sha256 key", SECRET),
        _not("state kind", CODE),
    ),
    "mailroom.MailSorting": (_not("before after number by", FACT),),
    "mailroom.OutgoingMail": (
        _content("recipient subject masked_text raw last_error", OUTBOX),
        _not("sender message_id about state", CODE),
        _not("reply_token", SECRET),
    ),
    "meetings.AgendaChange": (
        _not("before reason", INSTITUTION),
        _not("act language", CODE),
    ),
    "meetings.AgendaItem": (
        _not("number titles presenter minutes", INSTITUTION),
        _not("purpose audience", CODE),
    ),
    "meetings.AgendaMatter": (_not("reason", INSTITUTION), _not("key language", CODE)),
    "meetings.AgendaPaper": (_not("words_sha256", SECRET),),
    "meetings.Advice": (_not("texts", INSTITUTION), _not("kind audience", CODE)),
    "live.Captioner": (
        _not("language way", CODE),
        _not("name", INSTITUTION),
        _not("token_hash", SECRET),
    ),
    "live.Floor": (_not("rule", CODE),),
    "live.FloorRequest": (
        _content("name organisation_name", ASKED),
        _not("role mode ask state", CODE),
    ),
    "live.Intervention": (
        _content("name organisation_name text", FLOOR),
        _not("role mode kind language", CODE),
        _not("withheld_because", FACT),
    ),
    "live.Sitting": (_not("slug audience languages", CODE),),
    "live.SpeakerKey": (_content("name", SPEAKER),),
    "meetings.Contribution": (
        _not("titles abstract text files", INSTITUTION),
        _not("kind purpose audience language", CODE),
        _not("fingerprint", SECRET),
    ),
    "meetings.Decision": (
        _not("taken_by texts source goes_to_note change_reason", INSTITUTION),
        _not("kind audience goes_to change", CODE),
    ),
    "meetings.Document": (
        _content("files withheld_files", WITHHELD),
        _not("titles source withdrawal_reason", INSTITUTION),
        _not("kind sort series number base_number language audience", CODE),
    ),
    "meetings.ExtraMeeting": (_not("event host rules link", INSTITUTION), _not("language", CODE)),
    "meetings.FollowUp": (
        _not("addressee texts paragraph", INSTITUTION),
        _not("force asks audience status", CODE),
    ),
    "meetings.FollowUpReminder": (_not("kind", CODE),),
    "meetings.Meeting": (
        _not("titles place note source practical conference_url", INSTITUTION),
        _not("cancellation_reason", INSTITUTION),
        _not("kind slug mode timezone agenda_audience", CODE),
    ),
    "meetings.MeetingMove": (_not("reason", INSTITUTION), _not("language", CODE)),
    "meetings.MeetingPart": (_not("place reason", INSTITUTION), _not("mode language", CODE)),
    "meetings.NumberSeries": (
        _not("pattern symbol open_symbol meeting_by letters", INSTITUTION),
        _not("sort", CODE),
    ),
    "meetings.Office": (_not("names email", INSTITUTION), _not("slug language", CODE)),
    "meetings.PositionReminder": (_not("kind", CODE),),
    "meetings.PositionRequest": (_not("words", INSTITUTION), _not("language", CODE)),
    "meetings.PositionVersion": (_not("texts", INSTITUTION), _not("audience", CODE)),
    "meetings.PostingRule": (_not("deadlines", CODE),),
    "meetings.Proposal": (
        _not("topics proposed_by", INSTITUTION),
        _not("audience state", CODE),
    ),
    "meetings.ReportPoint": (_not("paragraph note", INSTITUTION), _not("covered", CODE)),
    "meetings.StandingItem": (_not("titles", INSTITUTION), _not("place purpose", CODE)),
    "meetings.StatedView": (_not("texts held_by", INSTITUTION),),
    "meetings.StatusChange": (
        _not("note said_by evidence", INSTITUTION),
        _not("status language", CODE),
    ),
    "notices.Addressee": (
        _content("email name", FOLLOW),
        _not("language basis", CODE),
        _not("token_hash", SECRET),
    ),
    "notices.AddresseeList": (_not("names", INSTITUTION), _not("sort", CODE)),
    "notices.Dissemination": (_not("output audience", CODE), _not("notes", INSTITUTION)),
    "notices.DisseminationCopy": (_content("email", FOLLOW), _not("output language", CODE)),
    "notices.DisseminationTo": (_not("names", INSTITUTION),),
    "notices.MemberNotice": (_not("choice", CODE),),
    "notices.Follow": (
        _content("email", FOLLOW),
        _not("language", CODE),
        _not("token_hash", SECRET),
    ),
    "notices.Notice": (_not("kind milestone parameters", CODE),),
    "notices.Reminder": (_not("milestone kind", CODE),),
    "reflector.Deferral": (_content("last_error", POST),),
    "reflector.List": (_not("slug", CODE),),
    "reflector.Mailing": (_content("last_error", POST), _not("lease", SECRET)),
    "reflector.Post": (
        _content("subject text author_name author_email source_key subject_key token_hash", POST),
        _not("state language", CODE),
        _not("reason", FACT),
        _not("idempotency_key message_id", SECRET),
    ),
    "reflector.PostFile": (
        _content(_ATTACHED, POST),
        _not("safety media_type", CODE),
        _not("sha256 clean_sha256", SECRET),
    ),
    "reflector.Subscription": (
        _content("email token_hash bounce_reason", SUBSCRIPTION),
        _not("language mode", CODE),
    ),
    "reports.Agreement": (
        _not("content_sha256", SECRET),
        _content("agreed_by", AGREEMENT),
        _not("how procedure put_by reservations views", INSTITUTION),
        _not("erased_because", FACT),
        _not("outcome language", CODE),
    ),
    "reports.BriefSummary": (),
    "reports.Citation": (_content("quote", EDITION), _not("quote_sha256", SECRET)),
    "reports.Contest": (
        _content("text quote answer", CONTEST),
        _not("number passage language terms state ground outcome answer_language", CODE),
        _not("reason", FACT),
        _not("idempotency_key", SECRET),
    ),
    "reports.ContestMark": (
        _content("reason", CONTEST),
        _not("kind state", CODE),
        _not("ground", FACT),
    ),
    "reports.ContestLink": (_not("purpose", CODE), _not("token_hash", SECRET)),
    "reports.Cover": (
        _not("template template_name logo logo_type logo_names", INSTITUTION),
        _not("template_sha256 logo_sha256", SECRET),
    ),
    "reports.Edition": (
        _content("content content_path", EDITION),
        _not("kind language", CODE),
        _not("content_sha256 words_sha256", SECRET),
        _not("errata rendering_error", INSTITUTION),
    ),
    "reports.EditionFile": (
        _content("path replaced", EDITION),
        _not("format name media_type", CODE),
        _not("sha256", SECRET),
    ),
    "reports.EditionHead": (
        _not("agenda_item summary action references", INSTITUTION),
        _not("kind language", CODE),
    ),
    "reports.FrozenCitation": (_content("quote", EDITION), _not("quote_sha256", SECRET)),
    "reports.FrozenSentence": (_content("text", EDITION),),
    "reports.Freezing": (
        _not("kind language refusal", CODE),
        _not("versions draft balance", FACT),
        _not("errata error", INSTITUTION),
    ),
    "reports.GroupDiscussion": (
        _not("agenda_item note", INSTITUTION),
        _not("status audience language", CODE),
    ),
    "reports.GroupParagraph": (_not("section key rows", CODE),),
    "reports.GroupReport": (
        _not("kind slug audience languages", CODE),
        _not("number agenda_item", INSTITUTION),
    ),
    "reports.GroupReportEdition": (
        _not("language", CODE),
        _not("content number errata files annexes rendering_error", INSTITUTION),
        _not("unreviewed_reason", INSTITUTION),
        _not("content_sha256 text_sha256", SECRET),
    ),
    "reports.GroupReportHead": (
        _not("language", CODE),
        _not("title summary action references note base", INSTITUTION),
    ),
    "reports.GroupReportLock": (_not("section language", CODE),),
    "reports.GroupReportReview": (
        _not("language kind", CODE),
        _not("text_sha256", SECRET),
        _not("remark", INSTITUTION),
    ),
    "reports.GroupReportUnsaved": (_not("words more", INSTITUTION),),
    "reports.GroupText": (
        _not("language said_in status", CODE),
        _not("text prompt base incoming", INSTITUTION),
    ),
    "reports.Hand": (_not("language", CODE),),
    "reports.Lock": (_not("language", CODE),),
    "reports.Paragraph": (_not("part language", CODE),),
    "reports.ReleaseNote": (_not("explanation", INSTITUTION),),
    "reports.Remark": (_content("about", EDITION), _not("text", INSTITUTION)),
    "reports.ReportDocument": (_not("kind", CODE),),
    "reports.Restriction": (_not("numbers ground reason", FACT),),
    "reports.ReviewStep": (
        _not("language kind", CODE),
        _not("text_sha256", SECRET),
        _not("remark", INSTITUTION),
    ),
    "reports.ReviewWaiver": (_not("explanation", INSTITUTION),),
    "reports.Sentence": (_content("text source_text", EDITION),),
    "reports.SummaryTranslation": (_not("status", CODE),),
    "reports.UnsavedText": (_content("rows base", EDITION),),
    "repository.Practice": (
        _content("slug title text reason", PRACTICE),
        _not("language state", CODE),
        _not("ground erased_because", FACT),
        _not("idempotency_key", SECRET),
    ),
    "repository.Record": (
        _content("files withheld_files", WITHHELD),
        _not("titles source text", INSTITUTION),
        _not("slug kind language", CODE),
    ),
    "responses.Answer": (_content("text choices", RESPONSE),),
    "responses.AnswerTranslation": (_content("text", RESPONSE), _not("language status", CODE)),
    "responses.Appeal": (_content("text answer", RESPONSE),),
    "responses.Attachment": (
        _content(f"{_ATTACHED} text", RESPONSE),
        _not("sha256 clean_sha256", SECRET),
        _not("media_type safety", CODE),
    ),
    "responses.BalanceLine": (_not("channel state", CODE),),
    "responses.Colleague": (
        _content("name email", RESPONSE),
        _not("language", CODE),
        _not("token_hash", SECRET),
    ),
    "responses.Draft": (
        _content("content", RESPONSE),
        _not("language", CODE),
        _not("token_hash", SECRET),
    ),
    "responses.DraftFile": (
        _content("name path", RESPONSE),
        _not("media_type", CODE),
        _not("sha256", SECRET),
    ),
    "responses.DraftSave": (_content("replaced", RESPONSE), _not("fields", CODE)),
    "responses.Erasure": (_not("ground reason", FACT),),
    "responses.Facet": (_not("dimension value", CODE),),
    "responses.Import": (
        _content("path rows_path", TABLE),
        _not("sha256", SECRET),
        _not("name headings", INSTITUTION),
        _not("mapped language twice stopped", CODE),
    ),
    "responses.MandateDocument": (
        _content("name path findings salt", RESPONSE),
        _not("media_type safety", CODE),
        _not("sha256", SECRET),
    ),
    "responses.MandateRequest": (
        _content("email", RESPONSE),
        _not("answer", CODE),
        _not("token_hash", SECRET),
    ),
    "responses.ModerationStep": (_content("reason", RESPONSE), _not("act ground", FACT)),
    "responses.Redaction": (_not("kind state ground reason", FACT),),
    "responses.RefusedRow": (_content("troubles", TABLE),),
    "responses.Response": (
        _content("public_name", RESPONSE),
        _not("number channel state hold_reasons ground reason", FACT),
        _not("public_country public_language terms", CODE),
        _not("idempotency_key source_id", SECRET),
    ),
    "responses.ReturnLink": (_not("purpose", CODE), _not("token_hash", SECRET)),
    "responses.Signatory": (
        _content("name email reason salt", RESPONSE),
        _not("kind country language state", CODE),
        _not("token_hash commitment", SECRET),
    ),
    "responses.Version": (
        _content("private_salt public_salt", RESPONSE),
        _not("language screening hold_reasons", CODE),
        _not("idempotency_key private_fingerprint public_fingerprint", SECRET),
    ),
    "stakeholders.MemberState": (_not("code", CODE),),
    "stakeholders.MemberStateName": (_not("names", INSTITUTION),),
    "stakeholders.Organisation": (
        _content("name focal_point", ORGANISATION),
        _not("country", CODE),
    ),
    "stakeholders.Respondent": (
        _content("name organisation_name email confirmation_evidence", RESPONSE),
        _not("kind country language confirmed_how", CODE),
    ),
    "stakeholders.StakeholderGroup": (_not("names", INSTITUTION), _not("slug", CODE)),
}
