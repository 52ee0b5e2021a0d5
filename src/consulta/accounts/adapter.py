"""How sign-in fits in here: mails go through the outbox, with their codes masked."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.mail import EmailMessage

SECRET_KEYS = ("code", "password_reset_url", "activate_url", "key")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Consulta's answers to the questions of the sign-in library."""

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: Any = None,
    ) -> EmailMessage:
        """The mail with a list of its secrets, so that the outbox masks them once delivered."""
        message: EmailMessage = super().render_mail(template_prefix, email, context, headers)
        secrets = [str(context[key]) for key in SECRET_KEYS if context.get(key)]
        message.secrets = secrets  # type: ignore[attr-defined]
        return message
