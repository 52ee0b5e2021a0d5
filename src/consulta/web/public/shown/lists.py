"""The way from a consultation or a group to its discussion list."""

from django.urls import reverse

from consulta.consultations.models import Consultation
from consulta.groups.models import Group
from consulta.reflector import addresses, queries
from consulta.responses.models import Response


def of_consultation(consultation: Consultation) -> dict[str, str]:
    """Where a consultation is discussed, and the address for mail; empty where it has no space."""
    space = queries.space_of(consultation.pk)
    if space is None:
        return {"list_href": "", "list_address": ""}
    href = reverse("public:list_space", args=[space.list.slug, consultation.number])
    return {"list_href": href, "list_address": addresses.of(space)}


def of_response(response: Response) -> dict[str, object]:
    """Where a published response is discussed: its thread and how much is in it, or where to begin one."""
    space = queries.space_of(response.consultation_id)
    if space is None:
        return {}
    root, answers = queries.beneath(response.pk)
    where = (space.list.slug, response.consultation.number, response.number)
    thread = reverse("public:list_thread", args=[root.list.slug, root.pk]) if root else ""
    discuss = reverse("public:list_space_discuss", args=where)
    return {"thread_href": thread, "answers": answers, "discuss_href": discuss}


def of_group(group: Group) -> str:
    """The address of a group's list; empty where it has none."""
    home = queries.of_group(group)
    return reverse("public:list", args=[home.slug]) if home else ""
