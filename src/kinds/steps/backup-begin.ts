import { z } from "zod";
import { defineStep, type StepContext } from "../../model/step.ts";
import { utc } from "../../model/time.ts";
import { carryBackup, recallBackup } from "./backup/carry.ts";
import { parts, repository } from "./backup/fields.ts";
import { begunIn, created, hours, OUTSIDE } from "./backup/hours.ts";
import { aside, found, partOf } from "./backup/part.ts";
import { places } from "./backup/where.ts";
import { quote } from "../targets/posix/quote.ts";
import { ended, refused } from "./ending/ended.ts";

const params = z.strictObject({
  ...repository,
  ...parts,
  window: z
    .strictObject(hours)
    .optional()
    .describe("It begins only in these hours, unless the run says OUTSIDE_WINDOW=yes."),
});
type Params = z.infer<typeof params>;

/** The lock is a file with its owner in it, linked into its place: it is there whole, or not at all. */
const BEGIN = String.raw`
# Others may pass through, so that a database's own user can write its copy; they can look into nothing.
(umask 066 && mkdir -p -- "$WB_REPOSITORY") || refuse backup-folder "path=$WB_REPOSITORY"
need $WB_TOOLS sha256sum find xargs sort df
lock=$WB_REPOSITORY/.lock
printf '%s %s\n' "$WB_SET_ID" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" >"$lock.$WB_SET_ID" || refuse backup-folder "path=$WB_REPOSITORY"
ln -- "$lock.$WB_SET_ID" "$lock" 2>/dev/null
rm -f -- "$lock.$WB_SET_ID"
read -r owner since <"$lock" || refuse backup-folder "path=$lock"
[ "$owner" = "$WB_SET_ID" ] || refuse backup-busy "run=$owner" "since=$since" "path=$lock"
bytes=0
unknown=
# What cannot tell its size asks for no room here, and is named; its copy is told when the disk is full.
measured() { case $2 in '' | *[!0-9]*) unknown="$unknown, $1" ;; *) bytes=$((bytes + $2)) ;; esac; }
`;

const ROOM = String.raw`
available=$(df -Pk -- "$WB_REPOSITORY" | awk 'NR == 2 { printf "%.0f", $4 * 1024 }')
fact NEED "$bytes"
fact AVAILABLE "$available"
# A file system that does not say its room is not full for that.
[ "$bytes" -le "${"$"}{available:-$bytes}" ] || {
  rm -f -- "$lock"
  refuse backup-no-room "need=$bytes" "available=$available" "path=$WB_REPOSITORY"
}
[ -n "$available" ] || say backup-room-untold "path=$WB_REPOSITORY" "need=$bytes"
[ -z "$unknown" ] || say backup-size-unknown "parts=${"$"}{unknown#, }" "need=$bytes" "available=${"$"}{available:--}" "path=$WB_REPOSITORY"
rm -rf -- "$WB_SET"
(umask 066 && mkdir -- "$WB_SET") || refuse backup-folder "path=$WB_SET"
`;

/** What was taken and not sealed is no set; the lock goes only when it is ours. A writer that does not go on is said. */
const END = String.raw`
still=
# What the target's own timer has begun and not ended (over-) is said once more.
for after in "$WB_SET"/.after-* "$WB_SET"/.ending-* "$WB_SET"/.over-*; do
  [ ! -e "$after" ] || { sh "$after" && rm -f -- "$after"; } || still=$after
done
# A writer that does not go on is said so again by its timer.
for timer in "$WB_SET"/.timer-*; do [ -n "$still" ] || [ ! -e "$timer" ] || end_timer "$timer"; done
owner=
[ -e "$WB_REPOSITORY/.lock" ] && read -r owner since <"$WB_REPOSITORY/.lock"
[ "$owner" != "$WB_SET_ID" ] || rm -f -- "$WB_REPOSITORY/.lock"
[ -z "$still" ] || refuse backup-quiesce "command=$(cat "$still")" "detail=$still"
rm -rf -- "$WB_SET" || refuse backup-folder "path=$WB_SET"
exit 0
`;

/** Whoever drives it, and by whatever verb: hours are hours. */
function mustBeOpen({ window }: Params, { attempt, env }: StepContext): void {
  if (!window || env[OUTSIDE] === "yes" || begunIn(window, attempt.run).open) return;
  const { from, to, zone } = window;
  throw refused("backup-outside-window", {
    window: `${from}-${to}`,
    zone,
    at: utc(created(attempt.run)),
    parameter: OUTSIDE,
  });
}

async function begin(given: Params, context: StepContext) {
  mustBeOpen(given, context);
  const all = given.parts.map(partOf);
  const tools = new Set(all.flatMap(({ kind, data }) => kind.tools(data)));
  const sizes = await Promise.all(
    all.map(async ({ kind, data }, index) => {
      const program = kind.size(data);
      const { env, lines } = await aside(program, context, `WB_P${index}`);
      return { env, text: `measured ${quote(given.parts[index]!.id)} "$(\n${lines}${program.text}\n)"\n` };
    }),
  );
  const env = {
    ...Object.assign({}, ...sizes.map((one) => one.env)),
    ...places(given, context),
    WB_TOOLS: [...tools].join(" "),
  };
  return (await carryBackup(context, given, BEGIN + sizes.map(({ text }) => text).join("") + ROOM, env)).end;
}

const view = ({ set, into, parts: all }: Params): string => {
  const tools = all.flatMap((one) => {
    const part = found(one);
    return "wrong" in part ? [`${one.id}: ${part.detail}`] : part.kind.tools(part.data);
  });
  return `lock ${into}/${set}; room for ${all.map(({ id }) => id).join(", ")}; ${[...new Set(tools)].join(", ")}`;
};

/** Locks the repository, asks for tools and room, and makes the folder of the new set; its undo clears up and unlocks. */
export const backupBeginStep = defineStep<Params>({
  kind: "backup-begin",
  params,
  made: true,
  view: (given) => ({ command: view(given), risk: "write", sudo: given.sudo }),
  perform: (given, context) =>
    ended(context, async () =>
      context.attempt.purpose === "undo"
        ? (await carryBackup(context, given, END, places(given, context))).end
        : begin(given, context),
    ),
  recall: (_, context) => recallBackup(context),
});
