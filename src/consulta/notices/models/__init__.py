"""Notices: who wants to be told, what was told to everyone, what went to addressees and members."""

from consulta.notices.models.documents import DocumentTold, MemberNotice, NoticeRule
from consulta.notices.models.following import Follow, Notice, Reminder
from consulta.notices.models.outputs import (
    Addressee,
    AddresseeList,
    Dissemination,
    DisseminationCopy,
    DisseminationTo,
)

__all__ = [
    "Addressee",
    "AddresseeList",
    "Dissemination",
    "DisseminationCopy",
    "DisseminationTo",
    "DocumentTold",
    "Follow",
    "MemberNotice",
    "Notice",
    "NoticeRule",
    "Reminder",
]
