#!/usr/bin/env bash
# The same host three times, bare, with Spring Security and with Sallyport, under wrk (HTTP/1.1) and h2load (HTTP/2).
#
#   benchmarks/hosts.sh [rounds] [seconds]      # 5 rounds, 5 seconds for each figure: an hour and a half
#
# The same for an application of Spring Boot, which knows all schemes at once, and its lines of code:
#
#   HOSTS="boot-bare boot-spring-security boot-sallyport" SCHEMES="session token jwt-rs256" benchmarks/hosts.sh
#
# The same on an event loop: HOSTS="vertx-bare vertx-sallyport", or webflux-bare and webflux-sallyport.
#
# SCHEMES and HOSTS choose what is measured (see below), JAVA_HOME the JDK, JAVA_OPTIONS the options of all hosts, PORT
# the first of two ports. BUILD=no leaves out the build.
set -euo pipefail
export LC_ALL=C

rounds=${1:-5}
seconds=${2:-5}
schemes=${SCHEMES:-session token jwt-hs256 jwt-rs256 basic}
# Also: spring-security-headerless, sallyport-forgetful (remembers neither passwords nor JWTs that it has seen).
hosts=${HOSTS:-bare spring-security sallyport}
port=${PORT:-18080}
options=${JAVA_OPTIONS:--Xmx512m}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
page=https://127.0.0.1:$port/json
stats=http://127.0.0.1:$((port + 1))
here=$(cd "$(dirname "$0")" && pwd)

fail() {
  echo "hosts.sh: $*" >&2
  exit 1
}

for tool in wrk h2load curl keytool mvn; do
  command -v "$tool" > /dev/null || fail "$tool is missing. Debian has wrk, nghttp2-client (h2load), curl"
done

work=$(mktemp -d)
host=
stop() {
  if [ -n "$host" ]; then
    kill "$host" 2> /dev/null || true
    wait "$host" 2> /dev/null || true
    host=
  fi
}
trap 'stop; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

build() {
  local each modules=benchmarks/hosts/bare
  for each in $hosts; do
    modules+=,benchmarks/hosts/$(module "$each")
  done
  (cd "$here/.." && mvn -q -B -Pbenchmarks -Dhosts=none -am -pl "$modules" package \
    -Dmaven.test.skip -Dmaven.javadoc.skip -Dmaven.source.skip -Dcyclonedx.skip)
}

module() { # host
  case $1 in
    bare) echo bare ;;
    boot-*) echo "${1/-//}" ;;
    spring-security*) echo spring-security ;;
    sallyport*) echo sallyport ;;
    vertx-bare | vertx-sallyport) echo vertx ;;
    webflux-bare | webflux-sallyport) echo webflux ;;
    *) fail "No host $1" ;;
  esac
}

class_path() { # module
  echo "$here/hosts/$1/target/*:$here/hosts/$1/target/lib/*"
}

# Starts a host, and sets line to the header field that it asks for.
start() { # host scheme
  local module main=dev.sallyport.benchmarks.hosts word=
  module=$(module "$1")
  case $module in
    boot/bare) main=$main.boot.Run ;;
    boot/spring-security) main=$main.boot.spring.Run ;;
    boot/sallyport) main=$main.boot.own.Run ;;
    bare) main=$main.BareHost ;;
    spring-security) main=$main.spring.SpringSecurityHost ;;
    sallyport) main=$main.own.SallyportHost ;;
    vertx) main=$main.vertx.VertxHost ;;
    webflux) main=$main.webflux.WebFluxHost ;;
  esac
  case $1 in
    vertx-bare | webflux-bare) word=bare ;;
    *-headerless) word=headerless ;;
    *-forgetful) word=forgetful ;;
  esac
  rm -f "$work/line"
  mkfifo "$work/line"
  local began ready
  began=$(date +%s%N)
  # shellcheck disable=SC2086 # options and word may be several words, or none
  "$java" $options -Djava.io.tmpdir="$work" -cp "$(class_path "$module")" "$main" "$port" "$2" "$work" $word \
    > "$work/line" 2> "$work/log" &
  host=$!
  read -r line < "$work/line" || fail "$1 doesn't start: $(cat "$work/log")"
  ready=$(date +%s%N)
  local resident heap
  resident=$(awk '/^VmRSS/ { print $2 }' "/proc/$host/status")
  heap=$(curl -sf "$stats/heap")
  echo "start $1 $(((ready - began) / 1000)) $resident $heap" >> "$work/figures"
}

