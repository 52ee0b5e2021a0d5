"""Every address there is, asked for by everyone. Who is let in stands in one table; the rest is denied."""

import pytest
from django.conf import settings

from consulta.accounts.models import User
from consulta.responses.models import Version
from consulta.stakeholders.models import Respondent
from tests.live import registered
from tests.web.every_place import addresses
from tests.web.record import (  # noqa: F401
    ACCOUNTS,
    WHO,
    _own_data_folder,
    client,
    places,
)

pytestmark = pytest.mark.django_db

EVERYONE = frozenset(WHO)
SIGNED_IN = frozenset(ACCOUNTS)
OF_A = frozenset({"delegate of A", "administrator of A"})
DELEGATES = OF_A | {"delegate of B", "observer"}
MEMBERS = DELEGATES | {"chair"}
DESK = SIGNED_IN - {"stakeholder"} - MEMBERS
MODERATION = frozenset({"moderator", "officer", "administrator"})
TRANSLATION = MODERATION | {"editor"}
REPORT = frozenset({"editor", "officer", "administrator"})
OFFICERS = frozenset({"officer", "administrator"})
WHOLE_BODY = frozenset({"administrator"})
NOBODY: frozenset[str] = frozenset()  # a sample account has nothing to prove itself with once more

#: Who is let in. Whoever has a private link is let in by it, signed in or not.
TABLE: dict[frozenset[str], str] = {
    EVERYONE: """
        public:home public:consultations public:consultation public:responses public:register
        public:campaigns public:campaign campaigns campaign summary contests
        public:register_csv public:report public:find_response public:response public:public_part
        public:attachment public:edition_file public:clock public:clock_csv
        public:deviations public:ledger public:ledger_entry public:norms
        public:procedures public:procedure public:procedure_file
        public:groups public:group public:positions public:outputs public:meeting
        public:addressee_confirm public:addressee_end public:documents_end
        public:group_reports public:group_report public:group_report_file
        public:decision public:follow_ups public:follow_ups_csv public:follow_up follow_ups
        public:live public:live_large public:live_plain public:live_screen public:live_ticket
        public:captioning public:floor_now public:interventions public:transcript public:transcript_text
        public:registration_floor
        public:document_file public:repository public:record public:record_file public:practice
        public:search public:demo_accounts public:demo_sign_in public:respond public:lost_link
        public:practice_submit public:follow public:follow_group public:follow_everything
        public:draft_people public:mine_signatories public:mine_mandate public:sign public:sign_receipt
        public:mandate
        public:draft public:draft_check public:mine public:mine_receipt public:mine_confirmation
        public:mine_change public:mine_withdraw public:mine_appeal public:confirm
        public:questionnaire public:practice_submitted public:follow_confirm public:follow_end
        public:list public:list_space public:list_thread public:list_post public:list_search
        public:list_space_search public:list_subscribe public:list_space_subscribe public:list_new
        public:list_space_new public:list_space_discuss public:list_reply public:list_confirm
        public:list_post_confirm public:list_post_file
        public:registration public:participants public:registration_confirm public:registration_mine
        public:registration_change public:registration_cancel public:registration_entry
        public:registration_list public:registration_attend
        public:summary public:contests public:contest public:contest_pick public:contest_whole
        public:contest_passage public:contest_mine public:contest_confirm
        public:list_manage public:list_pause public:list_resume public:list_end
        list_feed list_space_feed
        feed group_feed consultation_feed calendar group_calendar consultation_calendar healthz readyz
        meeting_feed meeting_calendar
        robots mail_hook
        api api_description api_unknown consultations consultation published register response terms
        submit
        timetable plan procedures procedure groups meetings ledger ledger_entry verdicts ui:gallery
        account_login account_logout account_inactive account_signup
        account_request_login_code account_reset_password
        account_reset_password_done account_reset_password_from_key
        account_reset_password_from_key_done""",
    SIGNED_IN: """
        public:mandates
        public:my_responses public:keys public:end_key account_email account_change_password
        account_set_password
        account_confirm_login_code account_email_verification_sent mfa_authenticate
        mfa_index mfa_activate_totp mfa_deactivate_totp mfa_view_recovery_codes
        mfa_generate_recovery_codes mfa_download_recovery_codes""",
    DESK: """
        desk:campaigns desk:campaign
        desk:coding desk:coding_question desk:coding_table desk:coding_table_csv desk:coding_agreement
        desk:coding_frame_csv desk:coding_frame_json desk:codings_csv desk:codings_json
        desk:home desk:inbox desk:second_factor desk:consultation desk:responses desk:response desk:original
        desk:mandate_file
        desk:summary desk:contests desk:contest
        desk:clean desk:ledger desk:report desk:freezing desk:freezing_state
        desk:edition desk:edition_state desk:edition_file
        """,
    DESK | MEMBERS: """
        members:home members:search members:meeting members:package members:download members:document_file
        members:decisions members:decision members:follow_ups members:follow_ups_csv members:follow_up
        members:topics members:outputs members:notices
        members:positions members:position members:table members:table_of members:table_response
        members:registration
        members:second_factor members:delegations""",
    OF_A: """
        members:registration_delegate
        members:position_write members:topic_new members:topic_support members:topic_withdraw
        members:delegation members:contribution members:contribution_edit members:contribution_files
        members:contribution_file members:contribution_read members:contribution_joining
        members:contribution_answer members:contribution_submit members:contribution_follow
        members:contribution_withdraw""",
    OF_A | {"delegate of B"}: "members:contributions members:contribution_new",
    frozenset({"administrator of A"}): "members:delegate",
    MODERATION: """
        desk:lists desk:list_post desk:list_post_file desk:decide_post
        desk:inbox_act desk:publish_several desk:enter desk:imports desk:import desk:import_refused
        desk:import_template desk:decide desk:marks desk:redact desk:version desk:confirm
        desk:mandate desk:signatory
        desk:contest_decide desk:contest_marks desk:contest_redact
        desk:ask desk:appeal desk:release""",
    TRANSLATION: "desk:languages desk:translate",
    REPORT: """
        desk:campaigns_search desk:campaign_act
        desk:coding_bring_in desk:coding_printing desk:code_new desk:code desk:code_act
        desk:coding_answer desk:coding_none desk:coding_again desk:coding_back
        desk:group_reports desk:group_report desk:group_report_paragraph desk:group_report_keep
        desk:group_report_file
        desk:report_head desk:report_cover
        desk:report_freeze desk:edition_again desk:paragraph desk:paragraph_move
        desk:paragraph_remove desk:paragraph_add desk:report_written desk:report_coverage
        desk:question_lock desk:question_review desk:report_ready desk:report_follow
        desk:paragraph_keep desk:paragraph_discard desk:remark_settle
        desk:summary_draft desk:summary_add desk:summary_carry_over desk:summary_fix
        desk:summary_paragraph desk:summary_move desk:summary_remove
        desk:report_question desk:report_crosstab desk:report_crosstab_csv""",
    OFFICERS | {"chair"}: "public:floor_conduct members:table_mark members:table_take_back",
    OFFICERS: """
        desk:summary_agreement desk:summary_translation desk:summary_carry desk:summary_discussed
        desk:contest_answer desk:contest_erase desk:summary_names
        desk:decisions desk:decision desk:decision_change desk:proposals desk:proposal_withdraw
        desk:follow_ups desk:follow_ups_csv desk:follow_up desk:follow_up_new desk:report_points
        desk:advice desk:advice_carry
        desk:outputs desk:output_send desk:output_sent desk:output_again
        desk:addressee_list_new desk:addressee_list desk:addressee_list_close
        desk:addressee_strike desk:addressee_ask
        desk:positions desk:position_ask desk:position_request
        desk:extra_meetings desk:extra_meeting_new desk:delegate_factor desk:officer_factor
        desk:list_readers desk:decide_subscription desk:plan desk:convene desk:record_decision
        desk:edit desk:open desk:extend desk:cancel desk:correct desk:facts
        desk:sittings desk:sitting
        desk:deviation desk:move_meeting desk:officers desk:end_appointment desk:post desk:mail desk:try_now
        desk:erase desk:meeting_documents desk:meeting_document desk:meeting_document_file
        desk:meeting_document_reads
        desk:number_series desk:number_series_of_sort
        desk:members desk:group_members desk:group_member desk:group_delegate desk:group_offices
        desk:group_office_end desk:group_mandate
        desk:registrations desk:registration_terms desk:registration_enter desk:registration_door
        desk:registration_needs desk:registration_presenting desk:registration_figures
        desk:registration_badges desk:registration_one desk:registration_file
        desk:meetings desk:agenda desk:agenda_new desk:agenda_item desk:meeting_particulars
        desk:agenda_draw_up desk:agenda_document desk:agenda_print desk:standing_items
        desk:meeting_cancel desk:meeting_split
        desk:meeting_contributions desk:meeting_contribution_file desk:new_document desk:posting_rule
        desk:report_deliver desk:edition_release""",
    WHOLE_BODY: """
        desk:offices desk:standing_duty_new
        desk:incoming desk:letter desk:letter_raw desk:letter_again desk:letter_sort desk:send_all_again
        desk:letter_settle
        desk:practices desk:practice desk:erase_known
        desk:decide_practice""",
    NOBODY: "account_reauthenticate mfa_reauthenticate",
}
MAY = {name: who for who, names in TABLE.items() for name in names.split()}
#: Addresses whose secret, the number of a practice or a link, is in the address itself.
PRIVATE = {
    "public:captioning",
    "public:registration_floor",
    *("public:draft", "public:draft_check", "public:confirm", "public:practice_submitted"),
    *("public:draft_people", "public:sign", "public:sign_receipt", "public:mandate"),
    *(
        "public:follow_confirm",
        "public:follow_end",
        "public:contest_mine",
        "public:contest_confirm",
        "public:addressee_confirm",
        "public:addressee_end",
        "public:documents_end",
    ),
    *(name for name in MAY if name.startswith("public:mine")),
    *registered.PRIVATE,
    *("public:list_manage", "public:list_pause", "public:list_resume", "public:list_end"),
}


