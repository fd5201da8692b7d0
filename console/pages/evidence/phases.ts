/** One stretch of a run: an attempt at something, or what lay between two of them. Nanoseconds since the run began. */
export interface Phase {
  /** work: the program · hand: a person does the step · person: it waits for a person · idle: nothing goes on. */
  readonly kind: "work" | "hand" | "person" | "idle";
  readonly from: number;
  readonly until: number;
  /** Of an attempt. */
  readonly step?: string;
  readonly target?: string;
  readonly purpose?: string;
  readonly ending?: string;
}

interface Line {
  readonly mono_ns: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Only a person makes these. */
const PERSONS: ReadonlySet<string> = new Set([
  "approval.given",
  "approval.rejected",
  "key",
  "tick",
  "answer",
  "decided",
  "pause",
  "resume",
]);

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Steps that a person does, by id: the plan says so. */
function handsOf(lines: readonly Line[]): ReadonlySet<string> {
  const plan = lines.find(({ type }) => type === "run.plan")?.data["plan"];
  const { steps = [], others = [] } = (plan ?? {}) as {
    readonly steps?: readonly Step[];
    readonly others?: readonly Step[];
  };
  return new Set([...steps, ...others].filter(({ kind }) => kind === "manual").map(({ id }) => id));
}
interface Step {
  readonly id: string;
  readonly kind: string;
}

/** What lies between two moments with nothing going on: the wait for a person, where one ended it. */
const between = (from: number, until: number, type: string): Phase => ({
  kind: PERSONS.has(type) ? "person" : "idle",
  ...{ from, until },
});

/**
 * Where the time of a run went, from the text of its events.jsonl: every attempt, and every stretch in which none went on,
 * in order. Of a run only: an inspection has no attempts. Only for bytes that were verified.
 */
export function phasesOf(events: string): readonly Phase[] {
  const lines = events.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as Line]));
  const hands = handsOf(lines);
  const open = new Map<string, { from: number; at: number }>();
  const phases: Phase[] = [];
  let last: number | undefined;
  for (const { type, mono_ns, data } of lines) {
    const at = Number(mono_ns);
    const key = ["step", "target", "purpose", "attempt"].map((name) => String(data[name])).join("\n");
    if (open.size === 0 && last !== undefined && at > last) phases.push(between(last, at, type));
    if (type === "intent") open.set(key, { from: at, at: phases.push({ kind: "work", from: at, until: at }) - 1 });
    const begun = type === "outcome" ? open.get(key) : undefined;
    if (begun !== undefined) {
      open.delete(key);
      const hand = hands.has(text(data["step"])) && text(data["purpose"]) === "do";
      phases[begun.at] = {
        ...{ kind: hand ? "hand" : "work", from: begun.from, until: at },
        ...{ step: text(data["step"]), target: text(data["target"]) },
        ...{ purpose: text(data["purpose"]), ending: text(data["ending"]) },
      };
    }
    last = at;
  }
  return phases.filter(({ from, until, step }) => until > from || step !== undefined);
}
