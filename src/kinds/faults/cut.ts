import { z } from "zod";
import { defineFault } from "../../model/fault.ts";
import { inject, remove } from "./program/program.ts";

const address = z.string().regex(/^[0-9a-fA-F.:]+(\/\d{1,3})?$/, "address-range");

const params = z.strictObject({
  addresses: z.array(address).min(1).describe("Addresses or networks that the target no longer hears, nor reaches."),
  probe: z
    .strictObject({
      host: z
        .string()
        .regex(/^[\w.:-]+$/, "host")
        .describe("Name or address."),
      port: z.int().min(1).max(65_535).describe("TCP port."),
    })
    .describe(
      "Host and TCP port behind the cut: a connection from the target that must come about before, and no longer after.",
    ),
});
type Params = z.infer<typeof params>;

/** Two chains of our own, rules with the attempt's mark. What the runner itself came over is left open. */
const WORDS = String.raw`
PATH=$PATH:/usr/sbin:/sbin
tool_of() { case $1 in *:*) echo ip6tables ;; *) echo iptables ;; esac; }
chain_of() { echo "WATCHBOOK-$1"; }
rules() { "$1" -w 5 -S "$(chain_of "$2")" 2>/dev/null | grep -F -- "--comment $WB_MARK"; }
put() { tool=$1 way=$2; shift 2; $tool -w 5 -A "$(chain_of $way)" "$@" -m comment --comment "$WB_MARK"; }
`;

const INJECT = String.raw`
for address in $WB_ADDRESSES; do
  tool=$(tool_of "$address")
  $tool -w 5 -S INPUT >/dev/null 2>&1 || refuse fault-no-firewall "detail=$($tool -w 5 -S INPUT 2>&1 | head -n 1)"
done
reaches() { timeout 3 bash -c 'exec 3<>"/dev/tcp/$1/$2"' bash "$WB_HOST" "$WB_PORT" 2>/dev/null; }
if ! reaches; then
  bit no
  fact reachedBefore no
  exit 0
fi
arm
for address in $WB_ADDRESSES; do
  tool=$(tool_of "$address")
  for way in INPUT OUTPUT; do
    $tool -w 5 -N "$(chain_of $way)" 2>/dev/null
    $tool -w 5 -C $way -j "$(chain_of $way)" 2>/dev/null || $tool -w 5 -I $way -j "$(chain_of $way)"
  done
  # The connection that we came over; whoever cut it would leave everything to the timer.
  set -- $SSH_CONNECTION
  if [ $# -eq 4 ] && [ "$(tool_of "$1")" = $tool ]; then
    put $tool INPUT -s "$1" -p tcp --sport "$2" --dport "$4" -j RETURN
    put $tool OUTPUT -d "$1" -p tcp --sport "$4" --dport "$2" -j RETURN
  fi
  put $tool INPUT -s "$address" -j DROP || fact input failed
  put $tool OUTPUT -d "$address" -j DROP || fact output failed
done
fact rules "$(for tool in iptables ip6tables; do for way in INPUT OUTPUT; do rules $tool $way; done; done | wc -l | tr -d ' ')"
if reaches; then bit no; else bit yes; fi
`;

const REMOVE = String.raw`
for tool in iptables ip6tables; do
  command -v $tool >/dev/null || continue
  for way in INPUT OUTPUT; do
    rules $tool $way | sed 's/^-A/-D/' | while read -r rule; do
      # The words of a rule that we made ourselves; none holds a blank.
      $tool -w 5 $rule
    done
    [ -z "$(rules $tool $way)" ] || exit 1
    if [ "$($tool -w 5 -S "$(chain_of $way)" 2>/dev/null | wc -l)" -eq 1 ]; then
      # A cut that began in between is in force again.
      $tool -w 5 -D $way -j "$(chain_of $way)" 2>/dev/null &&
        { $tool -w 5 -X "$(chain_of $way)" 2>/dev/null || $tool -w 5 -I $way -j "$(chain_of $way)"; }
    fi
  done
done
exit 0
`;

/** The network between the target and some addresses is cut, both ways; connections that stand go silent. */
export const cutFault = defineFault<Params>({
  kind: "cut",
  params,
  view: ({ addresses }) => `iptables DROP ${addresses.join(", ")} <->`,
  inject: ({ addresses, probe }, context, limitMs) => {
    const { run, step, number } = context.attempt;
    const mark = `wb-${`${run}-${step}-${number}`.replace(/[^\w.-]/g, "_").slice(0, 200)}`;
    const values = {
      WB_ADDRESSES: addresses.join(" "),
      WB_HOST: probe.host,
      WB_PORT: String(probe.port),
      WB_MARK: mark,
    };
    return inject({ values, words: WORDS, inject: INJECT, remove: REMOVE }, context, limitMs);
  },
  remove: (_, context) => remove(context),
});
