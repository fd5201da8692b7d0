/**
 * `keep_own`, `own_back`: a member's own files, which a rewind or a copy would replace by the primary's. They lie in `$begun`, beside
 * the data, where pg_rewind clears nothing away; as long as that folder is there, what was begun has not ended. `rewind`: data that
 * is half rewound is neither the one nor the other, and a second pg_rewind would not see it.
 */
export const REWIND = String.raw`
OWN='postgresql.auto.conf postgresql.conf pg_hba.conf pg_ident.conf'
keep_own() {
  # What an earlier rewind left unfinished has them already.
  ! $hand test -e "$begun" || return 0
  $hand mkdir -- "$begun" && $hand chown --reference="$data" -- "$begun" && $hand chmod 0700 -- "$begun" || refuse cluster-no-data "path=$begun"
  as "$WB_USER" sh -c '
    data=$1 begun=$2
    shift 2
    for name do [ ! -f "$data/$name" ] || cp -p -- "$data/$name" "$begun/$name" || exit 1; done
    sync "$begun" "${"$"}{begun%/*}" 2>/dev/null || sync' sh "$data" "$begun" $OWN || refuse cluster-no-data "path=$begun"
}
own_back() {
  as "$WB_USER" sh -c '
    data=$1 begun=$2
    shift 2
    for name do [ ! -f "$begun/$name" ] || { cp -p -- "$begun/$name" "$data/$name.new" && mv -- "$data/$name.new" "$data/$name"; } || exit 1; done' \
    sh "$data" "$begun" $OWN || refuse cluster-no-data "path=$data"
}
rewind() {
  ask_up CHECKPOINT || refuse cluster-no-upstream "host=$WB_UP_HOST" "port=$WB_UP_PORT" "detail=$(brief "$answer")"
  keep_own
  whole=
  case $was in 'shut down'*) whole=--no-ensure-shutdown ;; esac
  said=$(up pg_rewind -D "$data" --progress ${"$"}{whole:+"$whole"} ${"$"}{WB_CONFIG:+"--config-file=$WB_CONFIG"} --source-server="host=$WB_UP_HOST port=$WB_UP_PORT user=$WB_UP_USER dbname=$WB_UP_DATABASE") || {
    # It says how much there is to copy before it touches anything.
    case $said in
      *'need to copy'*)
        benched
        refuse cluster-half-rewound "member=$WB_MEMBER" "path=$begun" ;;
    esac
    own_back
    $hand rm -rf -- "$begun"
    benched
    refuse cluster-not-rewound "detail=$(printf '%s\n' "$said" | grep -E 'error|fatal|could not' | tail -n 2 | tr '\n' ' ')"
  }
  case $said in
    *'no rewind required'*) fact REWOUND no ;;
    *'Done!'*) fact REWOUND yes ;;
    *) refuse cluster-not-rewound "detail=$(printf '%s' "$said" | tail -n 1)" ;;
  esac
}
`;
