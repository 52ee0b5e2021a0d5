"""The catalogues of translated words: gather them from the source, hand them out, take them back.

    python catalogues.py update                 gather, merge into each language, compile
    python catalogues.py missing fr > fr.json   what has no translation yet
    python catalogues.py fill fr fr.json        put translations in

docs/translating.md says how to translate.
"""

import argparse
import io
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from gettext import c2py
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from build_catalogues import LOCALE, compile_changed

SOURCE = Path(__file__).parent / "src" / "consulta"
#: Folder names below locale/, as Django spells them, with how many plural forms and which when.
#: The order of the forms is CLDR's; Russian and Spanish without CLDR's form for millions.
PLURALS = {
    "ar": (
        6,
        "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5",
    ),
    "es": (2, "n != 1"),
    "fr": (2, "n > 1"),
    "ru": (
        3,
        "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2",
    ),
    "zh_Hans": (1, "0"),
}
LANGUAGES = tuple(PLURALS)

_ONE, _CONTEXT = None, ((1, "c"), 2)
KEYWORDS = {
    "_": _ONE,
    "gettext": _ONE,
    "gettext_lazy": _ONE,
    "gettext_noop": _ONE,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": _CONTEXT,
    "pgettext_lazy": _CONTEXT,
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}

#: Between context and message in the keys of the JSON files, as gettext itself writes it.
CONTEXT_END = "\x04"
#: The key of a remark in the JSON files, for the translator's eyes.
REMARK = "//"

NAMED = re.compile(r"%\(\w+\)[a-zA-Z]|\{\w*\}")
POSITIONAL = re.compile(r"%%|%(?:\(\w+\))?[a-zA-Z]?")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def po_path(language: str, root: Path = LOCALE) -> Path:
    """Return where the catalogue of *language* lies."""
    return root / language / "LC_MESSAGES" / "django.po"


def gathered(source: Path = SOURCE) -> Catalog:
    """Return every message below *source*, each with the files it stands in."""
    catalogue = Catalog()
    for path in sorted(source.rglob("*.py")):
        if not {"migrations", "__pycache__"} & set(path.parts):
            _gather(catalogue, path, source, path.read_text(encoding="utf-8"))
    for path in sorted((*source.rglob("*.html"), *source.rglob("*.txt"))):
        if "templates" in path.parts:
            _gather(catalogue, path, source, template_as_python(path))
    return catalogue


def template_as_python(path: Path) -> str:
    """Return the template's marked words as gettext calls; all else in it becomes names of X.

    The brackets keep indented lines of a template from being read as indented Python.
    """
    text = path.read_text(encoding="utf-8")
    return f"(\n{templatize(text, origin=str(path))}\n)\n"


def _gather(catalogue: Catalog, path: Path, source: Path, text: str) -> None:
    place = path.relative_to(source.parent).as_posix()
    stream = io.BytesIO(text.encode())
    options = {"encoding": "utf-8"}
    found = extract("python", stream, KEYWORDS, ["Translators:"], options, strip_comment_tags=True)
    for line, message, comments, context in found:
        catalogue.add(message, None, [(place, line)], (), comments, context=context)


def load(language: str, root: Path = LOCALE) -> Catalog:
    """Read the catalogue of *language*; an empty one where there is none yet."""
    path = po_path(language, root)
    po = path.read_bytes() if path.exists() else header(language).encode()
    return read_po(io.BytesIO(po), locale=language)


def save(language: str, catalogue: Catalog, root: Path = LOCALE) -> None:
    """Write *catalogue* sorted, without dates and line numbers: a diff shows words only."""
    out = io.BytesIO()
    write_po(
        out,
        catalogue,
        width=0,
        omit_header=True,
        sort_output=True,
        ignore_obsolete=True,
        include_lineno=False,
    )
    path = po_path(language, root)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(header(language).encode() + out.getvalue().rstrip() + b"\n")
    os.replace(part, path)


def header(language: str) -> str:
    """Return the first entry of a catalogue: its language, encoding and plural rule."""
    number, rule = PLURALS[language]
    lines = (
        "Project-Id-Version: Consulta",
        f"Language: {language}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: nplurals={number}; plural=({rule});",
    )
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in lines) + "\n"


def update(source: Path = SOURCE, root: Path = LOCALE) -> None:
    """Merge what is in the source into each language; changed English is untranslated again."""
    template = gathered(source)
    for language in LANGUAGES:
        catalogue = load(language, root)
        catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
        save(language, catalogue, root)


def messages(catalogue: Catalog) -> Iterator[Message]:
    """Every message but the header."""
    return (message for message in catalogue if message.id)


def english(message: Message) -> tuple[str, ...]:
    """The English of a message: one text, or singular and plural."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def forms(message: Message) -> tuple[str, ...]:
    """The translation of a message: one text, or one for each plural form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def key(message: Message) -> str:
    """Name a message in the JSON files: its (singular) English, after its context if it has one."""
    text = english(message)[0]
    return f"{message.context}{CONTEXT_END}{text}" if message.context else text


def untranslated(catalogue: Catalog) -> list[Message]:
    """Return what is not, or not in every plural form, or only doubtfully translated."""
    return [m for m in messages(catalogue) if m.fuzzy or not forms(m) or not all(forms(m))]


