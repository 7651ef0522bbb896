#!/usr/bin/env bash
# Starts a throwaway PostgreSQL of Debian's packages and prints its URL; "stop" ends it.
#
#   export QUALCODE_TEST_POSTGRES="$(.ci/postgres.sh start)"
#   python -m pytest tests/storage
#   .ci/postgres.sh stop
#
# It listens on 127.0.0.1 only, keeps nothing on disk safe, and is removed by "stop".
# QUALCODE_POSTGRES_DIR says where; two at once need two places.
set -euo pipefail
# runuser stands where not every PATH looks
PATH="$PATH:/usr/sbin:/sbin"

place="${QUALCODE_POSTGRES_DIR:-${TMPDIR:-/tmp}/qualcode-postgres-$(id -u)}"

# PostgreSQL does not run as root.
as_server() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

find_programs() {
  local newest
  newest="$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)"
  if [ -z "$newest" ] && command -v initdb >/dev/null; then
    newest="$(dirname "$(command -v initdb)")"
  fi
  if [ -z "$newest" ]; then
    echo "PostgreSQL is not installed: apt-get install postgresql" >&2
    exit 1
  fi
  echo "$newest"
}

find_port() {
  local port
  for port in $(seq 54320 54399); do
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "$port"
      return
    fi
  done
  echo "No free port between 54320 and 54399." >&2
  exit 1
}

# So that tests can ask for an encrypted connection; a server without it is tested too.
make_certificate() {
  command -v openssl >/dev/null || return 0
  as_server openssl req -new -x509 -days 30 -nodes -text -subj /CN=localhost \
    -addext "subjectAltName=DNS:localhost,IP:127.0.0.1" \
    -out "$place/data/server.crt" -keyout "$place/data/server.key" >>"$place.log" 2>&1
  as_server chmod 600 "$place/data/server.key"
  echo "ssl = on" | as_server tee -a "$place/data/postgresql.conf" >/dev/null
}

start() {
  local programs port
  programs="$(find_programs)"
  if [ -e "$place/data/postmaster.pid" ] && as_server "$programs/pg_ctl" \
    --pgdata="$place/data" status >/dev/null; then
    echo "A server runs in $place already: stop it, or set QUALCODE_POSTGRES_DIR." >&2
    exit 1
  fi
  stop
  mkdir -p "$place"
  if [ "$(id -u)" = 0 ]; then chown postgres "$place"; fi
  cd "$place"
  as_server "$programs/initdb" --pgdata="$place/data" --username=qualcode --auth=trust \
    --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$place.log" 2>&1 || { cat "$place.log" >&2; exit 1; }
  make_certificate
  port="$(find_port)"
  as_server "$programs/pg_ctl" --pgdata="$place/data" --log="$place/server.log" --wait start \
    --options="-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories='$place' \
      -c fsync=off -c synchronous_commit=off -c full_page_writes=off" >>"$place.log" 2>&1 \
    || { cat "$place.log" "$place/server.log" >&2; exit 1; }
  echo "postgresql://qualcode@127.0.0.1:$port/postgres"
}

stop() {
  if [ -e "$place/data/postmaster.pid" ]; then
    (cd "$place" && as_server "$(find_programs)/pg_ctl" --pgdata="$place/data" --mode=immediate \
      --wait stop >/dev/null 2>&1) || true
  fi
  rm -rf "$place" "$place.log"
}

case "${1:-start}" in
  start) start ;;
  stop) stop ;;
  *) echo "usage: .ci/postgres.sh [start|stop]" >&2; exit 2 ;;
esac
