"""The groups that a procedure's file names, and the shared list of grounds that it points to."""

from collections.abc import Callable

from consulta.core import rules
from consulta.core.procedure_file.sections import Section

#: Fetches a shared list of grounds by its name; raises FileNotFoundError.
Grounds = Callable[[str], list[dict[str, object]]]


def group(section: Section, languages: tuple[str, ...]) -> rules.StakeholderGroupName:
    """Read one group of stakeholders."""
    found = rules.StakeholderGroupName(section.take("slug", str), section.texts("name", languages))
    section.done()
    return found


def grounds(top: Section, languages: tuple[str, ...], fetch: Grounds) -> tuple[rules.Ground, ...]:
    """Read the published grounds: the shared list that the file names."""
    name = top.take("grounds", str)
    try:
        listed: list[dict[str, object]] = fetch(name)
    except FileNotFoundError as error:
        mend = f'there is no list of grounds called {name!r}; write "standard"'
        raise top.fail("grounds", mend) from error
    shared = Section(f"grounds/{name}", "", {"grounds": listed})
    return tuple(_ground(section, languages) for section in shared.tables("grounds"))


def _ground(section: Section, languages: tuple[str, ...]) -> rules.Ground:
    slug, acts = section.take("slug", str), section.words("acts")
    allowed = tuple(act.value for act in rules.Act)
    if not acts or not set(acts) <= set(allowed):
        raise section.fail("acts", f"must name one or more of {', '.join(allowed)}")
    text = section.texts("text", languages, more=True)
    section.done()
    return rules.Ground(slug, tuple(map(rules.Act, acts)), text)
