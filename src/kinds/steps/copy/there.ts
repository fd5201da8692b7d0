/**
 * Words for what is done at a second place, on top of `there`: `word TEXT` (quoted for a shell), `at_place NAME=VALUE…`
 * (runs the program on its standard input there, with these variables; what it says is in `$said`).
 */
export const AT_PLACE = String.raw`
said=$WATCHBOOK_ATTEMPT/said
word() { printf "'"; printf %s "$1" | sed "s/'/'\\\\''/g"; printf "'"; }
at_place() {
  {
    for pair do printf '%s=%s\n' "${"$"}{pair%%=*}" "$(word "${"$"}{pair#*=}")"; done
    cat
  } | there 2>"$said"
}
`;

/** Every digest of one part where it lies; prints what is wrong, and ends with 1. Values: root, id, part, digest, sums. */
export const EXAMINE_THERE = String.raw`
#: look
cd -- "$root/$id" || exit 3
[ "$(sha256sum <manifest.json | cut -d ' ' -f 1)" = "$digest" ] || { echo manifest.json; exit 1; }
[ "$(sha256sum <"$part.sums" | cut -d ' ' -f 1)" = "$sums" ] || { echo "$part.sums"; exit 1; }
[ ! -s "$part.sums" ] || { (cd -- "$part" && sha256sum --quiet -c "../$part.sums") 2>&1 | head -n 3 | grep . && exit 1; }
[ "$(find "./$part" -type f | wc -l)" -eq "$(wc -l <"$part.sums")" ] || { echo "$part: files are missing or too many"; exit 1; }
exit 0
`;
