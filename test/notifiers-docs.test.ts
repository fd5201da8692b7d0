// Notifiers are said in both languages, and docs/notifiers*.md show what is accepted.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { notifierExamples } from "../scripts/docs-notifiers-words.ts";
import { prose } from "../scripts/docs-steps-words.ts";
import { rows } from "../scripts/docs-table.ts";
import { sourceFiles } from "../scripts/tree.ts";
import { readConfig } from "../src/book/config/read.ts";
import { texts } from "../src/i18n/texts.ts";
import { notifiers } from "../src/kinds/notifiers/index.ts";
import { INSIDE } from "../src/model/address.ts";

process.chdir(join(import.meta.dirname, ".."));
const sources = [...sourceFiles("src/kinds/notifiers/**/*.ts"), ...sourceFiles("src/engine/alerts/outbox.ts")];
const all = (pattern: RegExp): readonly string[] =>
  sources.flatMap((file) => [...file.text.matchAll(pattern)].map((match) => match[1]!));

test("every kind is named in both languages, every parameter described, and nothing that is not there", () => {
  const kinds = notifiers.map(({ kind }) => kind).toSorted();
  const { fields } = texts("zh").notifiers;
  const told = (lang: "en" | "zh") =>
    notifiers.flatMap((kind) =>
      rows({ kind, fields: lang === "en" ? {} : fields, words: prose[lang], lang }).map((row) => {
        const [, name, , , text] = row.split(/(?<!\\)\|/);
        return [kind.kind, name!.trim().slice(1, -1), text!.trim()] as const;
      }),
    );
  for (const lang of ["en", "zh"] as const) {
    assert.deepEqual(Object.keys(texts(lang).notifiers.kinds).toSorted(), kinds);
    assert.deepEqual(
      told(lang).filter(([, , text]) => text === ""),
      [],
    );
  }
  const known = new Set(told("en").flatMap(([kind, name]) => [name, `${kind}.${name}`]));
  assert.deepEqual(
    Object.keys(fields).filter((name) => !known.has(name)),
    [],
  );
});

test("every reason that is given is said, with the same values in both languages, and every one said is given", () => {
  const { reasons } = texts("en").notifiers;
  const given = new Set([
    ...all(/\b(?:refused|later)\(\s*(?:[\w.()]+(?:\([^()]*\))?,\s*)?(?:code === "EAUTH" \? )?"([a-z-]+)"/g),
    ...all(/"(robot-[a-z]+|smtp-[a-z-]+)"/g),
    ...all(/later\([^"]*?"([a-z-]+)"/g),
    ...INSIDE.map((name) => `inside-${name}`),
  ]);
  assert.deepEqual(
    [...given].filter((reason) => !(reason in reasons)),
    [],
  );
  assert.deepEqual(
    Object.keys(reasons).filter((reason) => !given.has(reason)),
    [],
  );
  const values = ({ say, fix }: { readonly say: string; readonly fix: string }) =>
    new Set([...`${say} ${fix}`.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
  const zh = texts("zh").notifiers.reasons;
  for (const name of Object.keys(reasons) as (keyof typeof reasons)[])
    assert.deepEqual(values(zh[name]), values(reasons[name]), name);
});

test("every message of the schemas' own rules is said", () => {
  const issues = texts("en").words as Readonly<Record<string, string>>;
  const messages = new Set(all(/(?:\.refine\([^;]*?|\.regex\([^;]*?), "([a-z-]+)"\)/gs));
  assert.ok(messages.size > 5, [...messages].join());
  assert.deepEqual(
    [...messages].filter((message) => !(`issue:${message}` in issues)),
    [],
  );
});

test("the example of every kind, and every one of the pages, is what a book and its kind accept", () => {
  const assertAccepted = (yaml: string): readonly string[] => {
    const { config, findings } = readConfig("watchbook.yaml", yaml);
    assert.deepEqual(findings, [], yaml);
    for (const { kind, params } of config.channels) {
      const parsed = notifiers.find((each) => each.kind === kind)!.params.safeParse(params);
      assert.ok(parsed.success, `${kind}: ${JSON.stringify(parsed)}`);
    }
    return config.channels.map(({ kind }) => kind);
  };
  const below = (text: string): string => `channels:\n${text.replaceAll(/^/gm, "  ")}\n`;
  for (const { kind } of notifiers) assert.deepEqual(assertAccepted(below(notifierExamples[kind]!)), [kind]);
  for (const page of ["docs/notifiers.md", "docs/notifiers.zh-CN.md"]) {
    const blocks = [...readFileSync(page, "utf8").matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1]!);
    assert.equal(blocks.length, notifiers.length + 1);
    assert.ok(assertAccepted(blocks[0]!).length > 1);
  }
});
