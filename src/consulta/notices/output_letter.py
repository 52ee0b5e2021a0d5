"""The mail that carries an output of a group: what it is, the secretariat's note, where to read it.

What is for members is named only where the group allows it; else the mail gives its number and the link.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from consulta.core import addresses
from consulta.core.languages import django_code
from consulta.core.multilingual import choose
from consulta.core.plaintext import one_line
from consulta.groups import queries as groups
from consulta.notices import addressing, document_choices, outputs
from consulta.notices.models import DisseminationTo
from consulta.notices.outputs import Output
from consulta.notices.recipients import Recipient


def write(to: DisseminationTo, output: Output, one: Recipient) -> tuple[EmailMessage, str]:
    """Write the copy for *one*; return it with the secret of the link that ends such mails."""
    secret, end = _end(to, one)
    group, language = to.dissemination.group, one.language
    note = choose(to.dissemination.notes, language)
    with translation.override(django_code(language)):
        context = {
            "group": groups.name(group, language).text,
            "title": called(output, to, language),
            "note": note.text,
            "address": settings.BASE_URL + outputs.path(output, language),
            "list": choose(to.names, language).text,
            "is_delegate": one.user is not None,
            "for_members": not output.is_public,
            "end_address": settings.BASE_URL + end,
        }
        text = render_to_string("notices/output.txt", context)
    subject = one_line(f"{group.short_name}: {context['title']}")[:200]
    mail = EmailMessage(subject=subject, body=text.strip() + "\n", to=[one.email])
    mail.extra_headers = {
        "List-Id": f"<{group.slug}.outputs.{settings.MAIL_DOMAIN}>",
        "List-Unsubscribe": f"<{context['end_address']}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "Content-Language": language,
    }
    return mail, secret


def called(output: Output, to: DisseminationTo, language: str) -> str:
    """What the mail calls the output: its title, or of members' matter what may be named."""
    if output.is_public or document_choices.names_members_documents(to.dissemination.group):
        return outputs.title(output.row, language).text
    number = outputs.number(output.row)
    if number:
        return _("Document %(number)s, for members") % {"number": number}
    return _("A new output of the group, for members")


def _end(to: DisseminationTo, one: Recipient) -> tuple[str, str]:
    """The secret that ends such mails to *one*, and the path of the button."""
    if one.addressee is not None:
        token = addressing.end_token(one.addressee)
        return token, addresses.end_of_outputs(token, language=one.language)
    user = one.user
    token = document_choices.end_token(user, to.list.group) if user is not None else ""
    return token, addresses.end_of_documents(token, language=one.language)
