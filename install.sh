#!/bin/sh
# Set up .venv from a lock with hashes: sh install.sh requirements.lock
# Python's own venv where it can, else venv without pip and the system's pip; no other tool.
set -eu
cd "$(dirname "$0")"
lock=${1:-requirements.lock}
python=${PYTHON:-python3}
venv=.venv

say() { printf '%s\n' "consulta: $*"; }
fail() { printf '%s\n' "consulta: $*" >&2; exit 1; }

command -v "$python" >/dev/null 2>&1 ||
  fail "Python 3.11 or newer is needed; install the package python3, or name it with PYTHON=…"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  fail "$("$python" --version) is too old; install Python 3.11 or newer, or name it with PYTHON=…"

stamp=$venv/.installed-$(basename "$lock")
want=$(cat "$lock" pyproject.toml | cksum)
if [ -x "$venv/bin/consulta" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$want" ]; then
  say "$venv is up to date with $lock"
  "$venv/bin/python" build_catalogues.py >/dev/null
  exit 0
fi

if [ ! -x "$venv/bin/python" ]; then
  say "making $venv with $("$python" --version)"
  "$python" -m venv "$venv" 2>/dev/null || {
    rm -rf "$venv"
    "$python" -m venv --without-pip "$venv" ||
      fail "Python cannot make a virtual environment; install the package python3-venv and try again"
  }
fi
if [ -x "$venv/bin/pip" ]; then
  pip() { "$venv/bin/pip" --disable-pip-version-check "$@"; }
elif "$python" -m pip --version >/dev/null 2>&1; then
  pip() { "$python" -m pip --disable-pip-version-check --python "$venv/bin/python" "$@"; }
else
  fail "there is no pip; install the package python3-venv (or python3-pip) and try again"
fi

say "installing the packages of $lock (about a minute)"
pip install --quiet --progress-bar on --require-hashes -r "$lock"
say "installing Consulta"
pip install --quiet --no-deps --no-build-isolation -e .
echo "$want" >"$stamp"
say "installed; $venv/bin/consulta works"