# Sees that the host lets the one through, and nobody else.
check() { # host
  local good wrong none
  good=$(curl -ks -o /dev/null -w '%{http_code}' -H "$line" "$page")
  wrong=$(curl -ks -o /dev/null -w '%{http_code}' -H "${line%?????}00000" "$page")
  none=$(curl -ks -o /dev/null -w '%{http_code}' "$page")
  [ "$good" = 200 ] || fail "$1 answers $good to good credentials"
  if [ "${1#*-}" != bare ] && { [ "$wrong" = 200 ] || [ "$none" = 200 ]; }; then
    fail "$1 answers $wrong to wrong credentials, and $none to none"
  fi
}

# Each prints the requests, the rate, and the 99th percentile in microseconds. Both have eight requests in flight.
http1() { # seconds
  wrk -t1 -c8 -d"$1"s --latency -H "$line" -H 'User-Agent: benchmark' "$page" > "$work/said"
  ! grep -qE 'Non-2xx|Socket errors' "$work/said" || fail "wrk says: $(cat "$work/said")"
  awk '
    / requests in / { requests = $1 }
    /^Requests\/sec/ { rate = $2 }
    $1 == "99%" { p99 = $2 * ($2 ~ /us$/ ? 1 : $2 ~ /ms$/ ? 1e3 : 1e6) }
    END { print requests, rate, p99 }' "$work/said"
}

http2() { # seconds
  rm -f "$work/each"
  h2load -t1 -c2 -m4 -D "$1" --log-file="$work/each" -H "$line" -H 'user-agent: benchmark' "$page" > "$work/said"
  grep -q 'Application protocol: h2' "$work/said" || fail "No HTTP/2: $(cat "$work/said")"
  awk '/^status codes/ { exit $5 + $7 + $9 > 0 }' "$work/said" || fail "h2load says: $(cat "$work/said")"
  local requests
  requests=$(wc -l < "$work/each")
  cut -f3 "$work/each" | sort -n | awk -v n="$requests" -v seconds="$1" '
    NR == int(n * 0.99) { p99 = $1 }
    END { print n, n / seconds, p99 }'
}

# Lasts until the JVM compiles for less than a tenth of the time. On two processors, Spring's takes half a minute, in
# which it serves a tenth of what it serves afterwards.
warm_up() { # protocol
  local i before after
  for ((i = 0; i < 20; i++)); do
    before=$(curl -sf "$stats/compiling")
    "$1" 5 > /dev/null
    after=$(curl -sf "$stats/compiling")
    if [ $((after - before)) -lt 500 ]; then
      return
    fi
  done
  echo "hosts.sh: the JVM is still compiling after 100 seconds" >&2
}

measure() { # host scheme protocol
  warm_up "$3"
  local before said after
  before=$(curl -sf "$stats/stats")
  said=$("$3" "$seconds")
  after=$(curl -sf "$stats/stats")
  echo "$before $after $said" | awk -v what="$3 $2 $1" '
    { print "load", what, $6, $7, ($3 - $1) / $5, ($4 - $2) / $5 / 1e3 }' >> "$work/figures"
}

jars() { # host
  local module
  module=$(module "$1")
  find "$here/hosts/$module/target/lib" ! -name '*bare-host-*' -name '*.jar' -printf '%s\n' | awk -v who="$1" '
    { size += $1 }
    END { print "jars", who, NR, size }' >> "$work/figures"
}

# What an application's author writes: code and settings without imports, comments and what only measures.
lines() { # host
  local module
  module=$(module "$1")
  [ "${module%/*}" = boot ] || return 0
  find "$here/hosts/$module/src/main" -name '*.java' ! -name Run.java ! -name BootHost.java ! -name KeySet.java \
    ! -name package-info.java -o -name '*.properties' | xargs cat |
    awk -v who="$1" '!/^ *($|\/\/|\/?\*|package |import )/ { n++ } END { print "lines", who, n }' >> "$work/figures"
}

