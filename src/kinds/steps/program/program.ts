import type { AttemptEnd } from "../../../model/journal.ts";
import type { Recall, StepContext } from "../../../model/step.ts";
import { perform, recall } from "../../targets/receipt/receipt.ts";
import { asRoot } from "./interpreter.ts";
import { own, told } from "./told.ts";

/** A program of ours in POSIX sh. Values come as variables; whatever it leaves, it leaves in `$WATCHBOOK_ATTEMPT`. */
export interface Program {
  readonly text: string;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly sudo?: boolean;
  /** Default: sh. */
  readonly interpreter?: readonly string[];
}

/**
 * Words of every program. `say REASON name=value …`: why it ended as it did, a key of i18n `steps.reasons`;
 * `refuse`: the same, and the step has failed; `give NAME value`: an output. Lines would end a value: they become blanks.
 */
export const PRELUDE = String.raw`
umask 077
LC_ALL=C
export LC_ALL
give() {
  case $2 in
    *[[:cntrl:]]*) printf '%s=%s\n' "$1" "$(printf %s "$2" | tr '\n\r' '  ')" >>"$WB_OUTPUT" ;;
    *) printf '%s=%s\n' "$1" "$2" >>"$WB_OUTPUT" ;;
  esac
}
say() {
  give WB_REASON "$1"
  shift
  for arg do give "WB_ARG_${"$"}{arg%%=*}" "${"$"}{arg#*=}"; done
}
refuse() {
  say "$@"
  exit 70
}
# Attempts of the same step on this target that did it, oldest first: what an undo looks into.
earlier() {
  base=${"$"}{WATCHBOOK_ATTEMPT%.undo.*}
  number=1
  while [ -d "$base.do.$number" ]; do
    echo "$base.do.$number"
    number=$((number + 1))
  done
}
first_with() { earlier | while read -r one; do [ -e "$one/$1" ] && echo "$one" && break; done; }
`;

/** How a program ended, and what it gave out for ourselves. */
export interface Carried {
  readonly end: AttemptEnd;
  readonly own: ReadonlyMap<string, string>;
}

/** Does a program once under the receipt of this attempt, or attaches to it again. */
export async function carry(context: StepContext, program: Program): Promise<Carried> {
  const { text, env, cwd, sudo = false, interpreter = ["sh"] } = program;
  const end = await perform(
    context.reach,
    {
      id: context.attempt,
      interpreter: sudo ? asRoot(interpreter, Object.keys(env)) : interpreter,
      script: PRELUDE + text,
      env,
      limitMs: context.timeoutMs,
      ...(cwd !== undefined && { cwd }),
    },
    context,
  );
  return { end: told(end), own: own(end) };
}

/** What the receipt says of a program's attempt. Rejects with ReachError when the target cannot be asked. */
export async function recalled({ reach, attempt, signal }: StepContext): Promise<Recall> {
  const found = await recall(reach, attempt, signal);
  return found.state === "ended" ? { state: "ended", end: told(found.end) } : found;
}
