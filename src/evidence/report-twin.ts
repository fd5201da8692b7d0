import { createHash } from "node:crypto";
import { reason, Refusal, type Reason } from "./refusal.ts";

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Does `said` say everything that was signed, and say it so? It may say more: what a check is called, what changed. */
function holds(said: unknown, signed: unknown): boolean {
  if (Array.isArray(signed))
    return Array.isArray(said) && said.length === signed.length && signed.every((one, at) => holds(said[at], one));
  if (isFields(signed))
    return isFields(said) && Object.entries(signed).every(([key, value]) => holds(said[key], value));
  return said === signed;
}

const twinDigest = (facts: Fields): string => createHash("sha256").update(JSON.stringify(facts)).digest("hex");
const twinText = (twin: Fields): string => `${JSON.stringify(twin, null, 2)}\n`;

/** The text of a twin: its facts, then their digest, so that one changed byte anywhere shows. */
export const sealTwin = (facts: Fields): string => {
  const plain = JSON.parse(JSON.stringify(facts)) as Fields;
  return twinText({ ...plain, digest: twinDigest(plain) });
};

/** The twin as it was written, byte by byte; undefined for a file that is none of ours. */
function parse(text: string): Fields | undefined {
  let twin: unknown;
  try {
    twin = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (!isFields(twin) || twinText(twin) !== text) return undefined;
  const { digest, ...facts } = twin;
  return digest === twinDigest(facts) ? twin : undefined;
}

/**
 * The JSON beside a report against the report and against what was signed of its runs (result.json of each, by run):
 * refuses another digest of the Markdown, other bytes than the program writes, and a run that says something else than
 * its evidence. Gives a reason for runs that no evidence is named for.
 */
export function checkTwin(
  twinText: string,
  file: string,
  report: Uint8Array,
  signed: readonly Fields[],
): readonly Reason[] {
  const twin = parse(twinText);
  const digest = isFields(twin?.["markdown"]) ? twin["markdown"]["sha256"] : undefined;
  if (!twin || digest !== createHash("sha256").update(report).digest("hex"))
    throw new Refusal("report-changed", { file });
  const runs = Array.isArray(twin["runs"]) ? twin["runs"].filter(isFields) : [];
  for (const one of signed) {
    // `format` names the form of the signed file; the twin has one of its own.
    const { format: _, ...facts } = one;
    const run = runs.find(({ id }) => id === one["id"]);
    const heads = ["duty", "title", "period", "zone"].every(
      (name) => one[name] === undefined || twin[name] === one[name],
    );
    if (!run || !heads || !holds(run, facts)) throw new Refusal("report-twin", { file, run: String(one["id"]) });
  }
  const bare = runs.filter(({ id }) => !signed.some((one) => one["id"] === id));
  return bare.map(({ id }) => reason("report-run-bare", { run: String(id) }));
}
