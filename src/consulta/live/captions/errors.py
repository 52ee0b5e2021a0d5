"""The rules of captions that can be broken."""


class SittingStandsError(ValueError):
    """The sitting is not in the state that the act needs: it has begun, or ended, already or not yet."""


class LanguageNotOfferedError(ValueError):
    """The sitting has no captions in this language."""


class NothingNamedError(ValueError):
    """A name, or a language, is missing."""


class RevokedAlreadyError(ValueError):
    """This captioner may send nothing any more."""
