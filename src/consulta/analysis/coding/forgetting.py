"""Forgetting: what the law takes away of a response is in no note of a coder either."""

from consulta.analysis.models import Coding
from consulta.responses.models import Response


def forget(response: Response) -> int:
    """Empty the notes to answers of *response*; how many. Codings hold no words. Call it inside the act."""
    return Coding.objects.filter(answer__version__response=response).update(note="")
