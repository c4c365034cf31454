#!/usr/bin/env bash
# A real Elasticsearch for tests, on loopback. Needs Java 17, curl, and Maven for the first fetch.
#
#   elasticsearch.sh fetch           puts the server into the cache, once
#   elasticsearch.sh start PORT...   starts a node on each port (several make one cluster), waits until all answer, prints their addresses
#   elasticsearch.sh stop PORT...    ends them and waits; their data stay
#   elasticsearch.sh kill PORT...    the same as a crash would
#   elasticsearch.sh remove PORT...  ends them and removes their data
#   elasticsearch.sh folder PORT     prints the folder of a node: conf/ca.pem, logs/
#
# SECURE=1   TLS with a certificate of its own (conf/ca.pem) and the user admin, password only-for-tests; API keys work
# HEAP=512m  memory of each server's heap; it takes some 200 MB more
# JIXIAO_TEST_ELASTIC_CACHE=DIR  the cache. Default: jixiao/elasticsearch in the user's cache folder. Elasticsearch refuses to run as
#            root, so for root it runs as nobody, who has to be able to read DIR: where jixiao's cache folder is closed it is /var/cache/jixiao/elasticsearch
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

say() { echo "elasticsearch.sh: $*" >&2; }
die() { say "$@"; exit 1; }
usage() { sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0" >&2; exit 2; }

# as_server runs a command as the user that the server runs as.
as_server() {
  if [ "$(id -u)" = 0 ]; then
    setpriv --reuid=nobody --regid="$(id -g nobody)" --clear-groups "$@"
  else
    "$@"
  fi
}

cache_folder() {
  if [ -n "${JIXIAO_TEST_ELASTIC_CACHE:-}" ]; then echo "$JIXIAO_TEST_ELASTIC_CACHE"; return; fi
  local ours=${XDG_CACHE_HOME:-$HOME/.cache}/jixiao # jixiao itself closes it to others, if it is there first
  mkdir -p "$ours"
  if as_server test -r "$ours" -a -x "$ours"; then echo "$ours/elasticsearch"; else echo /var/cache/jixiao/elasticsearch; fi
}

server_folder() { compgen -G "$cache/*/elasticsearch" | head -1; }

fetch() {
  [ -z "$(server_folder)" ] || return 0
  command -v mvn >/dev/null || die "Maven is needed to fetch the server into $cache: install it (Debian: maven), or put a copy there"
  say "fetching the server into $cache: some 800 MB, once"
  mvn -q -B -f "$here/pom.xml" package -Dto="$cache" >&2
  [ -n "$(server_folder)" ] || die "Maven has left no server in $cache"
}

java_home() {
  local java
  java=$(readlink -f "$(command -v java)") || die "Java 17 is needed (Debian: openjdk-17-jre-headless)"
  dirname "$(dirname "$java")"
}

# configure writes the settings of the node on port $1 of the cluster on ports $2...
configure() {
  local port=$1 run=$cache/run-$1 peers=() names=() p
  shift
  mkdir -p "$run"/{conf,data,logs,tmp}
  for p in "$@"; do peers+=("127.0.0.1:$((p + 100))"); names+=("n$p"); done
  {
    echo "cluster: {name: jixiao-test-$1}"
    echo "node: {name: n$port}"
    echo "network.host: 127.0.0.1"
    echo "http.port: $port"
    echo "transport.port: $((port + 100))"
    echo "path: {data: $run/data, logs: $run/logs}"
    if [ $# = 1 ]; then
      echo "discovery.type: single-node"
    else
      echo "discovery.seed_hosts: [$(printf '"%s",' "${peers[@]}")]"
      echo "cluster.initial_master_nodes: [$(printf '%s,' "${names[@]}")]"
    fi
    echo "action.auto_create_index: false"
    echo "cluster.routing.allocation.disk.threshold_enabled: false"
    echo "node.store.allow_mmap: false"
    security "$run"
  } >"$run/conf/elasticsearch.yml"
  printf '%s\n' "-Xms${HEAP:-512m}" "-Xmx${HEAP:-512m}" -XX:+UseG1GC -XX:+ExitOnOutOfMemoryError "-Djava.io.tmpdir=$run/tmp" >"$run/conf/jvm.options"
  cat >"$run/conf/log4j2.properties" <<-'END'
	status = error
	appender.out.type = Console
	appender.out.name = out
	appender.out.layout.type = PatternLayout
	appender.out.layout.pattern = %d{ISO8601} %p %c{1.}: %m%n
	rootLogger.level = warn
	rootLogger.appenderRef.out.ref = out
	END
}

# security prints the settings for TLS and users, and makes certificate and user.
security() {
  local conf=$1/conf tls
  if [ -z "${SECURE:-}" ]; then echo "xpack.security.enabled: false"; return; fi
  if [ ! -e "$conf/ca.pem" ]; then
    openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj /CN=jixiao-test -addext subjectAltName=IP:127.0.0.1,DNS:localhost \
      -keyout "$conf/key.pem" -out "$conf/ca.pem" 2>/dev/null
  fi
  echo 'admin:$2a$06$dTxb9WilgGz6Y/bUH/DQt.hUdGkgc4RRUHQVAr9sTOGZ3ANmpQIEG' >"$conf/users"
  echo superuser:admin >"$conf/users_roles"
  tls="enabled: true, key: key.pem, certificate: ca.pem"
  echo "xpack.security.enabled: true"
  echo "xpack.security.http.ssl: {$tls}"
  echo "xpack.security.transport.ssl: {$tls, certificate_authorities: [ca.pem], verification_mode: certificate}"
}

# launch starts the node on port $1 in the background.
launch() {
  local run=$cache/run-$1 es java
  es=$(server_folder) java=$(java_home)
  rm -f "$run/pid"
  : >"$run/logs/console.log" # what an earlier one said is not this one's
  if [ "$(id -u)" = 0 ]; then
    chmod -R a+rX "$es"
    chown -R nobody: "$run"
  fi
  as_server test -r "$es/lib" -a -w "$run/data" || die "the server's user cannot reach $cache: name another folder in JIXIAO_TEST_ELASTIC_CACHE"
  (
    cd "$es"
    as_server env HOME="$run" ES_JAVA_HOME="$java" ES_PATH_CONF="$run/conf" ES_TMPDIR="$run/tmp" LIBFFI_TMPDIR="$run/tmp" \
      "$java/bin/java" -Xms4m -Xmx64m -XX:+UseSerialGC -Dcli.name=server -Dcli.script=bin/elasticsearch -Dcli.libs=lib/tools/server-cli \
      -Des.path.home="$es" -Des.path.conf="$run/conf" -Des.distribution.type=zip -cp "$es/lib/*:$es/lib/cli-launcher/*" \
      org.elasticsearch.launcher.CliToolLauncher -p "$run/pid" >"$run/logs/console.log" 2>&1 </dev/null &
  )
}

# await waits for minutes, should the machine be busy, until the node on port $1 answers, and prints its address.
await() {
  local url="http${SECURE:+s}://127.0.0.1:$1" log=$cache/run-$1/logs/console.log n
  for ((n = 0; n < 500; n++)); do
    if curl -fsk -m 5 -u admin:only-for-tests "$url/_cluster/health?wait_for_status=yellow&timeout=1s" >/dev/null; then
      echo "$url"
      return
    fi
    ! grep -q '^ERROR: Elasticsearch' "$log" || break # it has ended
    sleep 0.3
  done
  grep -hE 'Exception: |^ERROR' "$log" | tail -20 >&2 || true
  die "the node on port $1 does not answer"
}

start() {
  local port
  fetch
  for port in "$@"; do configure "$port" "$@"; launch "$port"; done
  for port in "$@"; do await "$port"; done
}

# halt ends the nodes on ports $2... by signal $1 and waits for them.
halt() {
  local signal=$1 port pid
  shift
  for port in "$@"; do
    pid=$(cat "$cache/run-$port/pid" 2>/dev/null) || continue
    ps -p "$pid" -o args= | grep -qF "$cache/run-$port/" || continue # the number is another process's by now
    kill "-$signal" "$pid" 2>/dev/null || continue
    while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
  done
}

verb=${1:-}
[ $# -eq 0 ] || shift
for port in "$@"; do [[ $port =~ ^[0-9]+$ ]] || usage; done
cache=$(cache_folder)
mkdir -p "$cache"
cache=$(cd "$cache" && pwd -P)
case $verb:$# in
fetch:0) fetch ;;
*:0) usage ;;
start:*) start "$@" ;;
stop:*) halt TERM "$@" ;;
kill:*) halt KILL "$@" ;;
remove:*)
  halt KILL "$@"
  for port in "$@"; do rm -rf "${cache:?}/run-$port"; done
  ;;
folder:1) echo "$cache/run-$1" ;;
*) usage ;;
esac
