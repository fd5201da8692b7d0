import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { shapeOf } from "../scripts/docs-checks.ts";
import { examples } from "../scripts/docs-checks-words.ts";
import { sourceFiles } from "../scripts/tree.ts";
import { readConfig } from "../src/book/config/read.ts";
import { format } from "../src/i18n/format.ts";
import { texts } from "../src/i18n/texts.ts";
import { checks } from "../src/kinds/checks/index.ts";
import { UNKNOWN_REASONS } from "../src/model/check.ts";
import type { BookConfig } from "../src/model/config.ts";

process.chdir(join(import.meta.dirname, ".."));
const words = texts("en").checks;
const sources = sourceFiles("src/kinds/checks/**/*.ts");
const all = (pattern: RegExp): readonly string[] =>
  sources.flatMap((file) => [...file.text.matchAll(pattern)].map((match) => match[1]!));

/** Keys as they stand in quotes somewhere in the kinds. */
const quoted = new Set(all(/"([a-z][a-z0-9-]*)"/g));

test("every reason a check gives is said, and every reason that is said is given", () => {
  const given = all(/\b(?:pass|warn|fail|Failing)\(\s*"([a-z0-9-]+)"/g);
  assert.ok(given.length > 40, `only ${given.length} found`);
  for (const reason of [...given, ...UNKNOWN_REASONS]) assert.ok(reason in words.reasons, reason);
  const known: ReadonlySet<string> = new Set([...UNKNOWN_REASONS, "value"]);
  const silent = Object.keys(words.reasons).filter((reason) => !known.has(reason) && !quoted.has(reason));
  assert.deepEqual(silent, []);
});

test("both languages put the same values into a sentence", () => {
  const values = (text: string) => new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
  const zh: Readonly<Record<string, string>> = texts("zh").checks.reasons;
  for (const [reason, text] of Object.entries(words.reasons))
    assert.deepEqual(values(zh[reason]!), values(text), reason);
  assert.equal(format(zh["refused"]!, { address: "a:1" }), "a:1 拒绝连接：主机在线，但该端口无人监听。");
});

test("every kind has a name, a line about it, and a Chinese line for each parameter", () => {
  const kinds = checks.map((each) => each.kind).toSorted();
  assert.deepEqual(Object.keys(words.kinds).toSorted(), kinds);
  const { fields } = texts("zh").checks;
  const missing = checks.flatMap((kind) =>
    Object.entries(shapeOf(kind).properties)
      .flatMap(([name, property]) => [
        `${kind.kind}.${name}`,
        ...(property.description === undefined ? [`${name}: no description`] : []),
      ])
      .filter((key) => !(key in fields)),
  );
  assert.deepEqual(missing, []);
  const own = Object.keys(fields).filter((key) => kinds.includes(key.split(".")[0]!));
  const stale = own.filter((key) => {
    const [kind, name] = key.split(".") as [string, string];
    return !(name in shapeOf(checks.find((each) => each.kind === kind)!).properties);
  });
  assert.deepEqual(stale, []);
});

test("every message of the schemas' own rules is said", () => {
  const messages = new Set(all(/(?:\.refine\([^;]*?|\.regex\([^;]*?), "([a-z-]+)"\)/gs));
  assert.ok(messages.size > 10, [...messages].join());
  assert.deepEqual(
    [...messages].filter((message) => !(message in words.issues)),
    [],
  );
  assert.deepEqual(
    Object.keys(words.issues).filter((issue) => !quoted.has(issue)),
    [],
  );
});

/** Every check of a watchbook.yaml, read as the program reads it, is one that its kind accepts. */
function assertAccepted(yaml: string): readonly string[] {
  const { config, findings } = readConfig("watchbook.yaml", yaml);
  assert.deepEqual(findings, [], yaml);
  const found = [...config.checks, ...asked(config)];
  for (const check of found) {
    const kind = checks.find((each) => each.kind === check.kind);
    const parsed = kind?.params.safeParse(check.params ?? {});
    assert.ok(parsed?.success, `${check.id}: ${JSON.stringify(parsed)}`);
  }
  return found.map((check) => check.kind);
}

/** Checks that steps of runbooks ask. */
const asked = ({ runbooks }: BookConfig): readonly { id: string; kind: string; params: unknown }[] =>
  runbooks
    .flatMap(({ steps }) => steps)
    .filter(({ kind }) => kind === "check")
    .map(({ id, with: given }) => ({ id, kind: String(given?.["check"]), params: given?.["with"] }));

test("the example of every kind is accepted by the book and by the kind", () => {
  for (const { kind } of checks) assert.deepEqual(assertAccepted(examples[kind]!), [kind]);
  for (const page of ["docs/checks.md", "docs/checks.zh-CN.md"]) {
    const blocks = [...readFileSync(page, "utf8").matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1]!);
    assert.equal(blocks.length, checks.length + 1);
    for (const block of blocks) assertAccepted(block);
  }
});
