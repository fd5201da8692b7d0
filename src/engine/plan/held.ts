import type { Blank } from "../../model/runbook.ts";
import type { Draft } from "./draft.ts";
import type { SettleParts } from "./settle.ts";

/** Rules that hold a block only because something in it must be filled in. */
const OPEN = new Set(["fence/placeholders", "fence/literal-date"]);
/** Shells that steps are run with. */
const SHELLS = new Set(["bash", "sh"]);

/** What keeps a step from being done as it stands: its block, an open placeholder, a command that never ends. */
export function judgeHeld(draft: Draft, parts: SettleParts): void {
  const { missing } = parts;
  const where = { step: draft.id, source: draft.source };
  if (draft.kind !== "shell" && draft.kind !== "manual") return;
  const stuck = draft.held !== undefined && held(draft, parts);
  if (draft.kind === "manual") return;
  if (draft.role === "rollback" && !parts.drafts.some(({ undo }) => undo === draft.id))
    missing.add("rollback-unbound", {}, where);
  const shell = draft.interpreter?.trim().split("/").at(-1)?.split(/\s/)[0];
  if (shell !== undefined && !SHELLS.has(shell)) missing.add("interpreter", { interpreter: shell }, where);
  if (draft.timeoutMs === undefined && draft.within === undefined && draft.commands.some(({ neverEnds }) => neverEnds))
    missing.add("never-ends", {}, where);
  if (!stuck) blanks(draft, parts);
}

/** Says what holds it; false when everything that its block leaves open has a declared parameter. */
function held(draft: Draft, { missing, drafts, values, variables, book }: SettleParts): boolean {
  const rule = draft.held ?? "";
  const own = { step: draft.id, source: draft.source };
  // The steps of one block are held together: it is said once, with the line that the attribute belongs on.
  const first = drafts.find((one) => one.block === draft.block && one.runbook === draft.runbook && one.held === rule);
  const fence = draft.block === undefined ? undefined : book.blocks[draft.block]?.source;
  const where = fence && first ? { step: first.id, source: fence } : own;
  if (OPEN.has(rule)) {
    // What one step of a block leaves open holds all of them: they were written as one.
    const block = drafts
      .filter((one) => one.block === draft.block && one.runbook === draft.runbook)
      .flatMap((one) => one.blanks);
    const given = (blank: Blank): boolean => blank.kind === "variable" && variables.has(blank.variable);
    const open = block.filter((blank) => !blank.declared && !values.declares(blank) && !given(blank));
    if (block.length > 0 && open.length === 0) return false;
    const texts = [...new Set(open.map(({ text }) => text))].join(", ") || "…";
    missing.add("held-placeholders", { placeholders: texts, params: suggested(open) }, where);
  } else if (rule === "never-ends") missing.add("never-ends", {}, own);
  else if (rule === "verify-writes") {
    const writing = draft.commands.find(({ risk }) => risk !== "read");
    missing.add("verify-writes", { command: (writing?.text ?? "").slice(0, 80) }, own);
  } else missing.add("held", { rule }, where);
  return true;
}

/** What to write behind `params:` in watchbook.yaml. */
const suggested = (open: readonly Blank[]): string =>
  [...new Map(open.map((blank) => [blank.text, blank])).values()]
    .map((blank) => `${declarable(blank)}: { for: ${JSON.stringify(blank.text)} }`)
    .join(", ") || "NAME: { for: … }";

function declarable({ name, kind }: Blank): string {
  if (kind === "literal-date") return "date";
  const plain = name.replace(/[^\p{L}\p{N}_-]+/gu, "-").replace(/^-+|-+$/g, "");
  return /^[\p{L}_]/u.test(plain) ? plain : "value";
}

/** Where a shell calculates it evaluates what a variable says, subscripts with their commands included. */
const CALCULATES =
  /\(\(|\$\[|\w\[|\[\[[^\n]*\s-(?:eq|ne|lt|le|gt|ge)\s|(?:^|[\s;&|(])(?:let\s|(?:declare|typeset|local)\s+-\w*i)|\$\{\w+:[^-=?+}]/m;
const SUBSCRIPT = /[$`[]/;
const calculates = ({ commands }: Draft): boolean =>
  commands.some(({ text }) => CALCULATES.test(text.slice(0, LONGEST)));
const LONGEST = 8_000;

const isUsed = (name: string, { commands, blanks: open }: Draft): boolean =>
  open.some(({ variable }) => variable === name) || commands.some(({ text }) => text.includes(name));

function blanks(draft: Draft, { missing, values, variables }: SettleParts): void {
  if (calculates(draft))
    for (const { name, value, secret } of values.parameters)
      if (!secret && SUBSCRIPT.test(value) && isUsed(name, draft))
        missing.add("arithmetic", { name }, { step: draft.id, source: draft.source });
  for (const blank of draft.blanks) {
    const where = { step: draft.id, source: { file: draft.source.file, line: blank.line } };
    if (blank.spots === undefined)
      missing.add("placeholder-in-place", { text: blank.text, name: blank.variable }, where);
    if (values.of(blank) !== undefined || values.declares(blank)) continue;
    if (blank.kind !== "variable") missing.add("parameter", { name: blank.name, type: "text" }, where);
    else if (!variables.has(blank.variable)) missing.add("variable", { name: blank.variable }, where);
  }
  for (const [index, command] of draft.commands.entries())
    for (const { text, kind } of command.placeholders)
      if (kind !== "variable" && !draft.blanks.some((blank) => blank.command === index && blank.text === text))
        missing.add(
          "placeholder-in-place",
          { text, name: "…" },
          { step: draft.id, source: { file: draft.source.file, line: command.line } },
        );
}
