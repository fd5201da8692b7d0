import { LineCounter, parseDocument } from "yaml";
import type { Document } from "yaml";
import type { BookConfig } from "../../model/config.ts";
import type { Finding } from "../../model/finding.ts";
import { buildConfig } from "./build.ts";
import { referred } from "./referred.ts";
import { isDeep } from "./deep.ts";
import { emptyConfig } from "./empty.ts";
import { normalise } from "./normalise.ts";
import { Positions } from "./position.ts";
import { dotted, problemsOf } from "./problems.ts";
import type { Place } from "./problems.ts";
import { referenceProblems } from "./references.ts";
import { bookSchema } from "./schema.ts";

/** What a watchbook.yaml says, or what is wrong in it. With errors, `config` is the empty one. */
export interface ReadConfig {
  readonly config: BookConfig;
  readonly findings: readonly Finding[];
}

/** Characters of a watchbook.yaml: data, not prose, stays far below. The YAML reader is slow on hostile nesting. */
const LONGEST = 500_000;

/** Reads and validates one watchbook.yaml. Every finding names file, line and dotted key. */
export function readConfig(file: string, text: string): ReadConfig {
  const lines = new LineCounter();
  const refuse = (line: number, what: string): ReadConfig => ({
    config: emptyConfig,
    findings: [{ code: "WB030", level: "error", source: { file, line }, args: { what } }],
  });
  if (text.length > LONGEST) return refuse(1, isDeep(text) ? "yaml:TOO_DEEP" : "yaml:LONGER_THAN_500000");
  const exhausted = (): ReadConfig => refuse(1, isDeep(text) ? "yaml:TOO_DEEP" : "yaml:RESOURCE_EXHAUSTION");
  let document: Document;
  let raw: unknown;
  try {
    document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "error" });
    const [broken] = document.errors;
    if (broken?.code === "RESOURCE_EXHAUSTION") return exhausted();
    if (broken) return refuse(Math.max(lines.linePos(broken.pos[0]).line, 1), `yaml:${broken.code}`);
    raw = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    // Nesting without end and alias bombs: the reader gives up by throwing.
    if (!(error instanceof RangeError || error instanceof ReferenceError)) throw error;
    return exhausted();
  }
  if (raw === null || raw === undefined) return { config: { ...emptyConfig, file }, findings: [] };
  const positions = new Positions(document, lines);
  if (typeof raw !== "object" || Array.isArray(raw)) return refuse(1, "yaml:NOT_A_MAP");
  return validated(file, raw as Record<string, unknown>, positions);
}

function validated(file: string, raw: Record<string, unknown>, positions: Positions): ReadConfig {
  const normal = normalise(raw);
  const place: Place = (path) => ({ file, line: positions.line(normal.origin(path)) });
  const findings: Finding[] = [
    ...normal.missing.map((path) =>
      error("WB033", positions.line(path), { key: `${dotted(path)}.id`, expected: '"…"' }),
    ),
    ...normal.twice.map(({ path, id }) => error("WB034", positions.line(path), { key: dotted(path), id })),
  ];
  const parsed = bookSchema.safeParse(normal.raw);
  if (!parsed.success) findings.push(...problemsOf(parsed.error.issues, normal.raw, place));
  else {
    const config = buildConfig(file, referred(parsed.data), (...path) => place(path));
    findings.push(...referenceProblems(config, place));
    if (findings.length === 0) return { config, findings };
  }
  return { config: emptyConfig, findings: findings.sort((a, b) => a.source.line - b.source.line) };

  function error(code: Finding["code"], line: number, args: Finding["args"]): Finding {
    return { code, level: "error", source: { file, line }, args };
  }
}
