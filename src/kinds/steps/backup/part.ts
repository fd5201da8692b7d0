import type { BackupKind, BackupProgram } from "../../../model/backup.ts";
import type { StepContext } from "../../../model/step.ts";
import { brokenRule, wantedForm } from "../../../model/wanted.ts";
import { backups } from "../../backups/index.ts";
import { refused } from "../ending/ended.ts";

/** A kind with its validated parameters. */
export interface Part {
  readonly kind: BackupKind;
  readonly data: unknown;
}

/** A part as the plan has it. */
export interface NamedPart {
  readonly kind: string;
  readonly with: Readonly<Record<string, unknown>>;
}

/** The kind and its parameters, or what is wrong with which of the two, in signs that need no language. */
function read(given: NamedPart): Part | { readonly wrong: "kind" | "params"; readonly problems: readonly Problem[] } {
  const kind = backups.find((each) => each.kind === given.kind);
  if (!kind) {
    const message = backups.map((each) => each.kind).join(" | ");
    return { wrong: "kind", problems: [{ path: ["kind"], message }] };
  }
  const parsed = kind.params.safeParse(given.with);
  if (parsed.success) return { kind, data: parsed.data };
  const problems = parsed.error.issues.map((issue) => ({
    path: ["with", ...issue.path],
    message: brokenRule(issue) ?? wantedForm(issue) ?? issue.message,
  }));
  return { wrong: "params", problems };
}

interface Problem {
  readonly path: PropertyKey[];
  readonly message: string;
}

/** The same; `detail` is the first that is wrong. */
export function found(given: NamedPart): Part | { readonly wrong: "kind" | "params"; readonly detail: string } {
  const part = read(given);
  if (!("wrong" in part)) return part;
  const { path, message } = part.problems[0]!;
  return { wrong: part.wrong, detail: part.wrong === "kind" ? message : `${path.map(String).join(".")}: ${message}` };
}

/** What is wrong with a part; the plan says it before anything begins. */
export function wrongIn(given: NamedPart): readonly Problem[] {
  const part = read(given);
  return "wrong" in part ? part.problems : [];
}

/** Throws Ended `backup-kind` or `backup-params`. */
export function partOf(given: NamedPart): Part {
  const part = found(given);
  if (!("wrong" in part)) return part;
  const args = { kind: given.kind, detail: part.detail };
  throw part.wrong === "kind" ? refused("backup-kind", args) : refused("backup-params", args);
}

/** What the plan shows: the program's text, or what is wrong with the part. */
export function shown(given: NamedPart, text: (part: Part) => string | undefined): string {
  const part = found(given);
  return "wrong" in part ? `${given.kind}: ${part.detail}` : (text(part) ?? "").trim();
}

/** Variables of a kind's program, secrets by value. */
export async function variablesOf(
  program: BackupProgram,
  context: Pick<StepContext, "secret">,
): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = { ...program.env };
  for (const [name, reference] of Object.entries(program.secrets ?? {})) found[name] = await context.secret(reference);
  return found;
}

/** A database, whose rows may name files. Throws Ended `backup-no-rows`. */
export function serverOf({ kind }: Part): NonNullable<BackupKind["server"]> {
  if (!kind.server) throw refused("backup-no-rows", { kind: kind.kind });
  return kind.server;
}

/**
 * A program's variables for a text that holds several programs: values travel beside it under names of their own, and the
 * lines give them their names. A text lies on the target, a value never does.
 */
export async function aside(
  program: BackupProgram,
  context: Pick<StepContext, "secret">,
  prefix: string,
): Promise<{ readonly env: Readonly<Record<string, string>>; readonly lines: string }> {
  const values = Object.entries(await variablesOf(program, context));
  return {
    env: Object.fromEntries(values.map(([name, value]) => [`${prefix}_${name}`, value])),
    lines: values.map(([name]) => `${name}=$${prefix}_${name}\nexport ${name}\n`).join(""),
  };
}
