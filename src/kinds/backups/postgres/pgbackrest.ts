/** Words: `rest COMMAND…`, `described LABEL` (what `info` says of one copy, sets `$one`), `escrowed LABEL`, `part_of NAME` of it. */
export const REST = String.raw`
# Which of its own repositories: that of the place from which is restored, where each place has one.
WB_REPO=
suffix=
case " $WB_REPOS " in
  '  ') ;;
  *" ${"$"}{WB_PLACE_NUMBER:-1} "*) WB_REPO=$WB_PLACE_NUMBER suffix=_$WB_PLACE_NUMBER ;;
  *) WB_REPO=1 ;;
esac
of() { kept "$WB_COPY" "$1$suffix"; }
is_gone() { case " $WB_GONE " in *" $1 "*) ;; *) return 1 ;; esac; }
rest() {
  case $1 in check) ;; *) set -- ${"$"}{WB_REPO:+"--repo=$WB_REPO"} "$@" ;; esac
  set -- "--stanza=$WB_STANZA" --log-level-file=off "$@"
  client pgbackrest ${"$"}{WB_CONFIG:+"--config=$WB_CONFIG"} "$@"
}
described() {
  info=$(rest info --output=json 2>"$WB_COPY.said") || {
    detail=$(tail -n 2 "$WB_COPY.said")
    rm -f -- "$WB_COPY.said"
    case $detail in *"key '$WB_REPO' is not valid"*) refuse backup-repository-dropped "repository=$WB_REPO" "stanza=$WB_STANZA" "label=$1" ;; esac
    refuse backup-tool-failed "tool=pgbackrest info" "detail=$detail"
  }
  rm -f -- "$WB_COPY.said"
  one=$(printf '%s\n' "$info" | sed 's/"archive":{"start"/\
&/g' | grep -F "\"label\":\"$1\"")
}
# Whoever has only the passphrase that is kept elsewhere can read it: the environment goes before the host's own file.
escrowed() {
  number=${"$"}{WB_REPO:-1}
  eval "escrow=\$WB_ESCROW_$number"
  [ -n "$escrow" ] || escrow=$WB_ESCROW
  [ -n "$escrow" ] || return 0
  case $info in *'"cipher":"none"'*) refuse backup-escrow-plain "path=$WB_STANZA (repo$number)" ;; esac
  theirs=$(
    PGPASSWORD=$escrow
    set -- pgbackrest "--stanza=$WB_STANZA" --log-level-file=off ${"$"}{WB_CONFIG:+"--config=$WB_CONFIG"} "--repo=$number" info --output=json
    client sh -c 'name=$1; shift; export "PGBACKREST_REPO${"$"}{name}_CIPHER_PASS=$PGPASSWORD"; exec "$@"' sh "$number" "$@" 2>/dev/null
  )
  case $theirs in *"\"label\":\"$1\""*) ;; *) refuse backup-escrow "path=$WB_STANZA (repo$number)" ;; esac
}
part_of() { printf '%s\n' "$one" | sed -n "s/.*$1.*/\1/p"; }
`;

/** Its own expiry stays out of it: which sets are kept is decided by their own rule. */
export const TAKE = String.raw`
pg_programs ''
need pgbackrest
folder "$WB_COPY" "$WB_USER"
keep STANZA "$WB_STANZA"
keep CONFIG "$WB_CONFIG"
keep USER "$WB_USER"
asked "SELECT current_setting('server_version_num')::int / 10000 || ' ' || pg_size_bytes(current_setting('wal_segment_size')) || ' ' || (SELECT rolname FROM pg_roles WHERE oid = 10)"
read -r major segment role <<WB_ASKED
$answer
WB_ASKED
keep ROLE "$role"
keep MAJOR "$major"
keep SEGMENT "$segment"
keep REPOS "$WB_REPOS"
copied() {
rest "--type=$WB_TYPE" --no-expire-auto --log-level-console=info backup >"$WB_COPY.said" 2>&1 ||
  refuse backup-tool-failed "tool=pgbackrest backup" "detail=$(grep ERROR "$WB_COPY.said" | head -n 3)"
label=$(sed -n 's/.*new backup label = //p' "$WB_COPY.said" | tail -n 1)
described "$label"
[ -n "$label" ] && [ -n "$one" ] || refuse backup-tool-failed "tool=pgbackrest backup" "detail=no label"
escrowed "$label"
printf '%s\n' "$info" >"$WB_COPY/info$suffix.json"
keep "LABEL$suffix" "$label"
stop=$(part_of '"stop":\([0-9][0-9]*\)},"type"')
keep "STOPPED$suffix" "$(date -u -d "@$stop" +%Y-%m-%dT%H:%M:%SZ)"
keep "STOP_LSN$suffix" "$(part_of '"lsn":{"start":"[0-9A-F/]*","stop":"\([0-9A-F/]*\)"}')"
keep "TIMELINE$suffix" "$(printf '%d' "0x$(part_of '"archive":{"start":"[0-9A-F]*","stop":"\([0-9A-F]\{8\}\)[0-9A-F]*"}')")"
keep "SIZE$suffix" "$(part_of '"size":\([0-9]*\)},"label"')"
keep "ARCHIVE_ID$suffix" "$(printf '%s\n' "$info" | grep -oE '"id":"[0-9]+-[0-9]+"' | tail -n 1 | cut -d '"' -f 4)"
keep "SYSTEM$suffix" "$(printf '%s\n' "$info" | grep -oE '"system-id":[0-9]+' | tail -n 1 | cut -d : -f 2)"
}
copied
for WB_REPO in $WB_REPOS; do
  suffix=_$WB_REPO
  copied
done
fact TOOL "pgBackRest $(part_of '"backrest":{"format":[0-9]*,"version":"\([^"]*\)"}')"
`;

