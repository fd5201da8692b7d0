/**
 * Plain copying, wherever GNU tar is. It ends with 1 when a file changed under it or was gone (tar, 3.1): its copy may be
 * half of one and half of the other.
 */
const BY_TAR = String.raw`
by_tar() {
  {
    tar -C "$WB_PATH" --exclude-from="$WB_COPY.exclude" --acls --xattrs --sparse -cf - . 2>"$WB_COPY.said"
    echo $? >"$WB_COPY.ended"
  } | tar -C "$WB_COPY" --same-owner --numeric-owner --acls --xattrs -xpf - || refuse backup-unwritten "path=$WB_COPY"
  read -r ended <"$WB_COPY.ended"
  said=$(grep -v 'socket ignored' "$WB_COPY.said" | head -n 3)
  case $ended in
    0) ;;
    1) changed=$said ;;
    *) refuse backup-unreadable "path=$WB_PATH" "detail=$said" ;;
  esac
  find "$WB_COPY" \( -type p -o -type b -o -type c \) -delete
}
`;

/**
 * Every byte of a file is compared with that of the set before, never only its time: only what is the same is the same
 * file. rsync does not tell what changed while it was read, so sizes and times are looked at before and after; a file that
 * is new meanwhile is no change of one.
 */
const BY_RSYNC = String.raw`
states() { (cd "$WB_PATH" && find . -type f -printf '%P\t%s %T@ %C@\n') | LC_ALL=C sort >"$1"; }
by_rsync() {
  before=
  for one in "$WB_REPOSITORY"/r????????-??????-????????; do
    [ ! -d "$one/$WB_PART" ] || [ ! -e "$one/manifest.json" ] || [ ! -e "$one/$WB_PART.sums" ] || before=$one/$WB_PART
  done
  states "$WB_COPY.before"
  # Words of rsync's: patterns of the root begin with a slash.
  sed 's|^\./|/|' "$WB_COPY.exclude" >"$WB_COPY.leave"
  rsync -rlptgoHAXS --numeric-ids --checksum --exclude-from="$WB_COPY.leave" ${"$"}{before:+--link-dest="$before"} \
    -- "$WB_PATH/" "$WB_COPY/" >/dev/null 2>"$WB_COPY.said"
  ended=$?
  states "$WB_COPY.after"
  changed=$(awk -F '\t' 'NR == FNR { was[$1] = $2; next } ($1 in was) && was[$1] != $2 { print $1 }' \
    "$WB_COPY.before" "$WB_COPY.after" | while IFS= read -r name; do
      # What is left out may change as it likes.
      [ ! -e "$WB_COPY/$name" ] || printf '%s\n' "$name"
    done | head -n 3)
  said=$(head -n 3 "$WB_COPY.said")
  rm -f -- "$WB_COPY.before" "$WB_COPY.after" "$WB_COPY.leave"
  case $ended in
    0) ;;
    24) changed=$said ;;
    23) case $said in
      *'failed verification'*) changed=$said ;;
      *) refuse backup-unreadable "path=$WB_PATH" "detail=$said" ;;
    esac ;;
    11) refuse backup-unwritten "path=$WB_COPY" "detail=$said" ;;
    *) refuse backup-unreadable "path=$WB_PATH" "detail=$said" ;;
  esac
  fact LINKED "$([ -z "$before" ] || find "$WB_COPY" -type f -links +1 | wc -l)"
}
`;

export const TAKE = String.raw`${BY_TAR}${BY_RSYNC}
[ -d "$WB_PATH" ] || refuse backup-no-source "path=$WB_PATH"
printf '%s' "$WB_EXCLUDE" >"$WB_COPY.exclude"
changed=
quiet
# A file that grows all the time rsync gives up in the end; tar takes what there is.
if [ "$WB_CHANGING" = false ] && command -v rsync >/dev/null 2>&1; then
  by_rsync
  tool=rsync
else
  by_tar
  tool=tar
fi
rm -f -- "$WB_COPY.exclude" "$WB_COPY.ended" "$WB_COPY.said"
[ -z "$changed" ] || [ "$WB_CHANGING" = true ] || refuse backup-changed "path=$WB_PATH" "detail=$changed"
loud
skipped
fact TOOL "$("$tool" --version | head -n 1)"
`;
