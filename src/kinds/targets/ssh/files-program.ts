/**
 * File operations in POSIX sh with the stat of GNU or busybox. Arguments: read|stat|list|space, path; for read also the
 * first byte (from 1) and the number of bytes. Exit 61: absent, 62: no permission, 63: something else, said on stderr.
 */
export const FILES = `
what=$1
case $2 in
  /*) path=$2 ;;
  *) path=./$2 ;;
esac
fail() {
  echo "$2" >&2
  exit "$1"
}
# Why a path cannot be looked at.
why() {
  said=$(ls -ld "$1" 2>&1 >/dev/null)
  case $said in
    *"Permission denied"*) fail 62 "permission denied" ;;
    *"No such file"* | *"Not a directory"*) fail 61 "no such file" ;;
    '') fail 62 "permission denied" ;;
    *) fail 63 "$said" ;;
  esac
}
case $what in
  stat)
    format='%f %s %Y %u %g %i %y'
    stat -L -c "$format" "$path" 2>/dev/null || stat -c "$format" "$path" 2>/dev/null || why "$path"
    ;;
  space) stat -f -c '%S %b %f %a %c %d' "$path" 2>/dev/null || why "$path" ;;
  read)
    [ -e "$path" ] || why "$path"
    [ -d "$path" ] && fail 63 "a directory"
    { [ -p "$path" ] || [ -S "$path" ]; } && fail 63 "a pipe"
    [ -r "$path" ] || fail 62 "permission denied"
    # A character device may never end, and has no beginning to skip.
    if [ "$3" = 1 ]; then head -c "$4" "$path"; else tail -c "+$3" "$path" | head -c "$4"; fi
    ;;
  list)
    [ -e "$path" ] || why "$path"
    [ -d "$path" ] || fail 61 "not a directory"
    cd "$path" 2>/dev/null || fail 62 "permission denied"
    [ -r . ] || fail 62 "permission denied"
    for name in * .[!.]* ..?*; do
      if [ -e "$name" ] || [ -L "$name" ]; then printf '%s/' "$name"; fi
    done
    ;;
esac
`;
