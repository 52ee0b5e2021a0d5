"""Languages: the codes that addresses and records use, and what Django calls them."""

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


def django_code(code: str) -> str:
    """Django's name of a language: plain `zh` is none of its languages."""
    return "zh-hans" if code == "zh" else code


def public_code(code: str) -> str:
    """The name of a language in addresses, JSON and rows: `zh-hans` is `zh`."""
    return code.split("-")[0].lower()


def direction(code: str) -> str:
    """`rtl` or `ltr`, for the `dir` attribute."""
    return "rtl" if public_code(code) in RIGHT_TO_LEFT else "ltr"
