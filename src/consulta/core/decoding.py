"""Decoding: a frozen value again, from the plain dictionaries, lists and strings that it became."""

from collections.abc import Mapping
from dataclasses import is_dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints


def decode(kind: Any, data: Any, *, named: Mapping[str, type], name: str) -> Any:
    """Return *data* as a value of *kind*: a frozen dataclass, a tuple, a text or a number.

    Where one of several kinds may stand, the key *name* of the data says which of *named* it is.
    Keys that are missing take their defaults. Raises TypeError for what is of another kind.
    """
    if isinstance(kind, UnionType):
        if NoneType not in get_args(kind):
            return decode(named[data[name]], data, named=named, name=name)
        return None if data is None else decode(get_args(kind)[0], data, named=named, name=name)
    if get_origin(kind) is tuple:
        return tuple(decode(get_args(kind)[0], item, named=named, name=name) for item in data)
    if is_dataclass(kind) and isinstance(kind, type):
        wanted = {field: hint for field, hint in _hints(kind).items() if field != name}
        return kind(
            **{
                field: decode(hint, data[field], named=named, name=name)
                for field, hint in wanted.items()
                if field in data
            }
        )
    if not isinstance(data, str if issubclass(kind, StrEnum) else kind):
        raise TypeError(f"expected {kind.__name__}, found {data!r}")
    return kind(data)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
