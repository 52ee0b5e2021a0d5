"""A receipt is checked with nothing but itself."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from consulta.core import merkle, receipt
from consulta.core.fingerprint import canonical, fingerprint, new_salt
from consulta.core.signature import is_signed

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
PUBLIC = KEY.public_key().public_bytes_raw().hex()


def signed(body: bytes, signature: str, key: str) -> bool:
    return is_signed(body, signature=signature, key=key, trusted=[PUBLIC])


def proof_of(entry: bytes) -> dict[str, Any]:
    """The proof that *entry* is the second of two."""
    first, second = merkle.leaf_hash(b"first"), merkle.leaf_hash(entry)
    root = merkle.node_hash(first, second).hex()
    body = canonical({"root": root, "size": 2})
    return {
        "entry": entry.decode(),
        "index": 1,
        "size": 2,
        "path": [first.hex()],
        "root": root,
        "checkpoint": body.decode(),
        "signature": KEY.sign(body).hex(),
        "key": PUBLIC,
    }


@pytest.fixture
def paper() -> dict[str, Any]:
    content, salt = {"answers": [{"question": 1, "text": "Да 是 نعم"}]}, new_salt()
    mark = fingerprint(content, salt)
    return {
        "number": "0001-000017",
        "content": {"private": content},
        "salts": {"private": salt.hex()},
        "fingerprint_private": mark,
        "proof": proof_of(canonical({"commitments": {"private": mark}})),
    }


def test_a_true_receipt_has_no_faults(paper: dict[str, Any]) -> None:
    assert receipt.faults(json.loads(json.dumps(paper)), signed=signed) == []


def test_a_receipt_without_proof_is_checked_by_its_fingerprint(paper: dict[str, Any]) -> None:
    del paper["proof"]
    assert receipt.faults(paper, signed=signed) == []


def change_text(paper: dict[str, Any]) -> None:
    paper["content"]["private"]["answers"][0]["text"] = "Нет"


def change_salt(paper: dict[str, Any]) -> None:
    paper["salts"]["private"] = "00" * 16


def change_entry(paper: dict[str, Any]) -> None:
    paper["proof"] = proof_of(canonical({"commitments": {"private": "0" * 64}}))


def change_path(paper: dict[str, Any]) -> None:
    paper["proof"]["path"] = ["0" * 64]


def change_root(paper: dict[str, Any]) -> None:
    paper["proof"]["checkpoint"] = canonical({"root": "0" * 64, "size": 2}).decode()


def change_key(paper: dict[str, Any]) -> None:
    paper["proof"]["key"] = "0" * 64


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        (change_text, ["private_fingerprint"]),
        (change_salt, ["private_fingerprint"]),
        (change_entry, ["entry_other_content"]),
        (change_path, ["inclusion"]),
        (change_root, ["checkpoint", "signature"]),
        (change_key, ["signature"]),
    ],
)
def test_each_change_is_found(
    paper: dict[str, Any], change: Callable[[dict[str, Any]], None], codes: list[str]
) -> None:
    change(paper)
    assert receipt.faults(paper, signed=signed) == codes


@pytest.mark.parametrize("document", [{}, {"number": "1"}, {"fingerprint_private": "a"}])
def test_what_is_no_receipt_is_said_to_be_none(document: dict[str, Any]) -> None:
    with pytest.raises(receipt.NotAReceiptError):
        receipt.faults(document, signed=signed)
