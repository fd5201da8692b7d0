/**
 * Copies that hold only what changed since the one before. `chain_base`: what the next copy can go on from; sets `base`,
 * `base_lsn`, `base_sums`, `depth`, empty where it has to be a full one. `chain`: sets `links`, the copies from the full one
 * to `$WB_COPY`, oldest first, each by the digest that the next one noted.
 */
export const CHAIN = String.raw`
# The same files, not only the same server: after a restore numbers in the log begin to mean something else.
chain_identity() {
  where=$(variable datadir)
  stat -c '%d:%i:%W' -- "$where/ibdata1" 2>/dev/null
}
chain_base() {
  base='' base_lsn='' base_sums='' depth=0
  identity=$(chain_identity)
  [ "$WB_INCREMENTS" -gt 0 ] && [ -n "$identity" ] || return 0
  newest=
  for one in "$WB_REPOSITORY"/r????????-??????-????????; do [ -e "$one/manifest.json" ] && newest=$one; done
  seen=$newest/$WB_PART/server
  [ -n "$newest" ] && [ -r "$seen" ] && [ -r "$newest/$WB_PART.sums" ] || return 0
  [ "$(value "$seen" identity)" = "$identity" ] || return 0
  [ "$(value "$seen" depth)" -lt "$WB_INCREMENTS" ] 2>/dev/null || return 0
  digest=$(sha256sum <"$newest/$WB_PART.sums" | cut -d ' ' -f 1)
  grep -qF "\"sums\": \"$digest\"" "$newest/manifest.json" || return 0
  base_lsn=$(value "$seen" lsn)
  [ -n "$base_lsn" ] || return 0
  base=${"$"}{newest##*/} base_sums=$digest depth=$(($(value "$seen" depth) + 1))
}
chain() {
  part=${"$"}{WB_COPY##*/} set=${"$"}{WB_COPY%/*}
  repository=${"$"}{set%/*} id=${"$"}{set##*/}
  links=$WB_COPY
  while
    link=$(value "$repository/$id/$part/server" base)
    [ -n "$link" ]
  do
    digest=$(value "$repository/$id/$part/server" base_sums)
    case $link in *[!0-9a-fr-]*) refuse backup-damaged "detail=$repository/$id/$part/server" ;; esac
    copy=$repository/$link/$part
    [ -r "$copy.sums" ] && [ "$(sha256sum <"$copy.sums" | cut -d ' ' -f 1)" = "$digest" ] ||
      refuse backup-link "set=$id" "base=$link"
    sums_hold "$copy" "$copy.sums"
    links="$copy
$links"
    id=$link
  done
}
# More than the one copy that room was asked for.
chain_room() {
  need=$(printf '%s\n' "$links" | tr '\n' '\0' | xargs -0 du -sbc -- | tail -n 1 | cut -f 1)
  available=$(df -Pk -- "$WB_INTO" | awk 'NR == 2 { printf "%.0f", $4 * 1024 }')
  [ "$need" -le "$available" ] || refuse backup-no-room "need=$need" "available=$available" "path=$WB_INTO"
}
`;
