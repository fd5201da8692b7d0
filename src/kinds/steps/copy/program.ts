/** What runs where the second place is, in POSIX sh; `root` is the folder of the set's name there. Ends with 3: not to be written. */
const READY = String.raw`
#: ready
# A place that is not mounted is not made: the copy would lie on the disk that it is to survive.
ls -d -- "${"$"}{root%/*}" >/dev/null || exit 3
(umask 077 && mkdir -p -- "$root") && : >"$root/.writable" && rm -f -- "$root/.writable" || exit 3
df -Pk -- "$root" | awk 'NR == 2 { printf "room %.0f\n", $4 * 1024 }'
cd -- "$root" || exit 3
for set in r????????-??????-???????? .copying-r????????-??????-????????; do
  [ ! -d "$set" ] || printf 'has %s\n' "$set"
done
`;

/** Every digest, of the list too; then the name under which it counts. Prints what is wrong, and ends with 1. */
const SEAL = String.raw`
#: seal
cd -- "$root/$at" 2>/dev/null || { echo "$at is not there"; exit 1; }
[ "$(sha256sum <manifest.json | cut -d ' ' -f 1)" = "$digest" ] || { echo manifest.json; exit 1; }
for list in *.sums; do
  part=${"$"}{list%.sums}
  grep -qF "\"sums\": \"$(sha256sum <"$list" | cut -d ' ' -f 1)\"" manifest.json || { echo "$list"; exit 1; }
  [ ! -s "$list" ] || { (cd -- "$part" && sha256sum --quiet -c "../$list") 2>&1 | head -n 3 | grep . && exit 1; }
  [ "$(find "./$part" -type f | wc -l)" -eq "$(wc -l <"$list")" ] || { echo "$part: files are missing or too many"; exit 1; }
done
[ "$(grep -c '"sums": "' manifest.json)" -eq "$(ls -- *.sums | wc -l)" ] || { echo "parts are missing"; exit 1; }
cd -- "$root" || exit 1
[ "$at" = "$id" ] && exit 0
sync -f -- "$at" 2>/dev/null || sync
[ ! -e "$id" ] || { echo "$id is there already, and is another"; exit 1; }
mv -T -- "$at" "$id" || exit 3
sync -f -- . 2>/dev/null || sync
`;

/**
 * Brings what broke off before, what is newer than the newest there, and this run's set, the oldest first: what breaks off
 * here is still the next one's. One that cannot be brought keeps no other one, and fails the step in the end. Values:
 * WB_REPOSITORY, WB_SET_ID; words: `there`, `send`.
 */
