"""The words of an import: what a column holds, what is wrong with a row or a file, and the mend."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consulta.adapters.sheets.problems import Problem
from consulta.core.importing import Field, Found, Trouble

Lazy = str | Promise

FIELDS: Mapping[str, Lazy] = {
    Field.REFERENCE: gettext_lazy("Reference in the table"),
    Field.ORGANISATION: gettext_lazy("Organisation"),
    Field.NAME: gettext_lazy("Name"),
    Field.STAKEHOLDER_GROUP: gettext_lazy("Stakeholder group"),
    Field.COUNTRY: gettext_lazy("Country"),
    Field.EMAIL: gettext_lazy("E-mail address"),
    Field.LANGUAGE: gettext_lazy("Language of the response"),
    Field.RECEIVED: gettext_lazy("Day or instant of arrival"),
    Field.POSTMARK: gettext_lazy("Date of the postmark"),
    Field.WITHHOLD_NAME: gettext_lazy("Name withheld (yes or no)"),
    Field.WITHHOLD_COUNTRY: gettext_lazy("Country withheld (yes or no)"),
}
TROUBLES: Mapping[Trouble, Lazy] = {
    Trouble.NO_ANSWER: gettext_lazy("It answers nothing: write at least one answer."),
    Trouble.TOO_LONG: gettext_lazy("An answer is longer than 200,000 characters: shorten it."),
    Trouble.GROUP_UNKNOWN: gettext_lazy(
        "There is no stakeholder group “%(text)s”: write one of the groups' names."
    ),
    Trouble.COUNTRY_UNKNOWN: gettext_lazy(
        "“%(text)s” is no country: write its name or its code of two letters, such as KE."
    ),
    Trouble.LANGUAGE_UNKNOWN: gettext_lazy(
        "“%(text)s” is no language: write its name or its code of two letters, such as fr."
    ),
    Trouble.EMAIL_INVALID: gettext_lazy("“%(text)s” is no e-mail address: mend or empty the cell."),
    Trouble.DAY_INVALID: gettext_lazy(
        "“%(text)s” is no day that can be read for certain: write it as 2026-05-04."
    ),
    Trouble.IN_FUTURE: gettext_lazy("%(text)s lies in the future: write the day of arrival."),
    Trouble.BEFORE_OPENING: gettext_lazy(
        "%(text)s lies before the consultation opened: nothing can have arrived then."
    ),
    Trouble.POSTED_LATER: gettext_lazy("The postmark lies after the arrival."),
    Trouble.NOT_YES_OR_NO: gettext_lazy("“%(text)s” is neither yes nor no."),
    Trouble.REFERENCE_TWICE: gettext_lazy(
        "An earlier row has the reference %(text)s and says something else: give this one another."
    ),
    Trouble.OTHER_WORDS: gettext_lazy(
        "A response with the reference %(text)s is here already, with other words: change the response"
        " itself, or give the row another reference."
    ),
    Trouble.NAME_MISSING: gettext_lazy("Neither an organisation nor a name is given."),
    Trouble.OPTION_UNKNOWN: gettext_lazy(
        "The question offers no option “%(text)s”: write one of its options as the question has it, in"
        " any language, or move these words to the column of the answer."
    ),
    Trouble.ONE_OPTION: gettext_lazy(
        "The question lets one option be chosen, and “%(text)s” names several: leave one."
    ),
}
PROBLEMS: Mapping[Problem, Lazy] = {
    Problem.ENCRYPTED: gettext_lazy("A password closes the file: save it without one."),
    Problem.BROKEN: gettext_lazy(
        "The file cannot be opened as a table: save it again as XLSX or CSV and choose that file."
    ),
    Problem.EMPTY: gettext_lazy("The file is empty: choose one with a row of headings."),
    Problem.NO_ROWS: gettext_lazy(
        "The file holds only one row: the first row is the headings, responses follow below."
    ),
    Problem.TOO_WIDE: gettext_lazy(
        "The table has more than 200 columns: remove what is not needed."
    ),
    Problem.TOO_LONG: gettext_lazy(
        "The table has more than 500,000 rows or 200 MB: divide it into several files."
    ),
    Problem.NOT_TEXT: gettext_lazy(
        "The file is neither a workbook nor text: save it as XLSX, ODS or CSV."
    ),
    Problem.STOPPED: gettext_lazy(
        "Reading the file took too long or too much memory: divide it into several files."
    ),
    Problem.MISSING: gettext_lazy("There is no such file: check its name and folder."),
}


def what(held: str) -> str:
    """Say what a column holds: a particular, or the answer to a question."""
    if held in FIELDS:
        return str(FIELDS[held])
    kind, _colon, number = held.partition(":")
    if kind == "choice":
        return _("Option chosen at question %(number)s") % {"number": number}
    if number == "0":
        return _("Answer to the whole")
    return _("Answer to question %(number)s") % {"number": number}


def trouble(found: Found) -> str:
    """Say what is wrong with a cell or a row, and how to mend it."""
    return str(TROUBLES[found.trouble]) % {"text": found.text}


def kind(found: Trouble) -> str:
    """Name a kind of trouble, for counts."""
    return str(TROUBLES[found]) % {"text": "…"}


def problem(found: Problem) -> str:
    """Say why a file cannot be read, and how to mend it."""
    return str(PROBLEMS[found])


def stopped(why: str) -> str:
    """Say why an import waits where it stands."""
    if why == "cancelled":
        return _("The consultation was cancelled: the rest of the rows was not taken.")
    return _("The consultation is not open yet: open it, then upload the file again.")
