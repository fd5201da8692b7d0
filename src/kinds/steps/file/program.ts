/** What both programs of files know. POSIX sh (IEEE 1003.1-2017) with stat, mv -T, readlink -f, base64 of GNU or busybox. */
const COMMON = String.raw`
flush() { sync "$@" 2>/dev/null || sync; }
folder_of() {
  folder=${"$"}{1%/*}
  [ -n "$folder" ] || folder=/
  echo "$folder"
}
# Puts a copy with its owner and permissions aside, for an undo; the first one of an attempt counts.
keep() {
  printf '%s\n' "$1" >"$WATCHBOOK_ATTEMPT/$2.path"
  if [ -e "$1" ]; then
    cp -p "$1" "$WATCHBOOK_ATTEMPT/$2" || return 1
    stat -c '%a %u %g' "$1" >"$WATCHBOOK_ATTEMPT/$2.owner" || return 1
    flush "$WATCHBOOK_ATTEMPT/$2" "$WATCHBOOK_ATTEMPT/$2.owner"
  fi
  flush "$WATCHBOOK_ATTEMPT/$2.path" "$WATCHBOOK_ATTEMPT"
}
# Says where the copy lies when the run is over and its receipts are swept.
stay() {
  run=${"$"}{WATCHBOOK_ATTEMPT%/*}
  state=${"$"}{run%/*}
  there=${"$"}{state%/*}/kept/${"$"}{run##*/}/${"$"}{WATCHBOOK_ATTEMPT##*/}
  mkdir -p "$there" || return 1
  # Made by root for another login, it is that login's to remove.
  chown "$(stat -c '%u:%g' "$state")" "${"$"}{state%/*}/kept" "${"$"}{there%/*}" "$there" 2>/dev/null
  if [ -e "$WATCHBOOK_ATTEMPT/was" ]; then
    ln -f "$WATCHBOOK_ATTEMPT/was" "$there/was" 2>/dev/null || cp -p "$WATCHBOOK_ATTEMPT/was" "$there/was" || return 1
    flush "$there"
  fi
  echo "$there/was"
}
`;

/** Wants WB_PATH, WB_FOLLOW, WB_MODE, WB_OWNER, WB_GROUP, WB_BACKUP, WB_DIFF, WB_SIZE, and `content` on its output. */
const INSTALL = String.raw`
path=$WB_PATH
if [ -L "$path" ]; then
  [ "$WB_FOLLOW" = yes ] || refuse file-is-link "path=$path" "to=$(readlink "$path")"
  path=$(readlink -f "$path") || refuse file-is-link "path=$WB_PATH" "to=$(readlink "$WB_PATH")"
fi
folder=$(folder_of "$path")
[ -d "$folder" ] || refuse file-parent-missing "path=$path" "folder=$folder"
[ -e "$path" ] && [ ! -f "$path" ] && refuse file-not-regular "path=$path"
new=$folder/.watchbook.$$
trap 'rm -f "$new"' EXIT
trap 'exit 71' HUP INT TERM
# Nobody else's file, nor a link laid out for us, is written to.
error=$( { set -C; content >"$new"; } 2>&1) || refuse file-not-written "path=$path" "detail=$error"
[ "$(wc -c <"$new")" -eq "$WB_SIZE" ] || refuse file-not-written "path=$path" "detail=$(df -Ph "$folder" | tail -n 1)"
if [ -e "$path" ]; then
  set -- $(stat -c '%a %u %g' "$path")
  mode=${"$"}{WB_MODE:-$1} owner=${"$"}{WB_OWNER:-$2} group=${"$"}{WB_GROUP:-$3}
  cp --attributes-only --preserve=xattr "$path" "$new" 2>/dev/null || :
else
  mode=${"$"}{WB_MODE:-0644} owner=$WB_OWNER group=$WB_GROUP
fi
if [ -n "$owner$group" ] && [ "$(stat -c '%u:%g' "$new")" != "$owner:$group" ]; then
  error=$(chown "$owner${"$"}{group:+:$group}" "$new" 2>&1) || refuse file-not-owned "path=$path" "owner=$owner:$group" "detail=$error"
fi
chmod "$mode" "$new" || refuse file-not-written "path=$path" "detail=chmod $mode"
give SHA256 "$(sha256sum <"$new" | cut -d ' ' -f 1)"
if [ -e "$path" ] && cmp -s "$path" "$new" && [ "$(stat -c '%a %u %g' "$path")" = "$(stat -c '%a %u %g' "$new")" ]; then
  give CHANGED no
  say file-unchanged "path=$path"
  exit 0
fi
if [ "$WB_DIFF" = yes ] || { [ "$WB_DIFF" = auto ] && [ $((0$(stat -c %a "$new") & 4)) -ne 0 ]; }; then
  old=/dev/null
  [ -e "$path" ] && old=$path
  diff -u -L "$path" -L "$path" "$old" "$new"
fi
if [ "$WB_BACKUP" = yes ]; then
  keep "$path" was && backup=$(stay) || refuse file-not-kept "path=$path"
  give BACKUP "$backup"
fi
flush "$new"
error=$(mv -fT "$new" "$path" 2>&1) || refuse file-not-replaced "path=$path" "detail=$error"
flush "$folder"
give CHANGED yes
`;

/** Brings back what the first attempt of the step found. Wants WB_PATH. */
export const RESTORE = String.raw`${COMMON}
found=$(first_with was.path)
if [ -z "$found" ]; then
  earlier | while read -r one; do cat "$one/output" 2>/dev/null; done | grep -q '^CHANGED=yes' &&
    refuse file-no-backup "path=$WB_PATH"
  # No attempt came as far as to change anything.
  say file-untouched "path=$WB_PATH"
  exit 0
fi
path=$(cat "$found/was.path")
keep "$path" replaced || refuse file-not-kept "path=$path"
folder=$(folder_of "$path")
if [ ! -e "$found/was" ]; then
  rm -f "$path" || refuse file-not-replaced "path=$path" detail=rm
  flush "$folder"
  say file-removed "path=$path"
  exit 0
fi
new=$folder/.watchbook.$$
trap 'rm -f "$new"' EXIT
trap 'exit 71' HUP INT TERM
read -r mode owner group <"$found/was.owner"
( set -C; : >"$new" ) && cp -p "$found/was" "$new" || refuse file-not-written "path=$path" "detail=$(df -Ph "$folder" | tail -n 1)"
chown "$owner:$group" "$new" 2>/dev/null || [ "$(stat -c '%u %g' "$new")" = "$owner $group" ] || refuse file-not-owned "path=$path" "owner=$owner:$group" detail=chown
chmod "$mode" "$new" || refuse file-not-written "path=$path" "detail=chmod $mode"
flush "$new"
error=$(mv -fT "$new" "$path" 2>&1) || refuse file-not-replaced "path=$path" "detail=$error"
flush "$folder"
say file-restored "path=$path"
`;

/** The program that installs this content. It stands in the text: an environment would not carry it. */
export const install = (content: Uint8Array): string =>
  `${COMMON}content() {\nbase64 -d <<'WB_CONTENT'\n${lines(Buffer.from(content).toString("base64"))}WB_CONTENT\n}\n${INSTALL}`;

/** The program that installs what WB_CONTENT holds, base64: values that must not lie on the target's disk before. */
export const INSTALL_FILLED = `${COMMON}content() { printf %s "$WB_CONTENT" | base64 -d; }\n${INSTALL}`;

/** Shells and tools read short lines best. */
const lines = (text: string): string => (text.match(/.{1,76}/g) ?? []).map((line) => `${line}\n`).join("");
