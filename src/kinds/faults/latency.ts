import { z } from "zod";
import { defineFault } from "../../model/fault.ts";
import { duration, durationText } from "../checks/params/duration.ts";
import { PROXY } from "./latency/proxy.ts";
import { inject, remove } from "./program/program.ts";

const params = z.strictObject({
  port: z.int().min(1).max(65_535).describe("TCP port of the target that is to answer late."),
  delay: duration
    .refine((seconds) => seconds > 0 && seconds <= 60, "latency")
    .describe("How much later every piece of data arrives, each way half of it."),
});
type Params = z.infer<typeof params>;

/**
 * The proxy stands on a port of its own; the firewall leads everybody there who asks for the service, but not the proxy
 * itself: it comes from an address of the loopback network that nobody else uses.
 */
const WORDS = String.raw`
PATH=$PATH:/usr/sbin:/sbin
chain=WATCHBOOK
tables() { iptables -w 5 -t nat "$@"; }
rules() { tables -S $chain 2>/dev/null | grep -F -- "--comment $WB_MARK"; }
is_proxy() {
  read -r pid start 2>/dev/null <"$dir/proxy" || return 1
  read -r line 2>/dev/null <"/proc/$pid/stat" || return 1
  set -- ${"$"}{line##*) }
  shift 19
  [ "$1" = "$start" ]
}
`;

const INJECT = String.raw`
error=$(tables -S OUTPUT 2>&1) || refuse fault-no-firewall "detail=$error"
node=$(command -v node || { [ -x "$WB_NODE" ] && echo "$WB_NODE"; }) || refuse fault-no-proxy detail=node
now() { read -r up _ </proc/uptime; echo "$up" | tr -d .; }
# Hundredths of a second until a connection is there and its first byte could have come: as long as the proxy holds it.
answers() { timeout 5 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$1"' bash "$WB_PORT" 2>/dev/null; }
if ! answers; then
  bit no
  fact answered no
  exit 0
fi
arm
(env -u WATCHBOOK_ATTEMPT -u WB_OUTPUT setsid "$node" -e "$(cat "$dir/proxy.js")" "$WB_PORT" "$WB_DELAY" "$dir/proxy.port" "$WB_LIMIT" </dev/null >"$dir/proxy.log" 2>&1 &
  pid=$!
  read -r line <"/proc/$pid/stat"
  set -- ${"$"}{line##*) }
  shift 19
  echo "$pid $1" >"$dir/proxy")
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
  [ -s "$dir/proxy.port" ] && break
  sleep 0.2
done
[ -s "$dir/proxy.port" ] || refuse fault-no-proxy "detail=$(head -n 3 "$dir/proxy.log" | tr '\n' ' ')"
tables -N $chain 2>/dev/null
for hook in OUTPUT PREROUTING; do
  tables -C $hook -j $chain 2>/dev/null || tables -I $hook -j $chain
done
tables -A $chain ! -s 127.88.77.66 -p tcp --dport "$WB_PORT" -m addrtype --dst-type LOCAL -m comment --comment "$WB_MARK" -j REDIRECT --to-ports "$(cat "$dir/proxy.port")" ||
  refuse fault-no-firewall detail=REDIRECT
# The proxy tells of every connection that came through it.
answers
for _ in 1 2 3 4 5 6 7 8 9 10; do
  [ -s "$dir/proxy.port.seen" ] && break
  sleep 0.2
done
fact proxy "$(cat "$dir/proxy.port")"
if [ -s "$dir/proxy.port.seen" ]; then bit yes; else bit no; fi
`;

const REMOVE = String.raw`
rules | sed 's/^-A/-D/' | while read -r rule; do tables $rule; done
[ -z "$(rules)" ] || exit 1
if [ "$(tables -S $chain 2>/dev/null | wc -l)" -eq 1 ]; then
  for hook in OUTPUT PREROUTING; do tables -D $hook -j $chain 2>/dev/null; done
  tables -X $chain 2>/dev/null
fi
if is_proxy; then
  kill "$pid" 2>/dev/null
  for _ in 1 2 3 4 5; do
    is_proxy || exit 0
    sleep 0.2
  done
  kill -KILL "$pid" 2>/dev/null
fi
exit 0
`;

/** The proxy's program lies in the attempt's folder: it is no secret and too long for an argument to be read in ps. */
const laid = (program: string): string =>
  `base64 -d >"$dir/proxy.js" <<'WB_PROXY'\n${(
    Buffer.from(program)
      .toString("base64")
      .match(/.{1,76}/g) ?? []
  ).join("\n")}\nWB_PROXY\n`;

/** A port answers late: the network scheduler is not everywhere, a proxy is. */
export const latencyFault = defineFault<Params>({
  kind: "latency",
  params,
  view: ({ port, delay }) => `proxy tcp ${port}: +${durationText(delay)}`,
  inject: ({ port, delay }, context, limitMs) => {
    const { run, step, number } = context.attempt;
    const mark = `wb-${`${run}-${step}-${number}`.replace(/[^\w.-]/g, "_").slice(0, 200)}`;
    const values = {
      WB_PORT: String(port),
      WB_DELAY: String(Math.round(delay * 1_000)),
      WB_MARK: mark,
      WB_NODE: process.execPath,
    };
    return inject({ values, words: WORDS, inject: laid(PROXY) + INJECT, remove: REMOVE }, context, limitMs);
  },
  remove: (_, context) => remove(context),
});
