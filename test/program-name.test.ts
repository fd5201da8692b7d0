// Sentences name commands as the reader can type them: by the name that the program was called by.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { test } from "node:test";
import { verbs } from "../src/cli/verbs.ts";
import { calledAs, calledFromAnywhere, calledWith, program } from "../src/i18n/program.ts";
import { texts } from "../src/i18n/texts.ts";
import { verifyLine } from "../src/report/inspection/index.ts";
import { folder } from "./kit/folder.ts";
import { home } from "./kit/wb.ts";

const areas = (lang: "en" | "zh"): string => JSON.stringify(texts(lang));
const commands = new RegExp(`watchbook (?:${Object.keys(verbs).join("|")}|--help|VERB|\u52A8\u8BCD|\\{verb\\})`, "g");

test("every command in every text of both languages is named as the program was called; its name in prose stays", () => {
  for (const lang of ["en", "zh"] as const) {
    calledAs("watchbook", "/srv");
    const usual = areas(lang).match(commands)!;
    assert.ok(usual.length > 50);
    calledAs("./wb", "/srv/ops");
    const said = areas(lang);
    assert.equal(said.match(commands), null);
    assert.ok((said.match(/\.\/wb /g)?.length ?? 0) >= usual.length);
    assert.match(texts(lang).report.footer, /watchbook \{version\}/);
  }
});

test("what is read in another folder names the program by its whole path; names with spaces are quoted", () => {
  calledAs("../on call/wb", "/srv/ops");
  assert.equal(program(), "'../on call/wb'");
  const line = verifyLine("/srv/e", { root: "/srv/ops", data: "/srv/ops/.watchbook" });
  assert.equal(line, "'/srv/on call/wb' evidence verify /srv/e --book /srv/ops");
  calledFromAnywhere();
  assert.equal(
    texts("en").serve.said.alone,
    "No daemon runs: checks are not read now. Start it: '/srv/on call/wb' serve",
  );
  calledAs("npx watchbook", "/srv");
  assert.match(texts("en").errors["VERB-UNKNOWN"].fix, /^npx watchbook --help/);
  assert.equal(program("anywhere"), "npx watchbook");
});

test("commands name the book and the data that the caller named, but neither help nor usage does", () => {
  calledAs("watchbook", "/srv");
  calledWith({ book: "my book", data: "d" });
  for (const lang of ["en", "zh"] as const) {
    const { api, runs, errors, cli, serve } = texts(lang);
    assert.equal(
      api.troubles["duty-open"].fix.match(/watchbook.*--open/)?.[0],
      "watchbook inspect --book 'my book' --data d {id} --open",
    );
    assert.match(errors["RUN-UNKNOWN"].fix, /watchbook runs list --book 'my book' --data d/);
    assert.match(serve.said.alone, /watchbook serve --book 'my book' --data d$/);
    assert.doesNotMatch(errors["VERB-UNKNOWN"].fix, /--book/);
    assert.doesNotMatch(JSON.stringify(cli.verbs), /my book/);
    assert.ok(runs.states);
  }
  calledWith({});
  assert.doesNotMatch(texts("en").serve.said.alone, /--book/);
});

test("the launcher passes the name it was called by: as typed, through a link, by bash alone", (t) => {
  const dir = folder(t);
  const checkout = join(dir, "check out");
  mkdirSync(join(checkout, "src"), { recursive: true });
  mkdirSync(join(checkout, "node_modules"));
  copyFileSync(join(home, "wb"), join(checkout, "wb"));
  for (const file of ["package-lock.json", "node_modules/.wb-installed"]) writeFileSync(join(checkout, file), "{}");
  writeFileSync(join(checkout, "src", "main.ts"), "process.stdout.write(String(process.env.WATCHBOOK_PROGRAM));\n");
  symlinkSync(join(checkout, "wb"), join(dir, "wbk"));
  const path = [dirname(process.execPath), process.env["PATH"]].join(delimiter);
  const called = (cwd: string, ...argv: readonly [string, ...string[]]): string => {
    const [file, ...rest] = argv;
    const env = { PATH: path, HOME: dir, WATCHBOOK_PROGRAM: "of another shell" };
    const { stdout, stderr } = spawnSync(file, [...rest, "lint"], { cwd, encoding: "utf8", env });
    assert.equal(stderr, "");
    return stdout;
  };
  assert.equal(called(checkout, "./wb"), "./wb");
  assert.equal(called(dir, "./check out/wb"), "./check out/wb");
  assert.equal(called(dir, join(dir, "wbk")), join(dir, "wbk"));
  assert.equal(called(checkout, "bash", "wb"), "./wb");
});
