/**
 * Restores dumps into a fresh server of its own, which is stopped again. Tablespaces lie elsewhere and subscriptions reach
 * elsewhere: neither comes along. Errors are classified: what a fresh server has of itself may be there already; every
 * other one means that something of the copy is missing.
 */
export const DUMP_RESTORE = String.raw`
case $WB_TO_KIND in latest | set) ;; *) refuse restore-no-archive "point=$WB_TO" ;; esac
pg_programs ''
pg_need initdb pg_ctl pg_restore psql postgres
here=$(pg postgres --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
[ "$(kept "$WB_COPY" MAJOR)" -le "$here" ] || refuse restore-other-version "copy=$(kept "$WB_COPY" MAJOR)" "here=$here"
folder "$WB_INTO" "$WB_USER"
room "$(kept "$WB_COPY" SIZE)"
cp -a -- "$WB_COPY/." "$WB_INTO/" || refuse backup-unwritten "path=$WB_INTO"
said=$(pg initdb -D "$WB_INTO/data" -U "$(kept "$WB_INTO" ROLE)" -A trust -E UTF8 --locale=C 2>&1) ||
  refuse backup-tool-failed "tool=initdb" "detail=$(printf %s "$said" | tail -n 3)"
isolated
owned
begin
# Only what every fresh server has may be there before.
own='(role|database|schema|extension|language) ".*" already exists$'
judge() {
  errors=$(grep -E '(ERROR|FATAL|PANIC): ' "$WB_INTO/said" | grep -vE "ERROR:  $own")
  [ -z "$errors" ] || refuse restore-errors "database=$1" "errors=$(printf '%s\n' "$errors" | wc -l)" "detail=$(printf '%s\n' "$errors" | head -n 1)"
  # Ended badly and said nothing that we know: not whole.
  [ "$2" = 0 ] || grep -qE "ERROR:  $own" "$WB_INTO/said" || refuse restore-errors "database=$1" "errors=1" "detail=$(tail -n 1 "$WB_INTO/said")"
  told=$(sed -n 's/.*errors ignored on restore: //p' "$WB_INTO/said")
  [ "${"$"}{told:-0}" = "$(grep -cE "ERROR:  $own" "$WB_INTO/said")" ] || [ -z "$told" ] ||
    refuse restore-errors "database=$1" "errors=$told" "detail=$(grep -m 1 'error: ' "$WB_INTO/said")"
}
restored psql -X -q -w -d postgres -f "$WB_INTO/roles.sql" >"$WB_INTO/said" 2>&1
judge roles.sql $?
while read -r oid name; do
  restored pg_restore -w --create -d postgres --no-tablespaces --no-subscriptions "$WB_INTO/$oid.dump" </dev/null >"$WB_INTO/said" 2>&1
  judge "$name" $?
done <"$WB_INTO/databases"
rm -f -- "$WB_INTO"/*.dump "$WB_INTO/roles.sql"
said=$(pg pg_ctl -s -D "$WB_INTO/conf" -m fast -w stop 2>&1) || refuse backup-tool-failed "tool=pg_ctl" "detail=$said"
`;