report() {
  local bare
  bare=$(tr ' ' '\n' <<< "$hosts" | grep -m 1 'bare$' || echo bare)
  awk -v hosts="$hosts" -v schemes="$schemes" -v without="$bare" '
    function add(key, value) { values[key] = values[key] " " value }
    function median(key,    a, n, i, j, t) {
      n = split(values[key], a, " ")
      for (i = 2; i <= n; i++) {
        for (j = i; j > 1 && a[j - 1] + 0 > a[j] + 0; j--) { t = a[j]; a[j] = a[j - 1]; a[j - 1] = t }
      }
      return n % 2 ? a[(n + 1) / 2] : (a[n / 2] + a[n / 2 + 1]) / 2
    }
    function share(what, scheme, ours, theirs,    bare, added) {
      bare = median(what scheme without)
      added = median(what scheme theirs) - bare
      return added > 0 ? sprintf("%.2f", (median(what scheme ours) - bare) / added) : "–"
    }
    function has(scheme, host) { return ("time" scheme host) in values }
    $1 == "load" {
      key = " " $2 " " $3 " " $4
      add("rate" key, $5); add("time" key, 1e6 / $5); add("p99" key, $6); add("bytes" key, $7); add("cpu" key, $8)
    }
    $1 == "start" { add("start " $2, $3); add("resident " $2, $4); add("heap " $2, $5) }
    $1 == "jars" { count[$2] = $3; size[$2] = $4 }
    $1 == "lines" { lines[$2] = $3 }
    END {
      names["http1"] = "HTTP/1.1"; names["http2"] = "HTTP/2"
      protocols = split("http1 http2", p, " "); s = split(schemes, scheme, " "); h = split(hosts, who, " ")
      print "| protocol | scheme | host | requests a second | µs a request | : bare | p99, ms | CPU µs a request | bytes a request |"
      print "|---|---|---|---|---|---|---|---|---|"
      for (i = 1; i <= protocols; i++) for (j = 1; j <= s; j++) for (k = 1; k <= h; k++) {
        key = " " p[i] " " scheme[j] " " who[k]
        if (!(("rate" key) in values)) continue
        bare = "time " p[i] " " scheme[j] " " without
        printf "| %s | %s | %s | %.0f | %.2f | %s | %.2f | %.2f | %.0f |\n", names[p[i]], scheme[j], who[k],
          median("rate" key), median("time" key), (bare in values ? sprintf("%.2f", median("time" key) / median(bare)) : "–"),
          median("p99" key) / 1e3, median("cpu" key), median("bytes" key)
      }
      print "\n| protocol | scheme | what this adds | : what this adds | time | CPU time | bytes |"
      print "|---|---|---|---|---|---|---|"
      for (i = 1; i <= protocols; i++) for (j = 1; j <= s; j++) for (k = 1; k <= h; k++) for (l = 1; l <= h; l++) {
        key = " " p[i] " " scheme[j] " "
        if (who[k] !~ /sallyport/ || who[l] !~ /spring/ || !has(key, who[k]) || !has(key, who[l]) || !has(key, without)) continue
        printf "| %s | %s | %s | %s | %s | %s | %s |\n", names[p[i]], scheme[j], who[k], who[l],
          share("time", key, who[k], who[l]), share("cpu", key, who[k], who[l]), share("bytes", key, who[k], who[l])
      }
      print "\n| host | start, ms | : bare | resident, MB | heap after a collection, MB | JARs | their size, kB | lines of code |"
      print "|---|---|---|---|---|---|---|---|"
      for (k = 1; k <= h; k++) printf "| %s | %.0f | %s | %.0f | %.1f | %d | %.0f | %s |\n", who[k],
        median("start " who[k]) / 1e3,
        (("start " without) in values ? sprintf("%.2f", median("start " who[k]) / median("start " without)) : "–"),
        median("resident " who[k]) / 1e3, median("heap " who[k]) / 1e6, count[who[k]], size[who[k]] / 1e3,
        (who[k] in lines ? lines[who[k]] : "–")
    }' "$work/figures"
}

[ "${BUILD:-}" = no ] || build
"$java" -cp "$(class_path bare)" dev.sallyport.benchmarks.hosts.IssuedJwt "$work"
keytool -genkeypair -keyalg EC -groupname secp256r1 -alias host -dname CN=localhost -validity 2 \
  -storetype PKCS12 -keystore "$work/host.p12" -storepass changeit 2> /dev/null

read -ra order <<< "$hosts"
for ((round = 1; round <= rounds; round++)); do
  for scheme in $schemes; do
    for each in "${order[@]}"; do
      case $each/$scheme in
        *-forgetful/session | *-forgetful/token) continue ;; # there is nothing to forget
      esac
      echo "round $round of $rounds: $scheme, $each" >&2
      start "$each" "$scheme"
      check "$each"
      measure "$each" "$scheme" http1
      measure "$each" "$scheme" http2
      stop
    done
  done
  order=("${order[@]:1}" "${order[0]}") # nobody is always the first
done
for each in $hosts; do
  jars "$each"
  lines "$each"
done
"$java" -version 2>&1 | head -n1
report
