#!/usr/bin/env bash
# Starts a PostgreSQL server of its own in a temporary folder, on loopback, and prints its connection string.
# Usage: eng/postgres.sh start FOLDER | crash FOLDER | stop FOLDER. One that crashed starts again with what it had.
set -euo pipefail

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
if [ -z "$bin" ] && command -v pg_ctl >/dev/null; then
  bin=$(dirname "$(readlink -f "$(command -v pg_ctl)")")
fi

# initdb refuses to run as root.
as_owner() {
  if [ "$(id -u)" = 0 ]; then
    su postgres -s /bin/bash -c "$*"
  else
    bash -c "$*"
  fi
}

case "$1" in
  start)
    folder=$2
    port=${SESSIONS_TESTS_POSTGRES_PORT:-54329}
    mkdir -p "$folder"
    [ "$(id -u)" = 0 ] && chown postgres "$folder"
    [ -d "$folder/data" ] || as_owner "$bin/initdb -D $folder/data -U sessions --auth=trust -E UTF8 --locale=C >/dev/null"
    as_owner "$bin/pg_ctl -D $folder/data -l $folder/log -w -o '-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder -c fsync=off -c max_connections=300' start >/dev/null"
    echo "Host=127.0.0.1;Port=$port;Username=sessions;Database=postgres"
    ;;
  crash)
    as_owner "$bin/pg_ctl -D $2/data -m immediate stop >/dev/null"
    ;;
  stop)
    as_owner "$bin/pg_ctl -D $2/data -m immediate stop >/dev/null" || true
    rm -rf "$2"
    ;;
esac
