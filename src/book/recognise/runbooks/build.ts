import type { Finding } from "../../../model/finding.ts";
import type { Runbook, RunbookKind, Step } from "../../../model/runbook.ts";
import type { Status } from "../../../model/states.ts";
import { worstRisk } from "../../shell/worse.ts";
import { fold, unnumbered } from "../../words/matcher.ts";
import { roleOf, RUNBOOK_WORDS } from "../../words/procedures.ts";
import { LEADING_NUMBER, SOP_PREFIX } from "../../words/typography.ts";
import type { Page, Part } from "../recogniser.ts";
import type { Material, StepDraft } from "./draft.ts";

export const kindOf = (title: string): RunbookKind | undefined =>
  RUNBOOK_WORDS.find(([, kindWords]) => kindWords.in(fold(title)))?.[0];

export interface Heading {
  readonly title: string;
  readonly line: number;
  readonly kind: RunbookKind;
  readonly number?: string;
  readonly status?: Status;
}

/** Heading of a procedure, for a section. */
export const headingOf = (part: Part, kind: RunbookKind, number?: string): Heading => ({
  title: part.section.title,
  line: part.section.source.line,
  kind,
  ...(number === undefined ? {} : { number }),
  ...(part.section.status === undefined ? {} : { status: part.section.status }),
});

/** A Runbook out of its heading and material. Its id is its number, else its title; the caller makes ids unique. */
export function build(page: Page, heading: Heading, material: Material): Runbook {
  const id = heading.number ?? idOf(heading.title);
  const { around } = material;
  const phases = [...new Set(material.steps.flatMap((draft) => draft.phase ?? []))];
  // One step called "verify" does not make a procedure of phases.
  const phased = phases.length > 1;
  const steps = unique(
    id,
    material.steps.map((draft, index) => stepOf(page, draft, `${id}/${index + 1}`, heading, phased)),
  );
  const mode = modeOf(heading.title, steps);
  return {
    id,
    title: heading.title,
    source: { file: page.file, line: heading.line },
    kind: heading.kind,
    ...optional("number", heading.number),
    status: heading.status ?? page.document.status ?? "landed",
    steps,
    phases: phased ? phases : [],
    preconditions: around.preconditions,
    ...optional("purpose", around.purpose),
    ...optional("scenario", around.scenario),
    ...optional("symptom", around.symptom),
    ...optional("every", around.every),
    ...optional("service", page.front.service),
    ...optional("mode", mode),
  };
}

const optional = <K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } =>
  (value === undefined || value === "" ? {} : { [key]: value }) as { readonly [P in K]?: V };

/** A title as an id: letters and digits of any script, the rest a dash. */
export const idOf = (title: string): string =>
  fold(unnumbered(title))
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 80) || "procedure";

function stepOf(page: Page, draft: StepDraft, id: string, heading: Heading, phased: boolean): Step {
  const attributes = draft.block === undefined ? {} : (page.blocks[draft.block]?.attributes ?? {});
  const alone = draft.block !== undefined && page.blocks[draft.block]?.kind !== "steps";
  const own = alone ? attributes : {};
  const block = draft.block === undefined ? undefined : page.blocks[draft.block];
  // What a person does by hand cannot be judged: unknown, which counts as write.
  const found = draft.commands.length === 0 ? "unknown" : worstRisk(draft.commands.map((command) => command.risk));
  const declared = alone && attributes["wb-risk"] !== undefined && block?.state === "declared" ? block.risk : undefined;
  const role = draft.phase === "verify" ? "verify" : roleIn(heading, draft.title);
  const within = secondsOf(own["wb-within"]);
  return {
    id: own["name"] ?? id,
    title: draft.title,
    source: { file: page.file, line: draft.line },
    kind: draft.commands.length === 0 || draft.commands.some((command) => command.interactive) ? "manual" : "shell",
    role,
    commands: draft.commands,
    risk: declared ?? found,
    ...optional("phase", phased ? draft.phase : undefined),
    details: draft.details,
    ...optional("verify", own["wb-verify"]),
    ...optional("rollback", own["wb-rollback"]),
    ...optional("approve", own["wb-approve"]),
    ...(within === undefined ? {} : { within }),
    ...optional("banner", draft.banner),
    ...(draft.block === undefined ? {} : { block: draft.block }),
    ...optional("cwd", own["cwd"] ?? draft.cwd ?? (draft.commands.length > 0 ? page.front.cwd : undefined)),
    ...optional("held", draft.held),
  };
}

/** A name that is given twice counts for the first step only. */
function unique(id: string, steps: readonly Step[]): readonly Step[] {
  const seen = new Set<string>();
  return steps.map((step, index) => {
    const own = seen.has(step.id) ? { ...step, id: `${id}/${index + 1}` } : step;
    seen.add(own.id);
    return own;
  });
}

/** A step that bears its procedure's own title does what the procedure is for. */
const roleIn = (heading: Heading, title: string): Step["role"] =>
  title !== plainTitle(heading.title)
    ? roleOf(fold(title), heading.kind)
    : heading.kind === "evidence"
      ? roleOf(fold(title), heading.kind)
      : heading.kind === "inspect" || heading.kind === "preflight"
        ? "diagnose"
        : "do";

/** A heading as the title of its only step. */
export const plainTitle = (title: string): string => {
  const plain = unnumbered(title).replace(LEADING_NUMBER, "");
  return plain.replace(SOP_PREFIX, "") || plain;
};

/** `60s`, `5m`, `1h`, `500ms`, `90` (seconds). */
export function secondsOf(text: string | undefined): number | undefined {
  const found = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)?$/.exec(text ?? "");
  if (!found) return undefined;
  const factor = { ms: 0.001, s: 1, m: 60, h: 3600 }[found[2] ?? "s"] ?? 1;
  return Number(found[1]) * factor;
}

function modeOf(title: string, steps: readonly Step[]): Runbook["mode"] {
  const modes = new Set(steps.flatMap((step) => step.commands.map((command) => command.mode)));
  if (modes.has("execute")) return "execute";
  return modes.has("dry-run") || /dry[- ]?run/i.test(title) ? "dry-run" : undefined;
}

/** Verify steps that change something, and what a heading says against its commands. */
export function checked(runbook: Runbook): { readonly runbook: Runbook; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const steps = runbook.steps.map((step) => {
    const writing = step.commands.find((command) => command.risk === "write" || command.risk === "destructive");
    if (step.role !== "verify" || !writing) return step;
    findings.push({
      code: "WB262",
      level: "warn",
      source: { file: step.source.file, line: writing.line },
      args: { step: step.title, command: writing.text.slice(0, 80), risk: writing.risk },
    });
    return { ...step, held: step.held ?? "verify-writes" };
  });
  if (/dry[- ]?run/i.test(runbook.title) && runbook.mode === "execute")
    findings.push({ code: "WB266", level: "warn", source: runbook.source, args: { runbook: runbook.title } });
  return { runbook: { ...runbook, steps }, findings };
}
