/** What is seen of one member: by its answer, and where none comes, by its processes and what lies on its disk. */
export const LOOK = String.raw`
here
# A branch that was followed is known before the next restart point says so.
row="SELECT pg_is_in_recovery(), split_part(current_setting('server_version'), ' ', 1), (pg_control_system()).system_identifier"
row="$row, CASE WHEN pg_is_in_recovery() THEN coalesce((SELECT received_tli FROM pg_stat_wal_receiver), greatest((pg_control_recovery()).min_recovery_end_timeline, (pg_control_checkpoint()).timeline_id)) ELSE ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int END"
row="$row, CASE WHEN NOT pg_is_in_recovery() THEN pg_current_wal_lsn() - '0/0' END"
row="$row, CASE WHEN pg_is_in_recovery() THEN coalesce(greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()), '0/0') - '0/0' END"
row="$row, CASE WHEN pg_is_in_recovery() THEN coalesce(pg_last_wal_replay_lsn(), '0/0') - '0/0' END"
row="$row, (SELECT latest_end_lsn - '0/0' FROM pg_stat_wal_receiver)"
row="$row, (SELECT CASE status WHEN 'streaming' THEN 'yes' ELSE 'no' END FROM pg_stat_wal_receiver)"
row="$row, (SELECT sender_host || ':' || sender_port FROM pg_stat_wal_receiver)"
row="$row, (SELECT string_agg(application_name || '=' || state || '/' || sync_state, ' ' ORDER BY application_name) FROM pg_stat_replication)"
if [ -z "$(servers)" ]; then
  fact STATE down
  disk=$(pg pg_controldata "$data" 2>/dev/null)
  part() { printf '%s\n' "$disk" | sed -n "s/^$1: *//p" | head -n 1; }
  fact SYSTEM "$(part 'Database system identifier')"
  fact HISTORY "$(part "Latest checkpoint's TimeLineID")"
  fact ENDED "$(part 'Database cluster state')"
  # Where its log ends: what it had written and nobody may have heard of. A log that is too long to be read in time tells nothing.
  ends=$(pg timeout "$WB_SECONDS" pg_waldump -z -p "$data/pg_wal" -t "$(part "Latest checkpoint's TimeLineID")" -s "$(part "Latest checkpoint's REDO location")" 2>&1 |
    sed -n 's,.*error in WAL record at [0-9A-F/]*: .* at \([0-9A-F]*/[0-9A-F]*\).*,\1,p' | tail -n 1)
  [ -z "$ends" ] || fact WRITTEN "$(number "$ends")"
  fact VERSION "$(as "$WB_USER" cat -- "$data/PG_VERSION" 2>/dev/null)"
elif sql "$WB_SECONDS" "$row"; then
  tell() { [ -z "$2" ] || fact "$1" "$2"; }
  IFS='|' read -r follows version system history written received applied seen hears from followers <<EOT
$answer
EOT
  case $follows in t) fact STATE replica ;; *) fact STATE primary ;; esac
  tell VERSION "$version"
  tell SYSTEM "$system"
  tell HISTORY "$history"
  tell WRITTEN "$written"
  tell RECEIVED "$received"
  tell APPLIED "$applied"
  tell SEEN "$seen"
  tell HEARS "$hears"
  tell UPSTREAM "$from"
  tell FOLLOWERS "$followers"
else
  case $answer in
    *FATAL*28* | *'no pg_hba.conf'* | *authentication* | *'does not exist'*) fact STATE closed ;;
    *) fact STATE frozen ;;
  esac
  fact DETAIL "$(brief "$answer") $(servers | head -n 3 | tr '\n' ' ')"
fi
`;

/** Whoever is run by Patroni is not ours to change: it would undo it. */
export const KEPT = String.raw`
as "$WB_USER" test ! -e "$data/patroni.dynamic.json" || {
  fact KEEPER patroni
  fact BARS "cluster-kept"
}
`;