def missing(language: str, root: Path = LOCALE) -> dict[str, object]:
    """Return the untranslated messages of *language*, empty, ready to be filled in."""
    catalogue = load(language, root)
    left = sorted(untranslated(catalogue))
    blank = [""] * catalogue.num_plurals
    words = {key(m): blank if m.pluralizable else "" for m in left}
    return {REMARK: remark(left), **words} if left else {}


def remark(left: list[Message]) -> dict[str, dict[str, str]]:
    """Tell the English plurals, and where words stand that are too few to explain themselves."""
    plural = {key(m): english(m)[1] for m in left if m.pluralizable}
    short = [m for m in left if len(english(m)[0].split()) <= 2]
    where = {key(m): ", ".join(sorted({place for place, _ in m.locations})) for m in short}
    return {"plural": plural, "where": where}


def fill(language: str, words: dict[str, object], root: Path = LOCALE) -> list[str]:
    """Put *words* into the catalogue of *language*; return what was refused, and why."""
    catalogue = load(language, root)
    known = {key(message): message for message in messages(catalogue)}
    refused = []
    for name, value in words.items():
        if name == REMARK or not _given(value):
            continue
        message = known.get(name)
        problem = fault(message, value, catalogue) if message else "no such message in the source"
        if message is None or problem:
            refused.append(f"{name!r}: {problem}")
        else:
            message.string = tuple(value) if isinstance(value, list) else str(value)
            message.flags.discard("fuzzy")
    save(language, catalogue, root)
    return refused


def _given(value: object) -> bool:
    """Whether anything was filled in."""
    return any(value) if isinstance(value, list) else bool(value)


def fault(message: Message, value: object, catalogue: Catalog) -> str | None:
    """Say why *value* cannot be the translation of *message*; None where it can."""
    texts = value if isinstance(value, list | tuple) else [value]
    if message.pluralizable != isinstance(value, list | tuple):
        return "a list of plural forms is wanted" if message.pluralizable else "one text is wanted"
    wanted = catalogue.num_plurals if message.pluralizable else 1
    if len(texts) != wanted or not all(isinstance(text, str) and text for text in texts):
        return f"{wanted} texts are wanted, none of them empty"
    for form, text in enumerate(texts):
        spares = message.pluralizable and form in exact_forms(catalogue)
        problem = difference(english(message)[-1], text, may_omit=1 if spares else 0)
        if problem:
            return f"{text!r}: {problem}"
    return None


def exact_forms(catalogue: Catalog) -> set[int]:
    """Return the plural forms that stand for one number alone: these may leave the number out.

    Arabic 0, 1 and 2, Spanish 1; not Russian's first (1, 21, 31 …), not French's first (0 and 1).
    """
    rule = c2py(catalogue.plural_expr)
    uses = Counter(rule(number) for number in range(200))  # meets the rarest form three times
    return {form for form, times in uses.items() if times == 1}


def difference(source: str, text: str, *, may_omit: int = 0) -> str | None:
    """Say how the placeholders, tags or line ends of *text* differ from those of *source*."""
    lost = set(NAMED.findall(source)) - set(NAMED.findall(text))
    new = set(NAMED.findall(text)) - set(NAMED.findall(source))
    if new or len(lost) > may_omit:
        return f"placeholders differ: {', '.join(sorted(new | lost))}"
    if _counted(source) != _counted(text):
        return "positional placeholders or percent signs differ"
    if Counter(TAG.findall(source)) != Counter(TAG.findall(text)):
        return "HTML tags differ"
    if _edges(source) != _edges(text):
        return "line breaks at the beginning or end differ"
    return None


def _counted(text: str) -> Counter[str]:
    """Count what `%` formatting reads by position, lone percent signs among it, doubled ones not."""
    found = POSITIONAL.findall(text)
    return Counter(part for part in found if part != "%%" and not part.startswith("%("))


def _edges(text: str) -> tuple[bool, bool]:
    return text.startswith("\n"), text.endswith("\n")


def main(arguments: list[str] | None = None) -> int:
    """Run one of the three commands; return 1 where translations were refused."""
    parser = argparse.ArgumentParser(prog="catalogues.py")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("update", help="gather, merge into each language, compile")
    for name in ("missing", "fill"):
        command = commands.add_parser(name)
        command.add_argument("language", choices=LANGUAGES)
        if name == "fill":
            command.add_argument("file", type=Path)
    asked = parser.parse_args(arguments)
    return {"update": _update, "missing": _missing, "fill": _fill}[asked.command](asked)


def _update(_: argparse.Namespace) -> int:
    update()
    compile_changed()
    for language in LANGUAGES:
        catalogue = load(language)
        left = len(untranslated(catalogue))
        print(f"{language}: {len(catalogue)} messages, {left} untranslated")
    return 0


def _missing(asked: argparse.Namespace) -> int:
    json.dump(missing(asked.language), sys.stdout, ensure_ascii=False, indent=2)
    print()
    return 0


def _fill(asked: argparse.Namespace) -> int:
    refused = fill(asked.language, json.loads(asked.file.read_text(encoding="utf-8")))
    compile_changed()
    for line in refused:
        print(line, file=sys.stderr)
    left = len(untranslated(load(asked.language)))
    print(f"{len(refused)} refused, {left} still untranslated")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
