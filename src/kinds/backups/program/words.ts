/**
 * Words of every backup program, in POSIX sh, on top of those of a step's own programs: `need TOOL…`, `fact NAME VALUE`,
 * `as USER COMMAND…`, `folder DIR USER`, `sums DIR LIST`, `sums_hold DIR LIST`, `end_timer FILE`.
 */
export const WORDS = String.raw`
fact() { give "WB_FACT_$1" "$2"; }
need() {
  for tool do
    command -v "$tool" >/dev/null 2>&1 || refuse backup-tool "tool=$tool"
  done
}
# As another user, without a password; as ourselves when the name is empty or our own.
wb_name=$(id -un)
wb_number=$(id -u)
as() {
  user=$1
  shift
  if [ -z "$user" ] || [ "$wb_name" = "$user" ]; then "$@"
  elif [ "$wb_number" = 0 ]; then runuser -u "$user" -- "$@"
  else sudo -n -u "$user" -- "$@"
  fi
}
# An empty folder that only this user can look into.
folder() {
  mkdir -p -- "$1" && chmod 0700 -- "$1" || refuse backup-folder "path=$1"
  if [ -n "$2" ] && [ "$(id -un)" != "$2" ]; then
    chown -- "$2" "$1" || refuse backup-folder "path=$1"
    as "$2" test -w "$1" || refuse backup-folder-closed "path=$1" "user=$2"
  fi
}
# openssl has several times the speed of sha256sum where the processor knows SHA-256. Lines are the same but for one sign, unless
# a name has a backslash, which sha256sum writes twice.
quick() {
  case $wb_quick in '') openssl dgst -sha256 -r /dev/null >/dev/null 2>&1 && wb_quick=yes || wb_quick=no ;; esac
  [ "$wb_quick" = yes ]
}
wb_quick=
# Digests of all files of a folder, sorted by path; names with a line end cannot be listed and are refused.
sums() {
  [ -z "$(cd "$1" && find . -name '*
*' -print -quit)" ] || refuse backup-name "path=$1"
  if quick && [ -z "$(cd "$1" && find . -name '*\\*' -print -quit)" ]; then
    (cd "$1" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 -r openssl dgst -sha256 -r) >"$2.quick" &&
      sed 's/ \*/  /' "$2.quick" >"$2" && rm -f -- "$2.quick"
  else (cd "$1" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 -r sha256sum --) >"$2"
  fi || refuse backup-unreadable "path=$1"
}
# Ends a timer of ours by the file that has its number and its start (proc(5)): the number may be another's by now.
end_timer() {
  read -r pid start 2>/dev/null <"$1" || return 0
  rm -f -- "$1"
  read -r line 2>/dev/null <"/proc/$pid/stat" || return 0
  rest=${"$"}{line##*) }
  # shellcheck disable=SC2086 # fields, apart
  [ "$(set -- $rest; shift 19; echo "$1")" != "$start" ] || kill -- "-$pid" 2>/dev/null
}
same_sums() {
  [ "$(cd "$1" && cut -c 67- "$2" | tr '\n' '\0' | xargs -0 openssl dgst -sha256 -r 2>/dev/null | sed 's/ \*/  /' | sha256sum)" = \
    "$(sha256sum <"$2")" ]
}
sums_hold() {
  # A list without a line is no list to sha256sum. Only the very same list is good at once; of any other sha256sum says what it is.
  [ ! -s "$2" ] || { quick && same_sums "$1" "$2"; } || bad=$(cd "$1" && sha256sum --quiet -c "$2" 2>&1) ||
    refuse backup-damaged "detail=$(printf %s "$bad" | head -n 3)"
  [ "$(cd "$1" && find . -type f | wc -l)" -eq "$(wc -l <"$2")" ] || refuse backup-damaged "detail=files are missing or too many"
}
`;
