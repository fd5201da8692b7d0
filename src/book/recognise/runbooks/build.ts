import type { Block, Command } from "../../../model/block.ts";
import type { Finding } from "../../../model/finding.ts";
import type { Runbook, RunbookKind, Step } from "../../../model/runbook.ts";
import type { Status } from "../../../model/states.ts";
import { ON_FAIL } from "../../../model/plan.ts";
import { worstRisk } from "../../shell/worse.ts";
import { fold, unnumbered } from "../../words/matcher.ts";
import { roleOf, RUNBOOK_WORDS } from "../../words/procedures.ts";
import { LEADING_NUMBER, SOP_PREFIX } from "../../words/typography.ts";
import { yes } from "../fence/attributes.ts";
import type { Page, Part } from "../recogniser.ts";
import { blanksOf } from "./blanks.ts";
import type { Named } from "./blanks.ts";
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
    ...optional("status", heading.status ?? page.document.status),
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
  // What a block declares is said of its own commands only.
  const others = declared === undefined ? [] : besides(draft.commands, block);
  const role = draft.phase === "verify" ? "verify" : (draft.role ?? roleIn(heading, draft.title));
  const within = secondsOf(own["wb-within"]);
  const timeout = secondsOf(own["wb-timeout"]);
  const blanks = blanksOf(draft.commands, attributes["wb-params"] ?? "", namedIn(page));
  return {
    id: own["name"] ?? id,
    title: draft.title,
    source: { file: page.file, line: draft.line },
    kind: byHand(draft, block) ? "manual" : "shell",
    role,
    commands: draft.commands,
    risk: declared === undefined ? found : worstRisk([declared, ...others.map((command) => command.risk)]),
    ...optional("phase", phased ? draft.phase : undefined),
    details: draft.details,
    ...optional("verify", own["wb-verify"]),
    ...optional("rollback", own["wb-rollback"] ?? own["wb-undo"]),
    ...optional("approve", own["wb-approve"]),
    ...(within === undefined ? {} : { within }),
    ...optional("banner", draft.banner),
    ...(draft.block === undefined ? {} : { block: draft.block }),
    ...optional("cwd", own["cwd"] ?? draft.cwd ?? (draft.commands.length > 0 ? page.front.cwd : undefined)),
    ...optional("held", draft.held ?? heldBy(block, within ?? timeout)),
    ...(blanks.length === 0 ? {} : { blanks }),
    ...(timeout === undefined ? {} : { timeout }),
    ...declaredBy(own),
  };
}

function besides(commands: readonly Command[], block: Block | undefined): readonly Command[] {
  const itself = new Set(block?.commands);
  return commands.filter((command) => !itself.has(command));
}

/** What else the attributes of its block say of a step. */
function declaredBy(own: Readonly<Record<string, string>>): Partial<Step> {
  if (Object.keys(own).length === 0) return {};
  const onFail = ON_FAIL.find((one) => one === own["wb-onfail"]);
  const [idempotent, declares] = [own["wb-idempotent"], own["wb-declares"]];
  return {
    ...(idempotent === undefined ? {} : { idempotent: yes(idempotent) }),
    ...(declares === undefined ? {} : { declares: yes(declares) }),
    ...(onFail === undefined ? {} : { onFail }),
    ...optional("targets", listOf(own["wb-target"])),
    ...optional("outputs", listOf(own["wb-output"])),
    ...optional("uses", own["wb-uses"]),
    ...optional("interpreter", own["interpreter"] ?? own["shell"]),
  };
}

const listOf = (text: string | undefined): readonly string[] | undefined =>
  text
    ?.split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** Texts that watchbook.yaml declares parameters for. */
const namedIn = (page: Page): readonly Named[] =>
  page.config.runbooks.flatMap(({ params }) =>
    params.flatMap(({ name, stands }) => (stands === undefined ? [] : [{ name, text: stands }])),
  );

/** A person does it: it has no commands, or they wait for somebody at a terminal, by what they are or as declared. */
const byHand = (draft: StepDraft, block: Block | undefined): boolean =>
  draft.commands.length === 0 || block?.kind === "interactive" || draft.commands.some((command) => command.interactive);

/** Without a time box nothing runs that goes on until somebody stops it; what is not shell is no command line to run. */
function heldBy(block: Block | undefined, within: number | undefined): string | undefined {
  if (block?.kind === "follow" && within === undefined) return "never-ends";
  return block?.rule === "fence/interpreter" ? block.rule : undefined;
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

/** `60s`, `5m`, `1h`, `500ms` in seconds; undefined for anything else, a bare number too. */
export function secondsOf(text: string | undefined): number | undefined {
  const found = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)$/.exec(text ?? "");
  if (!found) return undefined;
  const factor = { ms: 0.001, s: 1, m: 60, h: 3600 }[found[2] ?? "s"] ?? 1;
  return Number(found[1]) * factor;
}

function modeOf(title: string, steps: readonly Step[]): Runbook["mode"] {
  const modes = new Set(steps.flatMap((step) => step.commands.map((command) => command.mode)));
  if (modes.has("execute")) return "execute";
  return modes.has("dry-run") || /dry[- ]?run/i.test(title) ? "dry-run" : undefined;
}

/** A step that goes on until somebody stops it runs only with a time box (wb-timeout, wb-within). */
const bounded = (step: Step): Step =>
  step.within === undefined && step.timeout === undefined && step.commands.some(({ neverEnds }) => neverEnds)
    ? { ...step, held: step.held ?? "never-ends" }
    : step;

/** Verify steps that change something, and what a heading says against its commands. */
export function checked(runbook: Runbook): { readonly runbook: Runbook; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const steps = runbook.steps.map(bounded).map((step) => {
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