def test_every_address_stands_in_the_table():
    assert set(addresses()) == set(MAY)


@pytest.mark.parametrize("who", WHO)
def test_reading_lets_in_whom_the_table_names_and_nobody_else(places, who):  # noqa: F811
    reader, met = client(who), {}
    for name in MAY:
        answer = reader.get(places.path(name))
        met[name] = outcome(answer)
        answer.close()
    assert surprises(met, who) == {}


@pytest.mark.parametrize("who", WHO)
def test_acting_is_denied_to_whom_the_table_does_not_name(places, who):  # noqa: F811
    denied = [name for name, allowed in MAY.items() if who not in allowed]
    person = client(who)
    met = {}
    for name in denied:
        answer = person.post(places.path(name))
        met[name] = outcome(answer)
        answer.close()
    assert surprises(met, who) == {}


def test_a_form_without_anything_in_it_breaks_no_page(places):  # noqa: F811
    broken = {}
    for name in MAY:
        if MAY[name] == EVERYONE:
            answer = client("anonymous").post(places.path(name))
            answer.close()
            broken |= {name: answer.status_code} if answer.status_code >= 500 else {}
    assert broken == {}


def test_no_act_is_done_by_reading(places):  # noqa: F811
    """A link that a mail program opens, or a page that a browser fetches ahead, changes nothing."""
    before = [*Version.objects.values_list("pk", "screening")], User.objects.count()
    officer = client("administrator")
    for name in MAY:
        officer.get(places.path(name)).close()
    after = [*Version.objects.values_list("pk", "screening")], User.objects.count()
    assert before == after


