import { createRequire } from "node:module";
import type { Args, Finding, FindingCode } from "../../model/finding.ts";
import { likely } from "../../model/nearest.ts";
import { DOCUMENT_KINDS } from "../../model/document.ts";
import { STATUSES } from "../../model/states.ts";
import { isDeep } from "../config/deep.ts";
import type { Tree } from "../parse/tree.ts";
import type { FrontMatter } from "../recognise/recogniser.ts";

/** Keys of our one front-matter key. */
export const FRONT_KEYS = ["service", "kind", "owner", "status", "objectives"] as const;

type Front = Tree["frontMatter"];
type Report = (code: FindingCode, line: number, args: Args, level?: Finding["level"]) => void;
type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Loaded on first use: most manuals have no front matter that needs a YAML reader. */
const yaml = (): typeof import("yaml") => (loaded ??= createRequire(import.meta.url)("yaml") as typeof import("yaml"));
let loaded: typeof import("yaml") | undefined;

/** Lines that need no YAML reader: plain `key: value` of other tools. */
const plainLine = /^(?:[A-Za-z_][\w-]*:(?:[ \t]+[A-Za-z0-9\u4e00-\u9fff][^:#\n]*)?|#[^\n]*|\s*)$/;
const ourKey = /^["']?(?:watchbook|shell|cwd)["']?\s*:/m;

const plainKey = /^([A-Za-z_][\w-]*):/;

/** Plain lines, and no key of them twice. */
function isPlain(lines: readonly string[]): boolean {
  if (!lines.every((line) => plainLine.test(line))) return false;
  const keys = lines.flatMap((line) => plainKey.exec(line)?.[1] ?? []);
  return new Set(keys).size === keys.length;
}

/** Characters of front matter worth reading; the YAML reader is slow on hostile nesting. */
const LONGEST = 50_000;

/** Reads front matter: `watchbook:` as ours, shell and cwd of other tools; every other key is left alone. */
export function frontOf(
  file: string,
  front: Front,
): { readonly front: FrontMatter; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  if (!front) return { front: {}, findings };
  const report: Report = (code, line, args, level = "error") =>
    findings.push({ code, level, source: { file, line }, args });
  if (!front.closed) {
    report("WB010", 1, {});
    return { front: {}, findings };
  }
  const refuse = (line: number, what: string): ReturnType<typeof frontOf> => {
    report("WB011", line, { what: `yaml:${what}` });
    return { front: {}, findings };
  };
  if (front.list) return refuse(front.line, "NOT_A_MAP");
  if (!ourKey.test(front.text) && isPlain(front.text.split("\n"))) return { front: {}, findings };
  if (front.text.length > LONGEST) return refuse(front.line, isDeep(front.text) ? "TOO_DEEP" : "LONGER_THAN_50000");
  const { LineCounter } = yaml();
  const lines = new LineCounter();
  const document = parsed(front.text, lines);
  if (!document) return refuse(front.line, "TOO_DEEP");
  const last = front.text.split("\n").length - (front.text.endsWith("\n") ? 2 : 1);
  const lineAt = (offset: number): number => front.line + Math.min(Math.max(lines.linePos(offset).line - 1, 0), last);
  const [broken] = document.errors;
  if (broken)
    return broken.code === "RESOURCE_EXHAUSTION" && isDeep(front.text)
      ? refuse(front.line, "TOO_DEEP")
      : refuse(lineAt(broken.pos[0]), broken.code);
  if (document.contents !== null && !yaml().isMap(document.contents)) return refuse(front.line, "NOT_A_MAP");
  return { front: read(document, lineAt, report), findings };
}

/** Undefined when the nesting overflowed the reader's stack. */
function parsed(
  text: string,
  lineCounter: InstanceType<(typeof import("yaml"))["LineCounter"]>,
): YamlDocument | undefined {
  try {
    return yaml().parseDocument(text, { lineCounter, prettyErrors: false, logLevel: "silent" });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

type YamlDocument = ReturnType<(typeof import("yaml"))["parseDocument"]>;

function read(document: YamlDocument, lineAt: (offset: number) => number, report: Report): FrontMatter {
  const { isMap, isScalar } = yaml();
  const result: Writable<FrontMatter> = {};
  if (!isMap(document.contents)) return result;
  for (const name of ["shell", "cwd"] as const) {
    const value = document.get(name);
    if (typeof value === "string") result[name] = value;
  }
  const ours = document.get("watchbook", true);
  if (ours === undefined) return result;
  const place = (node: unknown): number => lineAt((node as { range?: [number] } | undefined)?.range?.[0] ?? 0);
  if (!isMap(ours)) {
    report("WB013", place(ours), { key: "watchbook", expected: FRONT_KEYS.join(", ") });
    return result;
  }
  for (const { key, value } of ours.items) {
    const name = isScalar(key) ? String(key.value) : "";
    const line = place(key);
    // Targets are things of a place, not of a document: read in watchbook.yaml alone.
    if (name === "targets") report("WB022", line, { key: `watchbook.${name}` }, "warn");
    else if (!(FRONT_KEYS as readonly string[]).includes(name))
      report("WB012", line, { key: name, nearest: likely(name, FRONT_KEYS).join(", ") });
    else
      take(result, name as (typeof FRONT_KEYS)[number], plain(value), (expected) =>
        report("WB013", line, { key: `watchbook.${name}`, expected }),
      );
  }
  return result;
}

const plain = (node: unknown): unknown =>
  node !== null && typeof node === "object" && "toJSON" in node ? (node as { toJSON(): unknown }).toJSON() : node;

function take(
  result: Writable<FrontMatter>,
  name: (typeof FRONT_KEYS)[number],
  value: unknown,
  wrong: (expected: string) => void,
): void {
  if (name === "objectives") {
    const map = textMap(value);
    if (map) result.objectives = map;
    else wrong("{ name: value }");
  } else if (typeof value !== "string") wrong("text");
  else if (name === "kind") {
    const kind = DOCUMENT_KINDS.find((each) => each === value);
    if (kind) result.kind = kind;
    else wrong(DOCUMENT_KINDS.join(" | "));
  } else if (name === "status") {
    const status = STATUSES.find((each) => each === value);
    if (status) result.status = status;
    else wrong(STATUSES.join(" | "));
  } else result[name] = value;
}

function textMap(value: unknown): Readonly<Record<string, string>> | undefined {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return undefined;
  const entries = Object.entries(value).filter(([, each]) => typeof each === "string" || typeof each === "number");
  return entries.length === Object.keys(value).length
    ? Object.fromEntries(entries.map(([key, each]) => [key, String(each)]))
    : undefined;
}
