import { z } from "zod";
import { defineFault } from "../../model/fault.ts";
import { inject, remove } from "./program/program.ts";

const params = z.strictObject({
  port: z.int().min(1).max(65_535).describe("TCP port of the target that nobody is to reach."),
  how: z.enum(["reject", "drop"]).default("reject").describe("Refused at once, or swallowed without an answer."),
  from: z
    .string()
    .regex(/^[0-9a-fA-F.:]+(\/\d{1,3})?$/, "address-range")
    .optional()
    .describe("Address or network that is refused; default: everybody, the target itself too."),
});
type Params = z.infer<typeof params>;

/** Rules lie in a chain of our own and carry the attempt's mark. Both families where the target has them. */
const WORDS = String.raw`
PATH=$PATH:/usr/sbin:/sbin
chain=WATCHBOOK
families() {
  for tool in iptables ip6tables; do
    command -v $tool >/dev/null && $tool -w 5 -S INPUT >/dev/null 2>&1 || continue
    case $WB_FROM in
      *:*) [ $tool = ip6tables ] || continue ;;
      *.*) [ $tool = iptables ] || continue ;;
    esac
    echo $tool
  done
}
rules() { "$1" -w 5 -S $chain 2>/dev/null | grep -F -- "--comment $WB_MARK"; }
`;

const INJECT = String.raw`
[ -n "$(families)" ] || refuse fault-no-firewall "detail=$(iptables -w 5 -S INPUT 2>&1 | head -n 1)"
# Whether somebody answers there: a connection of our own, as everybody else would make it.
answers() { timeout 3 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$1"' bash "$WB_PORT" 2>/dev/null; }
if [ -z "$WB_FROM" ] && ! answers; then
  bit no
  fact answered no
  exit 0
fi
arm
if [ "$WB_HOW" = drop ]; then set -- -j DROP; else set -- -j REJECT --reject-with tcp-reset; fi
for tool in $(families); do
  $tool -w 5 -N $chain 2>/dev/null
  $tool -w 5 -C INPUT -j $chain 2>/dev/null || $tool -w 5 -I INPUT -j $chain
  $tool -w 5 -A $chain ${"$"}{WB_FROM:+-s "$WB_FROM"} -p tcp --dport "$WB_PORT" -m comment --comment "$WB_MARK" "$@" ||
    fact "$tool" failed
done
fact rules "$(for tool in $(families); do rules $tool; done | wc -l | tr -d ' ')"
if [ -n "$WB_FROM" ]; then
  for tool in $(families); do rules $tool; done | grep -q . && bit yes || bit no
elif answers; then bit no
else bit yes; fi
`;

const REMOVE = String.raw`
for tool in $(families); do
  rules $tool | sed 's/^-A/-D/' | while read -r rule; do
    # The words of a rule that we made ourselves; none holds a blank.
    $tool -w 5 $rule
  done
  [ -z "$(rules $tool)" ] || exit 1
  if [ "$($tool -w 5 -S $chain 2>/dev/null | wc -l)" -eq 1 ]; then
    $tool -w 5 -D INPUT -j $chain 2>/dev/null
    $tool -w 5 -X $chain 2>/dev/null
  fi
done
exit 0
`;

/** A port refuses or swallows connections. */
export const refuseFault = defineFault<Params>({
  kind: "refuse",
  params,
  view: ({ port, how, from }) => `iptables ${how} tcp ${port}${from === undefined ? "" : ` from ${from}`}`,
  inject: ({ port, how, from = "" }, context, limitMs) => {
    const { run, step, number } = context.attempt;
    const mark = `wb-${`${run}-${step}-${number}`.replace(/[^\w.-]/g, "_").slice(0, 200)}`;
    const values = { WB_PORT: String(port), WB_HOW: how, WB_FROM: from, WB_MARK: mark };
    return inject({ values, words: WORDS, inject: INJECT, remove: REMOVE }, context, limitMs);
  },
  remove: (_, context) => remove(context),
});