/**
 * Its verify ends with 0 whatever it finds (2.45): only its text tells. It reads the whole repository; of a set that lies here
 * every repository that has a copy of it.
 */
export const EXAMINE = String.raw`
pg_programs ''
need pgbackrest
looked_at() {
label=$(of LABEL)
described "$label"
[ -n "$label" ] && [ -n "$one" ] || refuse backup-damaged "detail=pgbackrest does not know ${"$"}{label:-of this copy} ${"$"}{WB_REPO:+(repo$WB_REPO)}"
escrowed "$label"
said=$(rest --output=text --verbose verify 2>&1) || refuse backup-tool-failed "tool=pgbackrest verify" "detail=$(printf '%s\n' "$said" | tail -n 3)"
own=$(printf '%s\n' "$said" | grep -A 1 -F "backup: $label, ")
case $own in *', status: valid,'*) ;; *) refuse backup-damaged "detail=pgbackrest verify: ${"$"}{own:-$said}" ;; esac
# Missing or damaged WAL is told in the line after the archive's.
lost=$(printf '%s\n' "$said" | grep -A 1 -F archiveId: | grep -E '(missing|invalid|other): [1-9]')
[ -z "$lost" ] || refuse backup-damaged "detail=pgbackrest verify: WAL $lost"
}
looked_at
# Of a copy that was taken before a repository was added none is asked for there.
[ -n "$suffix" ] || for WB_REPO in $(kept "$WB_COPY" REPOS); do
  suffix=_$WB_REPO
  if is_gone "$WB_REPO"; then say backup-repository-gone "repository=$WB_REPO" "stanza=$WB_STANZA"
  else looked_at
  fi
done
# The copy is whole; whether the server still archives for it is another question.
said=$(rest check 2>&1) || refuse backup-archive-failing "detail=$(printf '%s\n' "$said" | grep ERROR | head -n 2)"
fact VERIFIED "$(pg pgbackrest version)"
`;

