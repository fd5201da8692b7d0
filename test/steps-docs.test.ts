// Step and fault kinds are said in both languages, and their pages show what is accepted.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "yaml";
import { faultExamples, stepExamples } from "../scripts/docs-steps-words.ts";
import { rows, shapeOf } from "../scripts/docs-table.ts";
import { prose } from "../scripts/docs-steps-words.ts";
import { sourceFiles } from "../scripts/tree.ts";
import { texts } from "../src/i18n/texts.ts";
import { faults } from "../src/kinds/faults/index.ts";
import { steps } from "../src/kinds/steps/index.ts";

process.chdir(`${import.meta.dirname}/..`);
const words = texts("en").steps;
/** What a book makes from its other sections is written by nobody. */
const written = steps.filter(({ made }) => !made);
const kinds = [...written, ...faults];
const sources = sourceFiles(
  "src/kinds/steps/**/*.ts",
  "src/kinds/faults/**/*.ts",
  "src/kinds/backups/**/*.ts",
  "src/kinds/clusters/**/*.ts",
  "src/kinds/targets/receipt/*.ts",
  "src/kinds/checks/http/*.ts",
  "src/engine/run/**/*.ts",
  "src/engine/plan/sessions.ts",
  "src/model/target.ts",
  "src/model/backup-alarm.ts",
);
const all = (pattern: RegExp): readonly string[] =>
  sources.flatMap((file) => [...file.text.matchAll(pattern)].map((match) => match[1]!));

/** Reasons of other things: of readings, and of commands that did not start. */
const ELSEWHERE = new Set(["aborted", "no-bands", "value", "not-found"]);

test("every reason a step ends with is said, and every reason that is said is given somewhere", () => {
  const given = [
    ...all(/\brefused\(\s*"([a-z0-9-]+)"/g),
    ...all(/new Ended\(\s*"\w+",\s*"([a-z0-9-]+)"/g),
    ...all(/\breason: "([a-z0-9-]+)"/g),
    ...all(/\b(?:refuse|say) ([a-z]+-[a-z-]+)/g),
  ].filter((reason) => !ELSEWHERE.has(reason));
  assert.ok(given.length > 60, `only ${given.length} found`);
  assert.deepEqual(
    given.filter((reason) => !(reason in words.reasons)),
    [],
  );
  const known = new Set([...given, ...all(/"([a-z][a-z0-9-]*)"/g), ...all(/\b(?:cause=|finish \S+ )([a-z-]+)/g)]);
  const silent = Object.keys(words.reasons).filter((reason) => !known.has(reason));
  assert.deepEqual(silent, []);
});

test("both languages put the same values into a sentence, and name every kind", () => {
  const values = (text: string) => new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1]));
  const zh: Readonly<Record<string, string>> = texts("zh").steps.reasons;
  for (const [reason, text] of Object.entries(words.reasons))
    assert.deepEqual(values(zh[reason]!), values(text), reason);
  assert.deepEqual(Object.keys(words.kinds).toSorted(), steps.map(({ kind }) => kind).toSorted());
  assert.deepEqual(Object.keys(words.faults).toSorted(), faults.map(({ kind }) => kind).toSorted());
});

test("every parameter is described, in both languages, and nothing is described that is not there", () => {
  const { fields } = texts("zh").steps;
  const told = (lang: "en" | "zh") =>
    kinds.flatMap((kind) =>
      rows({ kind, fields: lang === "en" ? {} : fields, words: prose[lang], lang }).map((row) => {
        const [, name, , , text] = row.split(/(?<!\\)\|/);
        return [`${kind.kind}.${name!.trim().slice(1, -1)}`, text!.trim()] as const;
      }),
    );
  const known = new Set<string>(told("en").map(([name]) => name));
  // `{value: NAME}` in the place of a text is described with the text.
  const silent = [...told("en"), ...told("zh")].filter(([name, text]) => text === "" && !name.endsWith(".value"));
  assert.deepEqual(silent, []);
  assert.deepEqual(
    Object.keys(fields).filter((name) => !known.has(name)),
    [],
  );
});

test("every rule of the schemas is said", () => {
  const issues = { ...texts("en").checks.issues, ...words.issues };
  const rules = all(/(?:\.refine\([^;]*?|\.regex\([^;]*?), "([a-z-]+)"\)/gs);
  assert.ok(rules.length > 15, rules.join());
  assert.deepEqual(
    rules.filter((rule) => !(rule in issues)),
    [],
  );
  const quoted = new Set(all(/"([a-z][a-z0-9-]*)"/g));
  assert.deepEqual(
    Object.keys(words.issues).filter((rule) => !quoted.has(rule)),
    [],
  );
});

test("the example of every kind is one that the kind accepts", () => {
  for (const step of written) {
    const [given] = Object.values(parse(stepExamples[step.kind]!) as Record<string, { kind: string; with: unknown }>);
    assert.equal(given?.kind, step.kind);
    const parsed = step.params.safeParse(given?.with);
    assert.ok(parsed.success, `${step.kind}: ${JSON.stringify(parsed)}`);
  }
  for (const fault of faults) {
    const [given] = Object.values(parse(faultExamples[fault.kind]!) as Record<string, Record<string, unknown>>);
    const { kind, limit: _, ...params } = given!;
    assert.equal(kind, fault.kind);
    const parsed = fault.params.safeParse(params);
    assert.ok(parsed.success, `${fault.kind}: ${JSON.stringify(parsed)}`);
    assert.ok(Object.keys(shapeOf(fault).properties).length > 0);
  }
});
