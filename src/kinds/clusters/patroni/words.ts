/**
 * Words of every program of a member that Patroni runs, on top of those of PostgreSQL: `api METHOD SECONDS BODY PATH…` asks its
 * REST API (sets `$told`), `got NAME` gives one value of what it told (`cluster.members.pg1.role`), `keepers` (its processes,
 * `PID STATE` a line), `begin_keeper`, `end_keeper SECONDS`, `leader` (who holds the key).
 */
export const KEEPER = String.raw`
asker=$(cat <<'WB_END'
import base64, json, os, ssl, sys, urllib.error, urllib.request
method, limit, body, *paths = sys.argv[1:]
def flat(value, path):
    if isinstance(value, dict):
        for key, one in value.items(): yield from flat(one, path + [str(key)])
    elif isinstance(value, list):
        for number, one in enumerate(value): yield from flat(one, path + [str(one.get("name", number)) if isinstance(one, dict) else str(number)])
    else: yield ".".join(path), " ".join(str(value).split())
tls = ssl.create_default_context(cafile=os.environ.get("WB_API_CA") or None)
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=tls))
user = os.environ.get("WB_API_USER")
for path in paths:
    name = path.strip("/")
    asked = urllib.request.Request(os.environ["WB_API"] + path, data=body.encode() or None, method=method)
    if user: asked.add_header("Authorization", "Basic " + base64.b64encode((user + ":" + os.environ.get("WB_API_PASSWORD", "")).encode()).decode())
    try:
        with opener.open(asked, timeout=float(limit)) as answer: code, text = answer.status, answer.read()
    except urllib.error.HTTPError as error: code, text = error.code, error.read()
    except Exception as error: code, text = 0, str(error).encode()
    try: value = json.loads(text)
    except ValueError: value = text.decode("utf-8", "replace")
    print(name + ".code=" + str(code))
    for key, one in flat(value, [name] if isinstance(value, (dict, list)) else [name, "text"]): print(key + "=" + one)
WB_END
)
api() {
  method=$1
  limit=$2
  body=$3
  shift 3
  told=$(WB_API="$WB_API" WB_API_USER="$WB_API_USER" WB_API_CA="$WB_API_CA" WB_API_PASSWORD="${"$"}{WB_API_PASSWORD-}" python3 -c "$asker" "$method" "$limit" "$body" "$@" 2>&1) || told="api.code=0
api.text=$(printf '%s\n' "$told" | tail -n 1)"
}
got() { printf '%s\n' "$told" | awk -v name="$1=" 'index($0, name) == 1 { print substr($0, length(name) + 1); exit }'; }
# Who holds the leader's key by what stands in the store; nobody, where it tells none.
leader() { printf '%s\n' "$told" | sed -n 's/^cluster\.members\.\(.*\)\.role=\(leader\|master\|primary\|standby_leader\)$/\1/p' | head -n 1; }
# By the configuration that it was started with; a zombie is none.
keepers() {
  as "$WB_USER" sh -c '
    for file in $(grep -lszxF -- "$1" /proc/[0-9]*/cmdline); do
      pid=${"$"}{file#/proc/}
      pid=${"$"}{pid%/cmdline}
      [ "$pid" != $$ ] && grep -qszE "(^|/)patroni$" "$file" || continue
      read -r line 2>/dev/null <"/proc/$pid/stat" || continue
      set -- "$1" ${"$"}{line##*) }
      case $2 in Z | X) ;; *) echo "$pid $2" ;; esac
    done' sh "$WB_KEEPER"
}
# Patroni starts its server when it is its turn, which may be a while after it ended it.
nobody() { [ -z "$(servers)" ] && [ -z "$(keepers)" ]; }
signal_keeper() {
  # shellcheck disable=SC2046 # numbers, apart
  as "$WB_USER" sh -c 'name=$1; shift; kill "-$name" "$@" 2>/dev/null' sh "$1" $(keepers | cut -d ' ' -f 1)
}
keeper_gone() {
  by "$1"
  while [ -n "$(keepers)" ]; do
    ! late || return 1
    sleep 0.1
  done
}
# In order: it ends its server itself and gives the key back. One that stands still hears only what cannot be ignored.
end_keeper() {
  [ -z "$WB_KEEPER_UNIT" ] || sudo_ systemctl stop --no-block -- "$WB_KEEPER_UNIT"
  case $(keepers) in
    '') return 0 ;;
    *' T' | *' T'"$NEWLINE"*) ;;
    *) signal_keeper TERM; keeper_gone "$1" && return 0 ;;
  esac
  signal_keeper KILL
  keeper_gone 5 || refuse cluster-not-stopped "detail=patroni $(keepers | tr '\n' ' ')"
}
begin_keeper() {
  if [ -n "$WB_KEEPER_UNIT" ]; then
    sudo_ systemctl reset-failed -- "$WB_KEEPER_UNIT" 2>/dev/null
    sudo_ systemctl start -- "$WB_KEEPER_UNIT" || refuse cluster-not-started "detail=systemctl start $WB_KEEPER_UNIT"
    return
  fi
  keeper_log=$WATCHBOOK_ATTEMPT/patroni.log
  as "$WB_USER" env -i "PATH=/usr/local/bin:/usr/bin:/bin:$programs" LC_ALL=C.UTF-8 "HOME=${"$"}{home:-/}" \
    sh -c 'cd / && setsid patroni "$1" </dev/null &' sh "$WB_KEEPER" >>"$keeper_log" 2>&1 3>&-
}
`;
