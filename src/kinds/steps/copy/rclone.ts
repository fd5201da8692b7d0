import { assignments } from "../../targets/receipt/assign.ts";

/** A place of objects, as rclone's own configuration on the target names it. */
export interface Objects {
  readonly to: string;
  readonly config?: string | undefined;
  readonly limit?: number | undefined;
}

/**
 * `rc WORDS…`: rclone without questions; nothing is made that is not there, and credentials are in rclone's own file. A place that
 * has nothing below a name says the same as one that has not that name (3): both are nothing.
 */
const RCLONE = String.raw`
rc() {
  RCLONE_S3_NO_CHECK_BUCKET=true rclone --quiet --retries 2 --low-level-retries 3 --contimeout 20s --timeout 60s \
    --use-server-modtime ${"$"}{WB_RCLONE:+"--config=$WB_RCLONE"} ${"$"}{WB_LIMIT:+"--bwlimit=${"$"}{WB_LIMIT}k"} "$@"
}
names() {
  listed=$(rc lsf -R --files-only --include "$1" "$WB_THERE" 2>&1 </dev/null)
  ended=$?
  case $ended in
    0) printf '%s\n' "$listed" ;;
    3) case $listed in *NoSuchBucket* | *"didn't find section"*) printf '%s\n' "$listed" >&2 && return 3 ;; esac ;;
    *) printf '%s\n' "$listed" >&2 && return 3 ;;
  esac
}
`;

/**
 * The same words as of a folder. A set is two objects: `set.tar`, and `manifest.json`, which comes last and is what makes it one;
 * owners, modes and links are in the archive, since no object has them. What the programs of a place begin with (`#: WORD`) says
 * what is to be done; the lines before it are its values.
 */
const WORDS = String.raw`
there() {
  program=$(cat)
  eval "$(printf '%s\n' "$program" | sed '/^#: /,$d')"
  "at_$(printf '%s\n' "$program" | sed -n 's/^#: //p' | head -n 1)"
}
# The same folder is the same archive.
packed() {
  (cd -- "$1" && find . -mindepth 1 -maxdepth 1 ! -name 'hold-*' ! -name restored.json ! -name '.restored-*' -print0) | LC_ALL=C sort -z |
    tar -C "$1" --null -T - --sort=name --format=posix --pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime \
      --numeric-owner --acls --xattrs --sparse -cf - 2>"$WATCHBOOK_ATTEMPT/packed"
}
send() {
  packed "$1" | rc rcat "$WB_THERE/${"$"}{2#.copying-}/set.tar"
}
fetch() {
  mkdir -p -- "$2" || return 1
  rm -f -- "$2.cut"
  { rc cat "$WB_THERE/$1/set.tar" || : >"$2.cut"; } | tar -C "$2" --numeric-owner --acls --xattrs -xpf - && [ ! -e "$2.cut" ]
}
at_ready() {
  found=$(names '/r*/{manifest.json,set.tar}') || return 3
  # It grows with what is brought there.
  echo 'room 9000000000000000000'
  printf '%s\n' "$found" | sed -n 's,^\(r[^/]*\)/set\.tar$,\1,p' | LC_ALL=C sort | while read -r name; do
    if printf '%s\n' "$found" | grep -qxF "$name/manifest.json"; then printf 'has %s\n' "$name"
    else printf 'has .copying-%s\n' "$name"
    fi
  done
}
# Every byte of it is read there; then it gets what makes it a set.
at_seal() {
  [ "$(rc cat "$WB_THERE/$id/set.tar" | sha256sum)" = "$(packed "$WB_REPOSITORY/$id" | sha256sum)" ] ||
    { echo "set.tar $(head -n 2 "$WATCHBOOK_ATTEMPT/packed")"; return 1; }
  [ "$at" = "$id" ] || rc copyto "$WB_REPOSITORY/$id/manifest.json" "$WB_THERE/$id/manifest.json" || return 3
  [ "$(rc cat "$WB_THERE/$id/manifest.json" | sha256sum | cut -d ' ' -f 1)" = "$digest" ] || { echo manifest.json; return 1; }
}
# No longer a set from the moment without its manifest. One that somebody began to restore from meanwhile stays.
at_gone() {
  for id in $gone; do
    case $id in
      .copying-*) ;;
      *)
        held=$(rc lsf --files-only --include '/hold-*' "$WB_THERE/$id" </dev/null)
        case $? in 0 | 3) ;; *) return 3 ;; esac
        [ -z "$held" ] || continue
        ;;
    esac
    name=$id
    id=${"$"}{id#.copying-}
    rc deletefile "$WB_THERE/$id/manifest.json" 2>/dev/null
    rc purge "$WB_THERE/$id" || return 3
    printf 'gone %s\n' "$name"
  done
}
at_hold() {
  for id in $ids; do
    case $how in
      hold) printf 'held\n' | rc rcat "$WB_THERE/$id/$hold" || return 1 ;;
      *) rc deletefile "$WB_THERE/$id/$hold" 2>/dev/null ;;
    esac
  done
  return 0
}
at_let() { rc delete --include "/r*/$hold" "$WB_THERE"; }
at_prove() { printf '%s\n' "$proof" | rc rcat "$WB_THERE/$id/restored.json"; }
# It is brought here to be looked at.
at_look() {
  look=$WATCHBOOK_ATTEMPT/look
  trap 'rm -rf -- "$look"' EXIT
  fetch "$id" "$look/$id" || { echo "set.tar"; return 1; }
  {
    printf '%s\n' "$program" | sed '/^#: /,$d'
    printf 'root=%s\n' "$(word "$look")"
    printf '%s\n' "$program" | sed '1,/^#: /d'
  } | sh -s
}
`;

/** What a set is there, line by line as of a folder. Values: WB_THERE, WB_RCLONE. Of a proof that is not read the line is empty. */
const LIST = String.raw`
found=$(names '/r*/{manifest.json,restored.json,hold-*}') || exit 1
printf '%s\n' "$found" | sed -n 's,^\(r[0-9-]*[0-9a-f]*\)/manifest\.json$,\1,p' | LC_ALL=C sort | while read -r set; do
  printf 'set %s\nmanifest %s\n' "$set" "$(rc cat "$WB_THERE/$set/manifest.json" </dev/null | base64 | tr -d '\n')"
  if printf '%s\n' "$found" | grep -qxF "$set/restored.json"; then
    proof=$(rc cat "$WB_THERE/$set/restored.json" </dev/null) || proof=
    printf 'restored %s\n' "$(printf %s "$proof" | base64 | tr -d '\n')"
  fi
  printf '%s\n' "$found" | sed -n "s,^$set/hold-\(r[a-zA-Z0-9]\{8\}-[a-zA-Z0-9]\{6\}-[a-zA-Z0-9]\{8\}\)\$,hold \1,p"
done
`;

const values = ({ to, config, limit }: Objects, set: string): string =>
  assignments({
    WB_AT: to,
    WB_THERE: `${to.replace(/\/$/, "")}/${set}`,
    WB_RCLONE: config ?? "",
    WB_LIMIT: limit === undefined ? "" : String(limit),
  });

/** As `wordsOf` of the other places. */
export const objectWords = (place: Objects, set: string): string => values(place, set) + RCLONE + WORDS;

/** What lists the sets there, as words to be executed on the target. */
export const objectList = (place: Objects, set: string): readonly string[] => [
  "sh",
  "-c",
  `LC_ALL=C\nexport LC_ALL\n${values(place, set)}${RCLONE}${LIST}`,
];