export const COPY = String.raw`
tell() { printf 'root=%s at=%s id=%s digest=%s\n' "$(word "$WB_THERE")" "$1" "$2" "$3"; }
word() { printf "'"; printf %s "$1" | sed "s/'/'\\\\''/g"; printf "'"; }
said=$WATCHBOOK_ATTEMPT/said
ready=$( { tell - - -; cat <<'WB_READY'
${READY}
WB_READY
} | there 2>"$said") || refuse backup-copy-place "place=$WB_AT" "detail=$(head -c 500 "$said")"
room=$(printf '%s\n' "$ready" | sed -n 's/^room //p')
newest=$(printf '%s\n' "$ready" | sed -n 's/^has r/r/p' | tail -n 1)
has() { printf '%s\n' "$ready" | grep -qxF "has $1"; }
seal() {
  { tell "$1" "$2" "$3"; cat <<'WB_SEAL'
${SEAL}
WB_SEAL
} | there 2>"$said"
}
digest_of() { sha256sum <"$WB_REPOSITORY/$1/manifest.json" | cut -d ' ' -f 1; }
copy() {
  id=$1
  digest=$(digest_of "$id")
  # Said before the first byte: what lies there of it already is not counted.
  if ! has ".copying-$id"; then
    need=$(du -sb -- "$WB_REPOSITORY/$id" | cut -f 1)
    # A place that does not say its room is not full for that.
    if [ -z "$room" ]; then say backup-room-untold "path=$WB_AT" "need=$need"
    else
      [ "$need" -le "$room" ] || refuse backup-copy-room "place=$WB_AT" "need=$need" "available=$room"
      room=$((room - need))
    fi
  fi
  # What is the same as in the newest there need not travel; every digest is read there anyway.
  send "$WB_REPOSITORY/$id" ".copying-$id" ${"$"}{newest:+"--link-dest=../$newest"} 2>"$said" >/dev/null ||
    refuse backup-copy-cut "set=$id" "place=$WB_AT" "detail=$(tail -n 3 "$said" | head -c 500)"
  bad=$(seal ".copying-$id" "$id" "$digest") && return 0
  # A file that broke off may have the right length and time: read all of it, once.
  send "$WB_REPOSITORY/$id" ".copying-$id" --checksum 2>"$said" >/dev/null ||
    refuse backup-copy-cut "set=$id" "place=$WB_AT" "detail=$(tail -n 3 "$said" | head -c 500)"
  bad=$(seal ".copying-$id" "$id" "$digest") ||
    refuse backup-copy-damaged "set=$id" "place=$WB_AT" "detail=$bad $(tail -n 2 "$said" | head -c 300)"
}
copied=
failed=
wanted=
for id in $(cd -- "$WB_REPOSITORY" && ls -1d -- r????????-??????-????????); do
  [ -e "$WB_REPOSITORY/$id/manifest.json" ] && ! has "$id" || continue
  if [ "$id" = "$WB_SET_ID" ] || has ".copying-$id"; then :
  elif [ -n "$newest" ] && [ "$(printf '%s\n%s\n' "$newest" "$id" | LC_ALL=C sort | tail -n 1)" = "$newest" ]; then continue
  fi
  wanted="$wanted $id"
done
# An increment is worth nothing without what it stands on, however old that is.
bases() { grep -o '"BASE": "r[0-9]*-[0-9]*-[0-9a-f]*"' "$WB_REPOSITORY/$1/manifest.json" 2>/dev/null | cut -d '"' -f 4; }
with_bases() {
  for base in $(bases "$1"); do
    case " $wanted " in *" $base "*) continue ;; esac
    if has "$base"; then :
    elif [ -e "$WB_REPOSITORY/$base/manifest.json" ]; then wanted="$wanted $base"
    else
      failed="$failed $1"
      say backup-link "set=$1" "base=$base"
      continue
    fi
    with_bases "$base"
  done
}
for id in $wanted $WB_SET_ID; do with_bases "$id"; done
for id in $(printf '%s\n' $wanted | LC_ALL=C sort -u); do
  # What its tool keeps elsewhere would not come along.
  for part in $WB_ELSEWHERE; do
    [ ! -d "$WB_REPOSITORY/$id/$part" ] || refuse backup-copy-elsewhere "part=$part"
  done
  if (copy "$id"); then copied="$copied $id"
  else failed="$failed $id"
  fi
done
[ -z "$failed" ] || exit 70
[ -d "$WB_REPOSITORY/$WB_SET_ID" ] || refuse backup-no-set "set=$WB_SET_ID" "path=$WB_REPOSITORY" "known=-"
digest=$(digest_of "$WB_SET_ID")
bad=
case " $copied " in
  *" $WB_SET_ID "*) ;;
  *) bad=$(seal "$WB_SET_ID" "$WB_SET_ID" "$digest") ||
    refuse backup-copy-damaged "set=$WB_SET_ID" "place=$WB_AT" "detail=$bad $(tail -n 2 "$said" | head -c 300)" ;;
esac
# What broke off, and is no set here any more, is nobody's.
stale=
for name in $(printf '%s\n' "$ready" | sed -n 's/^has \.copying-//p'); do
  [ -d "$WB_REPOSITORY/$name" ] || stale="$stale .copying-$name"
done
[ -z "$stale" ] || { tell - - -; printf 'gone=%s\n#: gone\ncd -- "$root" && rm -rf -- $gone\n' "$(word "$stale")"; } | there >/dev/null 2>"$said" ||
  refuse backup-copy-place "place=$WB_AT" "detail=$(head -c 500 "$said")"
fact DIGEST "$digest"
fact COPIED "${"$"}{copied# }"
`;
