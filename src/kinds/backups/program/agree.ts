/**
 * `agree LIST ROWS BEFORE`: every row (path, and its SHA-256 where the row has one, apart by a tab) has its file in LIST,
 * which is as sha256sum writes it. Rows that are not in BEFORE are left out, where one is given. Tells `fact LOOKED`,
 * `fact TORN` and `fact FIRST` (the first ten, a line each, in base64). POSIX sh and awk.
 */
export const AGREE = String.raw`
agree() {
  [ -r "$1" ] && [ -r "$2" ] && { [ -z "$3" ] || [ -r "$3" ]; } || refuse backup-unreadable "path=$1"
  seen=$(awk -F '\t' -v list="$1" -v before="$3" '
    function plain(path) { sub(/^\.\//, "", path); return path }
    function bad(why) { if (torn++ < 10) first = first why "\n" }
    BEGIN {
      while ((getline line <list) > 0) {
        escaped = substr(line, 1, 1) == "\\"
        if (escaped) line = substr(line, 2)
        path = substr(line, 67)
        if (escaped) gsub(/\\\\/, "\\", path)
        have[plain(path)] = substr(line, 1, 64)
      }
      if (before != "") while ((getline line <before) > 0) was[line] = 1
    }
    $0 == "" || (before != "" && !($0 in was)) { next }
    {
      looked++
      path = plain($1)
      if (!(path in have)) bad(path ": no file")
      else if ($2 != "" && tolower($2) != have[path]) bad(path ": another content")
    }
    END { printf "%d %d\n%s", looked, torn, first }
  ' "$2") || refuse backup-unreadable "path=$2"
  counts=$(printf '%s\n' "$seen" | head -n 1)
  fact LOOKED "${"$"}{counts% *}"
  fact TORN "${"$"}{counts#* }"
  fact FIRST "$(printf '%s\n' "$seen" | tail -n +2 | base64 | tr -d '\n')"
}
`;
