import { execPath } from "node:process";
import { fileURLToPath } from "node:url";

/** The writers' own program, beside this file: the same language as we ourselves are started in. */
const main = (): string =>
  fileURLToPath(new URL(import.meta.url.endsWith(".ts") ? "./writers.ts" : "./writers.js", import.meta.url));

/** Variables that both programs find. `given`: LoadGiven as JSON, but for its folder. */
export const loadValues = (given: object): Readonly<Record<string, string>> => ({
  WB_NODE: execPath,
  WB_MAIN: main(),
  WB_LOAD: JSON.stringify(given),
});

/** `$dir` is the folder of the load. */
const GIVEN = String.raw`
printf '{"folder":"%s",%s' "$dir" "${"$"}{WB_LOAD#?}" >"$dir/load.json" || refuse cluster-load-gone "detail=$dir"
: >"$dir/ledger"
`;

/** Starts writers that outlive their step, and bear none of its marks. */
export const START_LOAD = String.raw`
${GIVEN}
arm
(cd / && exec env -u WATCHBOOK_ATTEMPT -u WB_OUTPUT -u WATCHBOOK_EXEC -u WB_LOAD setsid "$WB_NODE" --no-warnings "$WB_MAIN" "$dir/load.json" </dev/null >>"$dir/load.log" 2>&1 &)
fact DIR "$dir"
bit yes
`;

/** They remove their table and end; whoever does not is ended. */
export const END_LOAD = String.raw`
[ -s "$dir/pid" ] || exit 0
read -r pid <"$dir/pid"
there() { grep -qzxF "$dir/load.json" "/proc/$pid/cmdline" 2>/dev/null; }
: >"$dir/end"
left=200
while there && [ "$left" -gt 0 ]; do
  left=$((left - 1))
  sleep 0.05
done
there && kill -KILL -- "-$pid" 2>/dev/null
exit 0
`;

/** Writers that come to an end by themselves when what they write arrives; at most `$WB_SECONDS`. */
export const PROVE = String.raw`
dir=$WATCHBOOK_ATTEMPT
${GIVEN}
timeout -k 1 "$WB_SECONDS" "$WB_NODE" --no-warnings "$WB_MAIN" "$dir/load.json" </dev/null >"$dir/load.log" 2>&1
code=$?
rows=$(grep -c '^a ' "$dir/ledger")
branches=$(awk '$1 == "a" { count[$4]++ } END { for (mark in count) printf "%s: %d ", mark, count[mark] }' "$dir/ledger")
detail=$(grep -E '^[de] ' "$dir/ledger" | tail -n 1 | cut -d ' ' -f 3-)
[ "$code" -ne 124 ] && [ "$code" -ne 137 ] || refuse cluster-not-recovered "seconds=$WB_SECONDS" "wanted=$WB_MARK" "detail=${"$"}{branches:-0 }${"$"}{detail:+; $detail}"
[ "$code" -eq 0 ] || refuse cluster-load-gone "detail=$(tail -n 2 "$dir/load.log" | tr '\n' ' ')"
fact ACKED "$rows"
`;
