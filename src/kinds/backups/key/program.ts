/** Words of a key's programs; `$name` is the key's own name, `$sealed` its copy. */
export const KEY = String.raw`
name=$(basename -- "$WB_PATH")
sealed=$WB_COPY/$name
[ -z "$WB_SEAL" ] || sealed=$sealed.$WB_SEAL
# Only its owner may read it.
closed() {
  mode=$(stat -L -c %a -- "$1") || refuse backup-unreadable "path=$1" "detail=stat"
  case $mode in
    [4-7]00) ;;
    *) refuse backup-key-mode "path=$1" "mode=$mode" ;;
  esac
}
digest() { sha256sum | cut -d ' ' -f 1; }
# Of the public key where openssl reads it: the same key in another form is the same key.
fingerprint() {
  public=$(openssl pkey -in "$1" -passin pass: -pubout -outform DER </dev/null 2>/dev/null | base64)
  if [ -n "$public" ]; then printf 'key:%s\n' "$(printf %s "$public" | base64 -d | digest)"
  else printf 'file:%s\n' "$(digest <"$1")"
  fi
}
seal() {
  case $WB_SEAL in
    age) age -r "$WB_RECIPIENT" -o "$2" -- "$1" ;;
    cms)
      printf '%s\n' "$WB_RECIPIENT" >"$WB_COPY.pem" &&
        openssl cms -encrypt -binary -aes-256-cbc -outform DER -in "$1" -out "$2" "$WB_COPY.pem" &&
        rm -f -- "$WB_COPY.pem"
      ;;
    *) cp -- "$1" "$2" ;;
  esac
}
# Onto standard output; the private key goes by a pipe, never by a file or an argument.
unseal() {
  case $WB_SEAL in
    age) printf '%s\n' "$WB_PRIVATE" | age -d -i - -- "$1" ;;
    cms) printf '%s\n' "$WB_PRIVATE" | openssl cms -decrypt -binary -inform DER -in "$1" -inkey /dev/stdin ;;
    *) cat -- "$1" ;;
  esac
}
`;

/** Taken from the file once, so that what is told is of what was taken. */
export const TAKE = String.raw`
[ -f "$WB_PATH" ] || refuse backup-no-source "path=$WB_PATH"
[ -s "$WB_PATH" ] || refuse backup-empty "part=$WB_PART"
closed "$WB_PATH"
now=$(fingerprint "$WB_PATH")
[ -z "$WB_FINGERPRINT" ] || [ "$now" = "$WB_FINGERPRINT" ] ||
  refuse backup-key-changed "path=$WB_PATH" "was=$WB_FINGERPRINT" "now=$now"
# The last one that is kept; names of sets sort by time.
was=
for one in "$WB_REPOSITORY"/r????????-??????-????????/"$WB_PART"/fingerprint; do
  [ ! -e "$one" ] || read -r was <"$one"
done
plain=$(digest <"$WB_PATH")
said=$(seal "$WB_PATH" "$sealed" 2>&1) || {
  rm -f -- "$WB_COPY.pem"
  refuse backup-key-recipient "detail=$(printf %s "$said" | tail -n 2)"
}
[ "$plain" = "$(digest <"$WB_PATH")" ] && [ "$now" = "$(fingerprint "$WB_PATH")" ] ||
  refuse backup-changed "path=$WB_PATH" "detail=$name"
[ -n "$WB_SEAL" ] || [ "$plain" = "$(digest <"$sealed")" ] || refuse backup-unwritten "path=$sealed"
printf '%s\n' "$now" >"$WB_COPY/fingerprint" && printf '%s\n' "$plain" >"$WB_COPY/sha256" &&
  stat -L -c %a -- "$WB_PATH" >"$WB_COPY/mode" || refuse backup-unwritten "path=$WB_COPY"
chmod 0600 -- "$sealed" || refuse backup-unwritten "path=$sealed"
closed "$sealed"
fact KEEP forever
fact FINGERPRINT "$now"
fact SEALED "${"$"}{WB_SEAL:-no}"
[ -z "$was" ] || [ "$was" = "$now" ] || fact WAS "$was"
`;

/** The digest of what comes out is the one of what went in: nothing else proves that a key opens it. */
const OPENS = String.raw`
opens() {
  [ -z "$WB_SEAL" ] || [ -n "$WB_PRIVATE" ] || refuse backup-key-closed "detail=private"
  read -r plain <"$WB_COPY/sha256" || refuse backup-damaged "detail=$WB_COPY/sha256"
  # Two looks at a few bytes: what openssl says goes apart from what comes out.
  [ "$(unseal "$sealed" 2>/dev/null | digest)" = "$plain" ] ||
    refuse backup-key-closed "detail=$(unseal "$sealed" 2>&1 >/dev/null | tail -n 2)"
}
`;

export const EXAMINE = String.raw`${OPENS}
closed "$sealed"
[ -n "$WB_SEAL" ] && [ -z "$WB_PRIVATE" ] || opens
`;

export const RESTORE = String.raw`${OPENS}
opens
unseal "$sealed" >"$WB_INTO/$name" 2>/dev/null || refuse backup-unwritten "path=$WB_INTO/$name"
read -r mode <"$WB_COPY/mode" && chmod "0$mode" -- "$WB_INTO/$name" || refuse backup-unwritten "path=$WB_INTO/$name"
closed "$WB_INTO/$name"
[ "$(digest <"$WB_INTO/$name")" = "$plain" ] || refuse backup-unwritten "path=$WB_INTO/$name"
[ "$(fingerprint "$WB_INTO/$name")" = "$(cat "$WB_COPY/fingerprint")" ] || refuse backup-damaged "detail=$WB_COPY/fingerprint"
`;
