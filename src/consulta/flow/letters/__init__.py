"""Letters: what came by mail becomes a response, a version, a confirmation, or a matter for a person.

`arriving` takes letters in and opens them, `placing` says where each belongs, `responding` and
`answering` make of it what it is, `sorting` is what an officer decides otherwise, `owed` mails what
had to wait.
"""

from consulta.flow.letters.arriving import letters_arrive
from consulta.flow.letters.owed import confirmations_due

__all__ = ["confirmations_due", "letters_arrive"]
