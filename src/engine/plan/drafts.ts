import type { Book } from "../../model/book.ts";
import type { Runbook } from "../../model/runbook.ts";
import type { RunbookSpec, StepSpec } from "../../model/runbook-spec.ts";
import { bodiesOf, changed, draftOf, draftOfBody } from "./draft.ts";
import type { Draft } from "./draft.ts";
import { unknownName } from "./named.ts";

/** What is done, in order, and what verifies or undoes it. */
export interface Drafts {
  readonly steps: readonly Draft[];
  readonly others: readonly Draft[];
}

/** Id of the step that a text names: its id, its number, or its id without the runbook's. */
export function stepNamed(drafts: readonly Pick<Draft, "id">[], runbook: string, name: string): string | undefined {
  const ids = new Set(drafts.map(({ id }) => id));
  return [name, `${runbook}/${name}`].find((id) => ids.has(id));
}

/** One runbook's own steps: the manual's, as watchbook.yaml changes them, with those that it adds. Rejects with STEP-UNKNOWN. */
export function draftsOf(book: Book, runbook: Runbook, spec: RunbookSpec | undefined): Drafts {
  const manual = [...preconditions(runbook), ...runbook.steps.map((step) => draftOf(step, runbook))];
  const specs = new Map<string, StepSpec>();
  for (const one of spec?.steps ?? []) {
    const id = stepNamed(manual, runbook.id, one.id);
    if (id === undefined) throw unknownStep(one.id, manual, runbook, one);
    specs.set(id, one);
  }
  const bodies: Draft[] = [];
  const steps = manual.map((draft) => {
    const one = specs.get(draft.id);
    if (one) bodies.push(...bodiesOf(draft, one));
    return one ? changed(draft, one) : draft;
  });
  for (const one of spec?.add ?? []) {
    const bare = draftOfBody(one.id, one, { runbook: runbook.id, source: one.source, title: one.id });
    bodies.push(...bodiesOf(bare, one));
    const { kind: _k, with: _w, ...rest } = one;
    const draft = changed({ ...bare, ...(one.with && { with: one.with }) }, rest);
    steps.splice(placeOf(steps, one, runbook), 0, draft);
  }
  return apart(book, runbook, steps, bodies);
}

/** What must be so before it begins is for a person to confirm, unless watchbook.yaml says how it is measured. */
const preconditions = (runbook: Runbook): readonly Draft[] =>
  runbook.preconditions.length === 0
    ? []
    : [
        {
          id: `${runbook.id}/preconditions`,
          title: runbook.preconditions.join(" · "),
          kind: "manual",
          commands: [],
          blanks: [],
          details: runbook.preconditions,
          risk: "read",
          scope: "run",
          role: "diagnose",
          runbook: runbook.id,
          source: runbook.source,
          outputs: [],
        },
      ];

const unknownStep = (name: string, known: readonly Draft[], runbook: Runbook, spec: Pick<StepSpec, "source">) =>
  unknownName(
    "STEP-UNKNOWN",
    name,
    known.map(({ id }) => id),
    { runbook: runbook.id },
    spec.source,
  );

function placeOf(steps: readonly Draft[], spec: StepSpec, runbook: Runbook): number {
  const beside = spec.before ?? spec.after;
  if (beside === undefined) return steps.length;
  const id = stepNamed(steps, runbook.id, beside);
  if (id === undefined) throw unknownStep(beside, steps, runbook, spec);
  return steps.findIndex((step) => step.id === id) + (spec.before === undefined ? 1 : 0);
}

/** Steps that another one names leave the row; what they name in turn goes with them. */
function apart(book: Book, runbook: Runbook, given: readonly Draft[], bodies: readonly Draft[]): Drafts {
  const others = new Map<string, Draft>();
  const full = (name: string | undefined, pool: readonly Draft[]): string | undefined =>
    name === undefined ? undefined : (stepNamed(pool, runbook.id, name) ?? name);
  const known = [...given, ...bodies];
  const linked = known.map((draft): Draft => {
    const [verify, undo, until] = [draft.verify, draft.undo, draft.until].map((name) => full(name, known));
    return {
      ...draft,
      ...(verify === undefined ? {} : { verify }),
      ...(undo === undefined ? {} : { undo }),
      ...(until === undefined ? {} : { until }),
    };
  });
  const take = (draft: Draft, key: "verify" | "undo"): void => {
    const id = draft[key];
    if (id === undefined || others.has(id)) return;
    const found = linked.find((one) => one.id === id) ?? elsewhere(book, id);
    if (!found) throw unknownStep(id, linked, runbook, draft);
    const { held, ...rest } = found;
    const role = key === "verify" ? ("verify" as const) : ("rollback" as const);
    others.set(id, { ...rest, role, ...(held === undefined || held === "manual-only" ? {} : { held }) });
    take(found, "verify");
  };
  for (const draft of linked) {
    take(draft, "verify");
    take(draft, "undo");
  }
  const inner = new Set(bodies.map(({ id }) => id));
  return { steps: linked.filter(({ id }) => !others.has(id) && !inner.has(id)), others: [...others.values()] };
}

/** A step of another runbook of the book, or a fence with that name beside the procedure. */
function elsewhere(book: Book, id: string): Draft | undefined {
  for (const runbook of book.runbooks) {
    const step = runbook.steps.find((one) => one.id === id);
    if (step) return draftOf(step, runbook);
  }
  const index = book.blocks.findIndex(({ attributes }) => attributes["name"] === id);
  const block = book.blocks[index];
  if (!block) return undefined;
  const held = block.state === "ambiguous" || block.state === "conflict" ? block.rule : undefined;
  return {
    id,
    title: id,
    kind: "shell",
    commands: block.commands,
    blanks: [],
    details: [],
    role: "do",
    runbook: "",
    source: block.source,
    outputs: [],
    block: index,
    ...(held === undefined ? {} : { held }),
    ...(block.risk === undefined ? {} : { found: block.risk }),
    ...(block.attributes["cwd"] === undefined ? {} : { cwd: block.attributes["cwd"] }),
  };
}