def test_no_page_for_everyone_tells_an_address_or_a_secret(places):  # noqa: F811
    secrets = set(Respondent.objects.exclude(email="").values_list("email", flat=True))
    secrets |= {user.email for user in User.objects.all()}
    secrets |= {version.private_salt for version in Version.objects.all()}
    secrets |= {settings.SECRET_KEY, *places.tokens.values()}
    told = {}
    for name in sorted(set(MAY) - PRIVATE - {"public:demo_accounts"}):
        page = words(client("anonymous").get(places.path(name)))
        found = [secret for secret in secrets if secret in page]
        told |= {name: found} if found else {}
    assert told == {}


def outcome(answer):
    """How somebody was met: let in, asked to sign in, or turned away; or how the page broke.

    A page that is only read, or an act that is only sent, answers the other way with 405 to all.
    """
    if answer.status_code == 405:
        return "not so"
    if answer.status_code == 302 and "/account/login/" in answer["Location"]:
        return "sign in"
    if answer.status_code >= 500:
        return f"broken ({answer.status_code})"
    return "no" if answer.status_code == 403 else "yes"


def surprises(met, who):
    """Where somebody was met otherwise than the table says."""
    turned = "sign in" if who == "anonymous" else "no"
    said = {name: "yes" if who in MAY[name] else turned for name in met}
    return {
        name: f"{how}, not {said[name]}"
        for name, how in met.items()
        if how not in (said[name], "not so")
    }


def words(answer):
    """What a page holds, streamed or not."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    answer.close()
    return body.decode(errors="replace")