export const RESTORE = String.raw`
need pgbackrest
major=$(kept "$WB_COPY" MAJOR)
label=$(of LABEL)
pg_programs "$major"
here=$([ -x "$programs/postgres" ] && "$programs/postgres" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
[ "$major" = "$here" ] && [ "$major" -ge 12 ] || refuse restore-other-version "copy=$major" "here=${"$"}{here:--}"
folder "$WB_INTO" "$WB_USER"
[ -n "$label" ] || refuse backup-damaged "detail=pgbackrest does not know of this copy ${"$"}{WB_REPO:+(repo$WB_REPO)}"
room "$(of SIZE)"
from=$(of STOPPED)
[ "$WB_TO_KIND" != time ] || [ "$(date -u -d "$WB_TO" +%s)" -ge "$(date -u -d "$from" +%s)" ] || refuse restore-point-early "point=$WB_TO" "from=$from"
repository_wal
contiguous "$(of TIMELINE)" "$(of STOP_LSN)"
[ "$WB_TO_KIND:$WB_REPLAY" != latest:true ] || [ -z "$gap" ] || refuse restore-wal-gap "file=$gap" "path=$archive"
cp -- "$WB_COPY/facts" "$WB_INTO/facts" && pg mkdir -m 0700 -- "$WB_INTO/data" || refuse backup-unwritten "path=$WB_INTO"
# Recovery is told by a configuration of our own, which also archives nothing: the copy's own stays as it was.
rest "--set=$label" "--pg1-path=$WB_INTO/data" "--tablespace-map-all=$WB_INTO/tablespaces" --type=none \
  restore >"$WB_INTO/said" 2>&1 || {
  detail=$(grep ERROR "$WB_INTO/said" | head -n 2)
  case $detail in
    *'[075]'* | *'[055]'*) refuse backup-damaged "detail=pgbackrest does not know $label ${"$"}{WB_REPO:+(repo$WB_REPO)} $detail" ;;
    *checksum* | *zlib* | *lz4* | *ZSTD* | *'missing file'* | *'[029]'* | *'[095]'*) refuse backup-damaged "detail=$detail" ;;
    *) refuse backup-tool-failed "tool=pgbackrest restore" "detail=$detail" ;;
  esac
}
controls "$WB_INTO/data"
own=$(of SYSTEM)
seen=$(control "$WB_INTO/data" 'Database system identifier')
[ "$seen" = "$own" ] || refuse restore-other-cluster "file=$WB_STANZA" "path=${"$"}{WB_CONFIG:-pgbackrest}" "seen=$seen" "own=$own"
isolated
quoted() { printf "'%s'" "$(printf %s "$1" | sed "s/'/'\\\\''/g")"; }
# Its archive-get looks at no digest (2.45), though the file's name has it; what came after this look is not read.
{
  digests
  grep -oE '[0-9A-F]{8}[.]history' "$WB_INTO/wal/repository" | sed 's/$/ -/'
} >"$conf/digests"
# 1 is: there is none. All else must not look like the end of the archive: above 125 a recovery fails.
{
  printf 'known=$(sed -n "s/^$1 //p" "${"$"}{0%%/*}/digests")\n'
  printf '[ -n "$known" ] || exit 1\n'
  printf 'pgbackrest'
  [ -z "$WB_CONFIG" ] || printf ' --config=%s' "$(quoted "$WB_CONFIG")"
  [ -z "$WB_REPO" ] || printf ' --repo=%s' "$WB_REPO"
  printf ' --stanza=%s --pg1-path=%s --no-archive-async --log-level-file=off archive-get "$1" "$2"\n' "$WB_STANZA" "$(quoted "$WB_INTO/data")"
  printf 'code=$?\n[ "$code" -le 1 ] || exit 126\n[ "$code" = 0 ] || exit "$code"\n'
  if quick; then sha1='openssl dgst -sha1 -r'; else sha1=sha1sum; fi
  printf '[ "$known" = - ] && exit 0\nseen=$(%s <"$2")\n' "$sha1"
  printf '[ "${"$"}{seen%%%% *}" = "$known" ] || { echo "watchbook: damaged: $1" >&2; exit 126; }\n'
} >"$conf/fetch"
{
  setting restore_command 'sh ../conf/fetch "%f" "%p"'
  setting recovery_target_timeline "$newest"
  setting recovery_target_action promote
  case $WB_TO_KIND:$WB_REPLAY in
    latest:true) ;;
    latest:*)
      setting recovery_target immediate
      # What lies behind it is read for nothing, a file at a time.
      [ "$major" -lt 15 ] || setting recovery_prefetch off
      ;;
    *) target "$WB_TO_KIND" "$WB_TO" ;;
  esac
} >>"$conf/postgresql.conf"
: >"$WB_INTO/data/recovery.signal"
# What pgBackRest wrote is that user's already.
[ "$wb_number" != 0 ] || [ -z "$WB_USER" ] || {
  chown -hR -- "$WB_USER" "$conf" "$WB_INTO/socket" && chown -h -- "$WB_USER" "$WB_INTO" "$WB_INTO"/* "$WB_INTO"/data/*
} || refuse backup-folder "path=$WB_INTO"
`;

/** Words that a restore need: sets `$archive`, `wal_list`, `wal_history`. */
export const REPOSITORY_WAL = String.raw`
repository_wal() {
  archive=archive/$WB_STANZA/$(of ARCHIVE_ID)
  mkdir -p -- "$WB_INTO/wal"
  rest repo-ls --recurse "$archive" >"$WB_INTO/wal/repository"
}
digests() { grep -oE '[0-9A-F]{24}-[0-9a-f]{40}' "$WB_INTO/wal/repository" | tr - ' '; }
wal_list() { digests | cut -d ' ' -f 1; }
wal_history() { grep -qxF "$1" "$WB_INTO/wal/repository" && rest repo-get "$archive/$1" 2>/dev/null; }
`;

