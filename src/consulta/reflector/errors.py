"""What the reflector does not allow, each by its own name. Views and letters put them into words."""


class ReflectorError(Exception):
    """Something about a list that is not possible."""


class LinkUnknownError(ReflectorError):
    """No link like this was given out, or its time is over."""


class NotWaitingError(ReflectorError):
    """The post does not stand where this act begins: somebody decided it already."""


class ReasonMissingError(ReflectorError):
    """Declining and removing need a short reason, which the author will read."""


class NotSubscribedError(ReflectorError):
    """The subscription ended, or was never confirmed."""
