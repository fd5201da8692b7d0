/**
 * What a script of ours finds, in POSIX sh: a locale in which bytes are UTF-8 where the target has one, its own folder, its
 * values, and itself as the last word of the call. Needs `$dir` and `$values`.
 */
export const SURROUNDINGS = `
unset LC_ALL
LANG=C
for each in /usr/lib/locale/C.utf8 /usr/lib/locale/C.UTF-8 /usr/lib/locale/C.utf-8 /lib/ld-musl-*; do
  [ -e "$each" ] && LANG=C.UTF-8
done
WB_OUTPUT=$dir/output
WATCHBOOK_ATTEMPT=$dir
export LANG WB_OUTPUT WATCHBOOK_ATTEMPT
set -- "$@" "$dir/script"
eval "$values"
`;
