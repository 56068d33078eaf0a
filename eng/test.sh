#!/usr/bin/env bash
# Installs what the build and the tests need (npm, Chromium, an HTML checker, PostgreSQL), starts a PostgreSQL server of its own and runs every test.
# Nothing is skipped: a part that is missing fails its tests. Only MaxMind's test databases can't be installed: where SESSIONS_TEST_GEO
# (by default ../shared/geo) has none, the tests that read them are left out, and it says so. Ends with the line "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/.."

need() { # command-or-glob, packages
  if ! compgen -G "$1" >/dev/null && ! command -v "$1" >/dev/null; then
    echo "Installing $2"
    [ "$(id -u)" = 0 ] && as_root="" || as_root="sudo"
    $as_root apt-get update -qq || true
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq $2 >/dev/null || { echo "Could not install $2"; exit 1; }
  fi
}

need npm "nodejs npm"
need chromium-headless-shell "chromium-headless-shell fonts-liberation fonts-noto-color-emoji" # a third of the time of the whole browser without its windows
need java default-jre-headless
need "/usr/lib/postgresql/*/bin/initdb" postgresql

folder=$(mktemp -d)
results=$(mktemp -d)
trap 'eng/postgres.sh stop "$folder/postgres" >/dev/null 2>&1; rm -rf "$folder" "$results"' EXIT
chmod 755 "$folder"

SESSIONS_TESTS_POSTGRES=$(eng/postgres.sh start "$folder/postgres") || { echo "PostgreSQL did not start"; exit 1; }
export SESSIONS_TESTS_POSTGRES
export SESSIONS_TESTS_NOTHING_SKIPPED=1

asked=$# # whoever asks for some tests only may have a project with none of them
export SESSIONS_TEST_GEO=${SESSIONS_TEST_GEO:-$(cd .. && pwd)/shared/geo}
if [ ! -f "$SESSIONS_TEST_GEO/GeoLite2-City-Test.mmdb" ]; then
  echo "Left out: the tests that read MaxMind's test databases. Set SESSIONS_TEST_GEO to a folder with them (github.com/maxmind/MaxMind-DB, test-data)."
  [ $# -eq 0 ] && set -- --filter "Category!=MaxMindFiles"
fi

npm ci --prefix eng/html --no-audit --no-fund >/dev/null || { echo "Could not install the HTML checker"; exit 1; }
dotnet tool restore >/dev/null || exit 1
dotnet build Sessions.sln --nologo -v minimal || { echo "0 passed, 1 failed"; exit 1; }

# One project after the other: each has the machine for itself. One in which nothing begins or ends for so long is given up, with the names of the
# tests that ran: longer than a template's app takes to be made, and than anything else takes by far.
status=0
for project in tests/*.Tests/*.csproj tests/*Tests/*.csproj; do
  case " ${done_projects:-} " in *" $project "*) continue ;; esac
  done_projects="${done_projects:-} $project"
  name=$(basename "$project" .csproj)
  dotnet test "$project" --no-build --nologo --logger "trx;LogFileName=$name.trx" --results-directory "$results" \
    --blame-hang --blame-hang-timeout 10m --blame-hang-dump-type none "$@" || { status=1; pkill -f "/bin/$name/" || true; }
  [ "$asked" -gt 0 ] || grep -qs "<Counters " "$results/$name.trx" || { echo "$name left no result: it was broken off."; status=1; }
done

count() { # attribute of the counters, summed over all projects
  grep -ho "<Counters [^>]*" "$results"/*.trx 2>/dev/null | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*' | awk '{ sum += $1 } END { print sum + 0 }'
}

passed=$(count passed)
failed=$(count failed)
skipped=$(( $(count total) - $(count executed) ))
if [ "$skipped" -gt 0 ]; then
  echo "$skipped tests were skipped; nothing may be skipped here."
  failed=$(( failed + skipped ))
fi

if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
  failed=1
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
