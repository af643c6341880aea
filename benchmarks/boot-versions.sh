#!/usr/bin/env bash
# Sees that the starter changes no version of Spring Boot's: what Maven resolves for the application of hosts/boot
# without the starter, it resolves with it too. Prints what the starter adds.
#
#   benchmarks/boot-versions.sh [options of mvn]      # -o where all has been downloaded; half a minute
set -euo pipefail
export LC_ALL=C

here=$(cd "$(dirname "$0")" && pwd)
(cd "$here/.." && mvn -q -B -Pbenchmarks "$@" -am -pl :boot-bare-host,:boot-sallyport-host process-classes \
  -Dhosts=none -Dspotless.check.skip)

versions() { # host: group, artifact, type, perhaps classifier, version
  sed -n 's/^ *\([^ :]*:[^ ]*\):\(compile\|runtime\)\b.*/\1/p' "$here/hosts/boot/$1/target/versions.txt" | sort
}
without=$(versions bare)
with=$(versions sallyport)
[ -n "$without" ] || {
  echo "boot-versions.sh: Maven has listed nothing" >&2
  exit 1
}
changed=$(comm -23 <(echo "$without") <(echo "$with"))
if [ -n "$changed" ]; then
  echo "With the starter, other versions are resolved than:" >&2
  echo "$changed" >&2
  exit 1
fi
echo "$(wc -l <<< "$without") versions are the same. The starter adds:"
comm -13 <(echo "$without") <(echo "$with")
