// The house: who may import whom, how large a file may be, what stands only in one place. See ARCHITECTURE.md.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { test } from "node:test";
import { sourceFiles, type SourceFile } from "../scripts/tree.ts";

process.chdir(join(import.meta.dirname, ".."));
const files = sourceFiles("src/**/*.ts");

/** folder → folders it may import besides itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  i18n: ["model"],
  book: ["model"],
  kinds: ["model"],
  store: ["model"],
  desk: ["model"],
  evidence: ["model", "store"],
  engine: ["model", "store", "evidence", "desk"],
  report: ["model", "store", "evidence", "i18n"],
  api: ["model", "desk", "engine", "report", "store", "evidence", "book", "i18n"],
  cli: ["model", "i18n", "book", "kinds", "store", "desk", "evidence", "engine", "report", "api"],
};

/** What the console takes from the program, as types only. */
const CONSOLE_MAY = [/^src\/model\//, /^src\/api\/contract(?:\.ts|\/)/];
const consoleFiles = sourceFiles("console/**/*.ts", "console/**/*.tsx");

const roomOf = (path: string): string => path.split("/")[1]!;

function importsOf(file: SourceFile): readonly string[] {
  const found = file.text.matchAll(/(?:from|import|import\()\s*"(\.{1,2}\/[^"]+)"/g);
  return [...found].map((match) => normalize(join(dirname(file.path), match[1]!)));
}

/** Code without comments, so that rules about code do not trip over prose. */
const codeOf = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");

const offenders = (where: (path: string) => boolean, pattern: RegExp): readonly string[] =>
  files.filter((file) => where(file.path) && pattern.test(codeOf(file.text))).map((file) => file.path);

test("every folder of src has its row in the import table", () => {
  const rooms = new Set(files.filter((file) => file.path !== "src/main.ts").map((file) => roomOf(file.path)));
  assert.deepEqual(
    [...rooms].filter((room) => !(room in MAY_IMPORT)),
    [],
  );
});

test("imports follow the table", () => {
  const wrong = files
    .filter((file) => file.path !== "src/main.ts")
    .flatMap((file) =>
      importsOf(file)
        .filter((target) => {
          const [from, to] = [roomOf(file.path), roomOf(target)];
          return !target.startsWith("src/") || (from !== to && !MAY_IMPORT[from]!.includes(to));
        })
        .map((target) => `${file.path} → ${target}`),
    );
  assert.deepEqual(wrong, []);
});

test("the console takes nothing of the program but types of the model and of the contract", () => {
  const wrong = consoleFiles.flatMap((file) =>
    [...file.text.matchAll(/import (type )?[^;]*?"(\.{1,2}\/[^"]+)"/g)].flatMap(([, type, path]) => {
      const target = normalize(join(dirname(file.path), path!));
      if (target.startsWith("console/")) return [];
      const fine = type !== undefined && CONSOLE_MAY.some((may) => may.test(target));
      return fine ? [] : [`${file.path} → ${target}`];
    }),
  );
  assert.deepEqual(wrong, []);
});

