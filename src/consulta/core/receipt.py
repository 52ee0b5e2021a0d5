"""Check a receipt offline: its fingerprints, and the proof that the record holds it; or an entry.

A receipt is one JSON document: `number`; `content`, `salts` and `fingerprint_…` for the parts
`private` and `public` (public once published); `proof` once the record was signed.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

import rfc8785

from consulta.core import merkle
from consulta.core.fingerprint import fingerprint

PARTS = ("private", "public")
#: Whether (body, signature, key) is a signature that is trusted.
Signed = Callable[[bytes, str, str], bool]


class NotAReceiptError(ValueError):
    """The document lacks what a receipt has; the text names it."""


def faults(receipt: Mapping[str, Any], *, signed: Signed) -> list[str]:
    """What in *receipt* does not hold, as codes; empty when all of it holds.

    Codes: `private_fingerprint`, `public_fingerprint`, `entry_other_content`, `inclusion`,
    `checkpoint`, `signature`. Raises NotAReceiptError.
    """
    try:
        found = [f"{part}_fingerprint" for part in _parts(receipt) if not _holds(receipt, part)]
        proof = receipt.get("proof")
        return found + (_proof_faults(receipt, proof, signed) if proof else [])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotAReceiptError(f"not a receipt, or an incomplete one: {error!r}") from error


def entry_faults(document: Mapping[str, Any], *, signed: Signed) -> list[str]:
    """What in the *document* of one entry of the ledger (its `proof`) does not hold, as codes.

    Codes: `inclusion`, `checkpoint`, `signature`. Raises NotAReceiptError.
    """
    try:
        return [code for code, holds in _in_record(document["proof"], signed).items() if not holds]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotAReceiptError(f"not an entry, or an incomplete one: {error!r}") from error


def _parts(receipt: Mapping[str, Any]) -> list[str]:
    parts = [part for part in PARTS if receipt.get(f"fingerprint_{part}")]
    if not parts or not receipt["number"]:
        raise KeyError("fingerprint_private")
    return parts


def _holds(receipt: Mapping[str, Any], part: str) -> bool:
    salt = bytes.fromhex(receipt["salts"][part])
    try:
        return fingerprint(_content(receipt, part), salt) == str(receipt[f"fingerprint_{part}"])
    except rfc8785.CanonicalizationError:
        return False


def _content(receipt: Mapping[str, Any], part: str) -> Mapping[str, Any]:
    """The content of *part*; a receipt of one part may give its content plainly."""
    content: Mapping[str, Any] = receipt["content"]
    if any(known in content for known in PARTS):
        content = content[part]
    return content


def _proof_faults(
    receipt: Mapping[str, Any], proof: Mapping[str, Any], signed: Signed
) -> list[str]:
    commits = {"entry_other_content": _commits(receipt, json.loads(proof["entry"]))}
    return [code for code, holds in (commits | _in_record(proof, signed)).items() if not holds]


def _in_record(proof: Mapping[str, Any], signed: Signed) -> dict[str, bool]:
    """Whether the entry of *proof* stands in the tree of its checkpoint, and that is signed."""
    entry, body = proof["entry"].encode(), proof["checkpoint"].encode()
    said = json.loads(body)
    return {
        "inclusion": merkle.verify_inclusion(
            merkle.leaf_hash(entry),
            index=proof["index"],
            size=proof["size"],
            path=[bytes.fromhex(step) for step in proof["path"]],
            expected=bytes.fromhex(proof["root"]),
        ),
        "checkpoint": (said["root"], said["size"]) == (proof["root"], proof["size"]),
        "signature": signed(body, proof["signature"], proof["key"]),
    }


def _commits(receipt: Mapping[str, Any], entry: Mapping[str, Any]) -> bool:
    """Whether the entry commits to a fingerprint of this receipt, and to no other by that name."""
    fingerprints = {receipt[f"fingerprint_{part}"] for part in _parts(receipt)}
    return bool(fingerprints & set(entry["commitments"].values()))
