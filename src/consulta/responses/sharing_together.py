"""Two people save the same draft: field by field, nothing that either of them wrote is lost.

A page carries the digest of every field as it showed it. From it we know, for each field, whether the
person changed it and whether somebody else did meanwhile. A long text that both changed holds both,
divided by :data:`MARK`; a field of one value takes the later one, and the earlier is told in the history.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

#: Stands between two texts that were written at the same time.
MARK = "\n\n⁂ ⁂ ⁂\n\n"
TICKS = ("withhold_name", "withhold_country")
_ANSWER, _CHOICE = "answer-", "choice-"
Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Merged:
    """*content* as it is kept now; *changed*: its fields that differ from before; *both*: those that
    hold two texts now; *replaced*: earlier values of fields that hold one."""

    content: Content
    changed: tuple[str, ...]
    both: tuple[str, ...]
    replaced: dict[str, str]


def digests(content: Content) -> str:
    """The digests of all fields of *content*, as JSON that a page carries along."""
    return json.dumps({name: _digest(value) for name, value in _flat(content).items()})


def read(carried: str) -> dict[str, str]:
    """The digests that a page carried; none where they are not ours."""
    try:
        found = json.loads(carried)
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def merged(kept: Content, new: Content, *, was: Mapping[str, str]) -> Merged:
    """*new* over *kept*, where the page of *new* had shown what *was* says."""
    before, sent = _flat(kept), _flat(new)
    now = before | {name: _value(name, before.get(name, ""), sent[name], was) for name in sent}
    changed = tuple(name for name in now if now[name] != before.get(name, ""))
    return Merged(
        kept | new | _deep(now),
        changed,
        both=tuple(name for name in changed if _grew(before.get(name, ""), now[name])),
        replaced={n: before[n] for n in changed if _is_lost(n, before, sent, was)},
    )


def in_two(content: Content) -> bool:
    """Whether an answer of *content* still holds two texts."""
    return any(MARK.strip() in text for text in (content.get("answers") or {}).values())


def _value(name: str, kept: str, new: str, was: Mapping[str, str]) -> str:
    base = was.get(name)
    if new == kept or base == _digest(kept):
        return new  # nobody else changed it
    if base == _digest(new) or (base is None and not new.strip()):
        return kept  # it was not changed on this page
    return _beside(kept, new, base) if name.startswith(_ANSWER) and kept.strip() else new


def _beside(kept: str, new: str, base: str | None) -> str:
    """Both texts; the part that this page had put there before gives way to its newer form."""
    if not new.strip():
        return kept
    parts = kept.split(MARK)
    own = next((n for n, part in enumerate(parts) if _digest(part) == base), None)
    if own is not None:
        parts[own] = new
    elif new not in parts:
        parts.append(new)
    return MARK.join(parts)


def _is_lost(
    name: str, before: Mapping[str, str], sent: Mapping[str, str], was: Mapping[str, str]
) -> bool:
    """Whether a single value that somebody else had given gave way."""
    if name.startswith(_ANSWER) or name not in sent or not before.get(name):
        return False
    return was.get(name) != _digest(before[name])


def _grew(before: str, now: str) -> bool:
    return now.count(MARK) > before.count(MARK)


def _digest(value: str) -> str:
    return sha256(value.encode()).hexdigest()[:16]


def _flat(content: Content) -> dict[str, str]:
    """Every field of the form with its value as text."""
    answers = {f"{_ANSWER}{n}": str(t) for n, t in (content.get("answers") or {}).items()}
    chosen = {f"{_CHOICE}{n}": " ".join(s) for n, s in (content.get("choices") or {}).items()}
    rest = {k: v for k, v in content.items() if k not in ("answers", "choices")}
    words = {k: ("on" if v else "") if k in TICKS else str(v) for k, v in rest.items()}
    return answers | chosen | words


def _deep(flat: Mapping[str, str]) -> Content:
    answers = {k.removeprefix(_ANSWER): v for k, v in flat.items() if k.startswith(_ANSWER)}
    chosen = {k.removeprefix(_CHOICE): v.split() for k, v in flat.items() if k.startswith(_CHOICE)}
    apart = (_ANSWER, _CHOICE)
    rest = {k: bool(v) if k in TICKS else v for k, v in flat.items() if not k.startswith(apart)}
    return {"answers": answers, **({"choices": chosen} if chosen else {}), **rest}