test("in the console words stand in i18n, the clock in app/clock.ts, and no markup is made from text", () => {
  const where = (pattern: RegExp, ...allowed: readonly string[]): readonly string[] =>
    consoleFiles
      .filter(({ path, text }) => !allowed.some((one) => path.startsWith(one)) && pattern.test(codeOf(text)))
      .map(({ path }) => path);
  assert.deepEqual(where(/\p{Script=Han}/u, "console/i18n/"), []);
  // A word between two tags, or as what a control is called.
  assert.deepEqual(
    where(/[^=]>\s*[A-Za-z][a-z]+(?: [a-z]+)*[.!?]?\s*<\/|(?:aria-label|title|placeholder)="[A-Za-z]/),
    [],
  );
  assert.deepEqual(where(/Date\.now|new Date\(\s*\)|performance\.now/, "console/app/clock.ts"), []);
  assert.deepEqual(where(/dangerouslySetInnerHTML|\.innerHTML|insertAdjacentHTML|document\.write|\beval\(/), []);
  assert.deepEqual(where(/https?:\/\//), []);
});

test("relative imports exist and end in .ts", () => {
  const known = new Set(files.map((file) => file.path));
  const wrong = files.flatMap((file) =>
    importsOf(file)
      .filter((to) => !known.has(to))
      .map((to) => `${file.path} → ${to}`),
  );
  assert.deepEqual(wrong, []);
});

test("no folder imports in a circle", () => {
  const edges = new Map<string, Set<string>>();
  for (const file of files)
    for (const target of importsOf(file)) {
      const type = new RegExp(`import type [^;]*"[^"]*${target.split("/").at(-1)!.replace(".", "\\.")}"`);
      if (type.test(file.text)) continue;
      edges.set(file.path, (edges.get(file.path) ?? new Set()).add(target));
    }
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) return void circles.push([...trail.slice(trail.indexOf(path)), path].join(" → "));
    if (done.has(path)) return;
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const file of files) visit(file.path, []);
  assert.deepEqual(circles, []);
});

test("no source file is over 400 lines and half of them are under 80", () => {
  const all = sourceFiles(
    "console/**/*.ts",
    "console/**/*.tsx",
    "src/**/*.ts",
    "test/**/*.ts",
    "scripts/**/*.ts",
    "bench/**/*.ts",
    "examples/**/*.ts",
  );
  assert.deepEqual(
    all.filter((file) => file.lines > 400).map((file) => `${file.path} (${file.lines})`),
    [],
  );
  for (const room of [files, consoleFiles]) {
    const sizes = room.map((file) => file.lines).toSorted((a, b) => a - b);
    assert.ok(sizes[Math.floor(sizes.length / 2)]! <= 80, `median ${sizes[Math.floor(sizes.length / 2)]}`);
  }
});

test("process.env, process.argv and process.exit stand in main.ts only", () => {
  assert.deepEqual(
    offenders((path) => path !== "src/main.ts", /process\.(env|argv|exit)\b/),
    [],
  );
});

test("child_process stands in kinds/targets only", () => {
  assert.deepEqual(
    offenders((path) => !path.startsWith("src/kinds/targets/"), /child_process/),
    [],
  );
});

test("the wall clock stands in model/time.ts only", () => {
  assert.deepEqual(
    offenders(
      (path) => path !== "src/model/time.ts",
      /\bDate\.now\b|new Date\(\s*\)|performance\.now|hrtime|Temporal\.Now/,
    ),
    [],
  );
});

test("Chinese stands in i18n and in the recognition words only", () => {
  assert.deepEqual(
    offenders((path) => !path.startsWith("src/i18n/") && !path.startsWith("src/book/words/"), /\p{Script=Han}/u),
    [],
  );
});

test("every WB code of the source is said in i18n and documented", () => {
  const used = new Set(
    files.flatMap((file) => [...codeOf(file.text).matchAll(/"(WB\d{3})"/g)].map((match) => match[1]!)),
  );
  const said = new Set(
    sourceFiles("src/i18n/en/*.ts").flatMap((file) =>
      [...file.text.matchAll(/\b(WB\d{3}): \{/g)].map((match) => match[1]!),
    ),
  );
  const documented = new Set(
    [...readFileSync("docs/findings.md", "utf8").matchAll(/^#+ (WB\d{3})\b/gm)].map((match) => match[1]!),
  );
  assert.ok(used.size > 20, `only ${used.size} codes found`);
  assert.deepEqual(
    [...used].filter((code) => !said.has(code)),
    [],
    "not said",
  );
  assert.deepEqual(
    [...said].filter((code) => !used.has(code)),
    [],
    "said but never given",
  );
  assert.deepEqual(
    [...said].filter((code) => !documented.has(code)),
    [],
    "not documented",
  );
});

test("generated files are fresh", () => {
  execFileSync(process.execPath, ["scripts/gen.ts", "--check"], { stdio: "pipe" });
});

test("nothing committed names a machine path or leaves work open in the code", () => {
  const left = sourceFiles("console/**/*.{ts,tsx}", "src/**/*.ts", "scripts/**/*.ts", "bench/**/*.ts").filter((file) =>
    /\b(?:T[O]DO|F[I]XME|not implemented)\b/.test(file.text),
  );
  assert.deepEqual(
    left.map((file) => file.path),
    [],
  );
});
