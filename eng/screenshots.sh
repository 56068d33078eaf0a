#!/usr/bin/env bash
# Makes the pictures of docs/images anew: the pages of the sample in a real browser. Look at them before you commit them.
# Needs what eng/test.sh installs, and fonts for the languages shown.
set -euo pipefail
cd "$(dirname "$0")/.."

for font in fonts-dejavu-core fonts-droid-fallback fonts-noto-color-emoji; do
  dpkg -s "$font" >/dev/null 2>&1 || { apt-get update -qq || true; DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$font" >/dev/null; }
done

export SESSIONS_SCREENSHOTS="$PWD/docs/images" SESSIONS_MAKE_PICTURES=1
dotnet test tests/Sessions.BrowserTests --nologo --filter "FullyQualifiedName~DocumentationPictures" "$@"
ls -l docs/images
