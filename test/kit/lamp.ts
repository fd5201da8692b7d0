// A small manual of two lamps on this machine, and the real program about it.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { folder } from "./folder.ts";
import { sshKey, type SshKey } from "./ssh-keys.ts";
import { called, until } from "./wb.ts";

const fence = (attributes: string, ...lines: readonly string[]): string =>
  ["```bash " + attributes, ...lines, "```"].map((line) => (line === "" ? line : `   ${line}`)).join("\n");

const MANUAL = `# Lamps

## SOP-01: Change the colour

1. Look

${fence('{"name":"look","wb-risk":"read"}', "cat colour")}
2. Change it

${fence(
  '{"name":"change","wb-params":"colour","wb-verify":"seen","wb-rollback":"back","wb-onfail":"undo"}',
  "cp colour before",
  "printf '%s\\n' <colour> > colour",
  "echo change >> log",
)}
3. Verify

${fence('{"name":"seen","wb-risk":"read"}', "test -s colour", "! grep -q broken colour")}

\`\`\`bash {"name":"back","excludeFromRunAll":"true"}
cp before colour
echo back >> log
\`\`\`

## SOP-02: Slow work

1. Begin

${fence('{"name":"begin","wb-risk":"write"}', "echo begin >> log", "while [ ! -e go ]; do sleep 0.05; done", "echo begun")}
2. End

${fence('{"name":"end","wb-risk":"write"}', "echo end >> log")}

## SOP-03: Change the bulb

1. Switch it off

${fence('{"name":"off","wb-risk":"write"}', "echo off >> log")}
2. Turn the old bulb out and the new one in.
3. Switch it on

${fence('{"name":"on","wb-risk":"write","wb-onfail":"ask"}', "echo on >> log", "test ! -e dark")}
`;

const config = (keys: Readonly<Record<string, string>>, services: string): string => `title: Lamps
lang: en
zone: UTC
environments: { test: {}, prod: {} }
${services}people:
  ana: { name: Ana, roles: [ops], key: "${keys["ana"]}" }
  ben: { name: Ben, roles: [ops-lead], key: "${keys["ben"]}" }
  eve: { name: Eve, roles: [guest], key: "${keys["eve"]}" }
targets:
  lamp-1: { kind: local, directory: ../lamp-1, env: { WATCHBOOK_STATE: "${keys["state"]}" }, environment: test }
  lamp-2: { kind: local, directory: ../lamp-2, env: { WATCHBOOK_STATE: "${keys["state"]}" }, environment: prod }
runbooks:
  SOP-01: { environments: { prod: { approval: { roles: [ops, ops-lead] } } } }
`;

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Program {
  readonly child: ChildProcess;
  readonly said: { out: string; err: string };
  readonly ended: Promise<Ended>;
}

export interface Lamps {
  readonly book: string;
  readonly data: string;
  /** Folder of the targets' receipts: every process that a step started has it in its environment. */
  readonly receipts: string;
  /** Private keys of ana, ben, eve and of a stranger. */
  readonly keys: Readonly<Record<"ana" | "ben" | "eve" | "stranger", SshKey>>;
  /** Path of a file of a lamp. */
  readonly at: (lamp: 1 | 2, name: string) => string;
  /** Lines of a lamp's log: what steps really did there. */
  readonly log: (lamp?: 1 | 2) => readonly string[];
  /** `watchbook …` about this book. */
  readonly start: (...argv: readonly string[]) => Program;
  readonly wb: (...argv: readonly string[]) => Promise<Ended>;
  /** The same with `--json`: the document and the exit code. */
  readonly json: (
    ...argv: readonly string[]
  ) => Promise<{ readonly code: number | null; readonly json: any; readonly err: string }>;
  /** Starts the daemon, waits until it serves. */
  readonly serve: () => Promise<Program & { readonly url: string }>;
}

const GUARDED = "services: { lamps: { automation: guarded } }\n";

/** A book in a folder of its own with two lamps beside it. `more`: lines below `runbooks:` of watchbook.yaml. */
export function lamps(
  t: TestContext,
  more = "",
  env: Readonly<Record<string, string>> = {},
  services = GUARDED,
): Lamps {
  const place = folder(t);
  const book = join(place, "book");
  const names = ["ana", "ben", "eve", "stranger"] as const;
  for (const name of ["book", "lamp-1", "lamp-2", "keys"]) mkdirSync(join(place, name));
  for (const lamp of [1, 2]) writeFileSync(join(place, `lamp-${lamp}`, "colour"), "red\n");
  const keys = Object.fromEntries(names.map((name) => [name, sshKey(join(place, "keys"), name)])) as Lamps["keys"];
  const lines = Object.fromEntries(names.map((name) => [name, keys[name].line]));
  writeFileSync(join(book, "lamps.md"), MANUAL);
  writeFileSync(join(book, "watchbook.yaml"), config({ ...lines, state: join(place, "receipts") }, services) + more);
  const start = (...argv: readonly string[]): Program => {
    const child = spawn(process.execPath, called(argv), {
      cwd: book,
      env: { ...process.env, LC_ALL: "C", LANG: "C", NODE_TEST_CONTEXT: undefined, HOME: place, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const said = { out: "", err: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => void (said.out += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => void (said.err += text));
    t.after(() => void (child.exitCode === null && child.kill("SIGKILL")));
    return { child, said, ended: once(child, "close").then(([code]) => ({ code: code as number | null, ...said })) };
  };
  const at = (lamp: 1 | 2, name: string): string => join(place, `lamp-${lamp}`, name);
  return {
    book,
    data: join(book, ".watchbook"),
    receipts: join(place, "receipts"),
    keys,
    at,
    log: (lamp = 1) => (existsSync(at(lamp, "log")) ? readFileSync(at(lamp, "log"), "utf8").trimEnd().split("\n") : []),
    start,
    wb: (...argv) => start(...argv).ended,
    json: async (...argv) => {
      const { code, out, err } = await start(...argv, "--json").ended;
      return { code, json: out === "" ? undefined : JSON.parse(out), err };
    },
    serve: async () => {
      const program = start("serve", "--listen", "127.0.0.1:0", "--json");
      await until(`the daemon serves: ${program.said.err}`, 90, () => program.said.out.includes("\n"));
      return { ...program, url: (JSON.parse(program.said.out) as { url: string }).url };
    },
  };
}

/** Every file below a folder with its content. */
export function contents(root: string): Readonly<Record<string, string>> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => [
      join(entry.parentPath, entry.name),
      readFileSync(join(entry.parentPath, entry.name), "latin1"),
    ]),
  );
}