/**
 * Up to a gap, where there is one. Looks at the newest files only, from the end on: the last of them that has a transaction tells.
 * They lie compressed, each by its own name, and are believed by the digest that the name has.
 */
export const REACHES = String.raw`
printf '%s' "$WB_TOLD" >"$WB_COPY/facts" || exit 70
pg_programs "$WB_MAJOR"
pg_need pg_waldump
need pgbackrest
repository_wal || exit 70
contiguous "$(of TIMELINE)" "$(of STOP_LSN)"
unpacked() {
  case $1 in
    *.gz) gzip -dc ;;
    *.lz4) lz4 -dc ;;
    *.zst) zstd -dcq ;;
    *.bz2) bzip2 -dc ;;
    *) cat ;;
  esac
}
sort -r "$wal/names" | while read -r name; do
  file=$(grep -oE "[^ ]*/$name-[0-9a-f]{40}[a-z0-9.]*$" "$wal/repository" | head -n 1)
  rest repo-get "$archive/$file" 2>/dev/null | unpacked "$file" >"$wal/$name" || exit 70
  case $file in *"$name-$(sha1sum <"$wal/$name" | cut -d ' ' -f 1)"*) ;; *) exit 70 ;; esac
  at=$(LC_ALL=C TZ=UTC "$programs/pg_waldump" -r Transaction "$wal/$name" 2>/dev/null | last_commit)
  rm -f -- "$wal/$name"
  [ -z "$at" ] || { printf '%sZ\n' "$at"; break; }
done
`;

/**
 * By its label, never by a rule. Expiring takes along every copy that builds on this one: while there is such a copy this
 * one is only noted, and goes when nothing builds on it any more.
 */
export const FORGET = String.raw`
pg_programs ''
need pgbackrest
builds() { printf '%s\n' "$info" | grep -qF "\"prior\":\"$1\""; }
drop() { rest "--set=$1" --log-level-console=error expire 2>&1; }
forgotten() {
later=$WB_REPOSITORY/.pgbackrest-later$1
described "$WB_LABEL"
# A repository that is not there has forgotten nothing: its copy goes when it is there again.
case $info in
  *'"code":0,'* | *'"code":2,'*) ;;
  *)
    [ -n "$one" ] || {
      detail=$(printf '%s\n' "$info" | grep -oE '"message":"[^"]*"' | head -n 1 | cut -d '"' -f 4)
      [ "${"$"}{WB_REPO:-1}" = 1 ] || refuse backup-repository-away "repository=$WB_REPO" "stanza=$WB_STANZA" "detail=$detail"
      refuse backup-tool-failed "tool=pgbackrest info" "detail=$detail"
    }
    ;;
esac
if [ -n "$one" ] && builds "$WB_LABEL"; then printf '%s\n' "$WB_LABEL" >>"$later" || refuse backup-folder "path=$later"
elif [ -n "$one" ]; then
  said=$(drop "$WB_LABEL") || case $said in
    *'[075]'*) refuse backup-last-full "label=$WB_LABEL" "stanza=$WB_STANZA" "detail=$(printf '%s\n' "$said" | head -n 1)" ;;
    *) refuse backup-tool-failed "tool=pgbackrest expire" "detail=$(printf '%s\n' "$said" | head -n 2)" ;;
  esac
fi
[ -e "$later" ] || return 0
# The youngest first: an older one may be built on by it.
sort -ru "$later" | while read -r label; do
  described "$label"
  [ -n "$one" ] || continue
  builds "$label" || { drop "$label" >/dev/null && continue; }
  printf '%s\n' "$label"
done >"$later.new" || exit 70
if [ -s "$later.new" ]; then mv -- "$later.new" "$later"; else rm -f -- "$later" "$later.new"; fi
}
forgotten ''
printf '%s\n' "$WB_LABELS" >"$WATCHBOOK_ATTEMPT/labels"
while read -r WB_REPO WB_LABEL; do
  [ -z "$WB_LABEL" ] || forgotten "-$WB_REPO"
done <"$WATCHBOOK_ATTEMPT/labels"
`;
