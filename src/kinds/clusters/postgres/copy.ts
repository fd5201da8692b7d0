/**
 * `copy_anew`: a base backup of the primary beside the member's data; only when it is whole it takes its place, and what was there is
 * kept. Needs `up` and `$hand` of the join, and `keep_own`.
 */
export const COPY = String.raw`
copy_anew() {
  copy=$data.watchbook-new kept=$data.watchbook-kept-$(date -u +%Y%m%dT%H%M%SZ)
  $hand rm -rf -- "$copy"
  $hand mkdir -- "$copy" && $hand chown --reference="$data" -- "$copy" && $hand chmod --reference="$data" -- "$copy" ||
    refuse cluster-no-data "path=$copy"
  said=$(up pg_basebackup -w -D "$copy" -c fast -X stream) || {
    $hand rm -rf -- "$copy"
    refuse cluster-not-copied "detail=$(printf '%s\n' "$said" | tail -n 2 | tr '\n' ' ' | cut -c 1-200)"
  }
  keep_own
  $hand mv -- "$data" "$kept" && $hand mv -- "$copy" "$data" || refuse cluster-no-data "path=$data"
  fact KEPT "$kept"
  fact REWOUND yes
}
`;
