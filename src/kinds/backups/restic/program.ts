/**
 * Words of restic's programs. restic 0.14 says little with its exit status: an id it does not know is only a remark of
 * `forget`, and a plain `check` passes damaged packs. Opening a repository costs half a second by design (scrypt), so it
 * is opened once for each thing that is done, and only a failure is looked into.
 */
export const RESTIC = String.raw`
closed() { refuse backup-restic-closed "repository=$WB_REPOSITORY_AT" "detail=$1"; }
said() { grep -v '^[[:space:]]*$' "$1" | head -c 4096 | tail -n 3; }
# Does it; tells a repository that does not open from what goes wrong in one: "attempt FILE REASON RESTIC...".
attempt() {
  said=$1 reason=$2
  shift 2
  restic_at "$@" 2>"$said" && rm -f -- "$said" && return 0
  detail=$(said "$said")
  rm -f -- "$said"
  opens=$(restic_at --no-cache --no-lock cat config 2>&1 >/dev/null) ||
    closed "$(printf %s "$opens" | tail -n 3)"
  refuse "$reason" "repository=$WB_REPOSITORY_AT" "detail=$detail"
}
# Id of the key that opens it, as restic marks it.
key_in_use() { restic_at --no-cache --no-lock key list --json | tr '{' '\n' | grep '"current":true' | grep -o '"id":"[0-9a-f]*"'; }
# A second key, kept elsewhere, opens it too, and is another one.
escrowed() {
  [ -n "$WB_ESCROW" ] || return 0
  theirs=$(RESTIC_PASSWORD=$WB_ESCROW && export RESTIC_PASSWORD && key_in_use 2>/dev/null)
  [ -n "$theirs" ] || refuse backup-escrow "path=$WB_REPOSITORY_AT"
  [ "$(key_in_use)" != "$theirs" ] || refuse backup-escrow-same "path=$WB_REPOSITORY_AT"
}
# Snapshots of one part of one set, in JSON, into FILE: "tagged FILE SAID SET PART"; "ids FILE": a line each.
tagged() { attempt "$2" backup-restic --no-cache --no-lock snapshots --json --tag "watchbook-set=$3,watchbook-part=$4" >"$1"; }
ids() { grep -o '"id":"[0-9a-f]\{64\}"' "$1" | cut -d '"' -f 4; }
is_id() {
  case $1 in *[!0-9a-f]*) return 1 ;; esac
  [ "${"$"}{#1}" -eq 64 ]
}
# The snapshot that this copy is.
snapshot() {
  read -r id <"$WB_COPY/snapshot" && is_id "$id" || refuse backup-damaged "detail=$WB_COPY/snapshot"
}
`;

/** Names are relative to the root, so that any place will do to restore to. */
export const TAKE = String.raw`
cd -- "$WB_PATH" 2>/dev/null || refuse backup-no-source "path=$WB_PATH"
said=$WB_COPY.said
told=$WB_COPY.told
printf '%s' "$WB_EXCLUDE" >"$WB_COPY.exclude"
back_up() {
  restic_at backup --json --exclude-file "$WB_COPY.exclude" \
    --tag "watchbook,watchbook-set=$WB_SET_ID,watchbook-part=$WB_PART" . >"$told" 2>"$said"
}
back_up
ended=$?
detail=$(said "$said")
# restic itself refuses to make a repository where there is one.
if [ "$ended" -eq 1 ] && [ "$WB_CREATE" = true ] && restic_at init >/dev/null 2>&1; then
  back_up
  ended=$?
  detail=$(said "$said")
fi
count() { grep -o "\"$1\":[0-9]*" "$told" | tail -n 1 | cut -d : -f 2; }
bytes=$(count total_bytes_processed)
files=$(count total_files_processed)
short=$(grep -o '"snapshot_id":"[0-9a-f]*"' "$told" | tail -n 1 | cut -d '"' -f 4)
rm -f -- "$WB_COPY.exclude" "$told" "$said"
case $ended in
  0) ;;
  3) refuse backup-unreadable "path=$WB_PATH" "detail=$detail" ;;
  *)
    opens=$(restic_at --no-cache --no-lock cat config 2>&1 >/dev/null) || closed "$(printf %s "$opens" | tail -n 3)"
    refuse backup-restic "repository=$WB_REPOSITORY_AT" "detail=$detail"
    ;;
esac
escrowed
tagged "$WB_COPY/snapshot.json" "$said" "$WB_SET_ID" "$WB_PART"
id=
for one in $(ids "$WB_COPY/snapshot.json"); do
  case $one in
    "$short"*) id=$one ;;
    # An attempt that was cut off left it: nothing else bears this set's name.
    *) attempt "$said" backup-restic forget "$one" >/dev/null ;;
  esac
done
[ -n "$short" ] && is_id "$id" || refuse backup-restic "repository=$WB_REPOSITORY_AT" "detail=snapshot $short: $id"
printf '%s\n' "$id" >"$WB_COPY/snapshot" &&
  printf '%s\n' "$WB_REPOSITORY_AT" >"$WB_COPY/repository" || refuse backup-unwritten "path=$WB_COPY"
fact SNAPSHOT "$id"
fact REPOSITORY "$WB_REPOSITORY_AT"
fact PART "$WB_PART"
fact GIVEN "$WB_GIVEN"
fact SOURCE_BYTES "$bytes"
fact SOURCE_FILES "$files"
fact TOOL "$(restic version)"
`;

