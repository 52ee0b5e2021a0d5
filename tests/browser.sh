#!/bin/sh
# Find a Chromium for the browser tests; as root on Debian, install one. Its absence is told loudly.
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "consulta: installing chromium for the browser tests"
  apt-get update -qq >/dev/null 2>&1
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null 2>&1 && exit 0
fi
echo "consulta: NO CHROMIUM HERE: the browser tests will be SKIPPED; install the package chromium" >&2
exit 0