/**
 * Plain check sees at once which packs are gone (whoever reads one is made to wait for it: restic tries for a minute);
 * then every byte of this snapshot is read and compared with its digest, which `check` does not do for one snapshot.
 */
export const EXAMINE = String.raw`
snapshot
said=$(mktemp) || refuse backup-folder "path=/tmp"
data=
[ "$WB_CHECK" = snapshot ] || data=--read-data
attempt "$said" backup-damaged --no-cache --no-lock check $data >/dev/null
attempt "$said" backup-damaged --no-cache --no-lock dump "$id" / >/dev/null
escrowed
`;

export const RESTORE = String.raw`
snapshot
attempt "$WB_INTO.said" backup-damaged --no-cache --no-lock restore "$id" --target "$WB_INTO" --verify >/dev/null
`;

/** Unpacked beside the list: digests of many files at once are read, not one program started for each. */
export const LIST = String.raw`
snapshot
folder "$WB_LIST.files" ""
trap 'rm -rf -- "$WB_LIST.files"' EXIT
attempt "$WB_LIST.said" backup-damaged --no-cache --no-lock restore "$id" --target "$WB_LIST.files" >/dev/null
sums "$WB_LIST.files" "$WB_LIST"
`;

/**
 * By its id and nothing else: no rule of restic's ever decides. An id that is no id, or that is gone while a snapshot of
 * this very copy is there, is a mistake; both gone: it was forgotten before.
 */
export const FORGET = String.raw`
closed() { refuse backup-restic-away "repository=$WB_REPOSITORY_AT" "detail=$1"; }
said=$(mktemp) && list=$(mktemp) || refuse backup-folder "path=/tmp"
trap 'rm -f -- "$said" "$list"' EXIT
set_id=$(basename -- "$(dirname -- "$WB_COPY")")
is_id "$WB_SNAPSHOT" || refuse backup-restic-id "id=$WB_SNAPSHOT" "set=$set_id"
tagged "$list" "$said" "$set_id" "$WB_PART"
if ids "$list" | grep -qxF "$WB_SNAPSHOT"; then
  attempt "$said" backup-restic forget "$WB_SNAPSHOT" >/dev/null
else
  attempt "$said" backup-restic --no-cache --no-lock list snapshots >"$list.all"
  gone=yes
  [ -z "$(ids "$list")" ] && ! grep -qxF "$WB_SNAPSHOT" "$list.all" || gone=
  rm -f -- "$list.all"
  [ -n "$gone" ] || refuse backup-restic-id "id=$WB_SNAPSHOT" "set=$set_id"
fi
if [ "$WB_PRUNE" = true ] && ! restic_at prune >/dev/null 2>&1; then
  # Locks of the dead only: restic removes no lock of somebody who lives.
  attempt "$said" backup-restic unlock >/dev/null
  attempt "$said" backup-restic prune >/dev/null
fi
`;
