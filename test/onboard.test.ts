// The first day of a new person: the reading order, the questions on the way, and their signature at the end.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PassThrough } from "node:stream";
import { test, type TestContext } from "node:test";
import { run } from "../src/cli/dispatch.ts";
import { bookFolder, serving, shiftedClock, NIGHT } from "./kit/daemon.ts";
import { folder } from "./kit/folder.ts";
import { sshKey } from "./kit/ssh-keys.ts";
import { worldIn } from "./kit/world.ts";
import { needs } from "./live/needs.ts";

const ENTRY = `# Beacon node

## Reading order

1. How it is built: [layout](docs/layout.md)
2. What is done every day: [daily](docs/daily.md)
`;

function place(t: TestContext, key: string) {
  const root = bookFolder(t, {
    "README.md": ENTRY,
    "docs/layout.md": "# Layout\n\nOne lamp.\n",
    "docs/daily.md": "# Daily\n\nLook at it.\n",
    "watchbook.yaml": `title: Beacon\nlang: en\nzone: UTC\npeople: { wei: { name: Wei, key: ${JSON.stringify(key)} } }\n`,
  });
  // One for all calls: none is before what the one before it wrote.
  const clock = shiftedClock(NIGHT);
  const call = async (typed: string, ...args: string[]) => {
    const world = worldIn(root);
    (world.stdin as unknown as PassThrough).write(typed);
    const env = { PATH: process.env["PATH"] };
    const status = await run([...args, "--lang", "en"], { ...world, clock, env });
    return { status, ...world.said };
  };
  return { root, call };
}

test("a new person stops and goes on where they stopped, every question is a gap, what changed is read again, and they sign [M-010 M-069]", async (t) => {
  if (!needs(t, "ssh-keygen")) return;
  const key = sshKey(folder(t), "wei");
  const { root, call } = place(t, key.line);
  const onboard = (typed: string, ...args: string[]) => call(typed, "onboard", "--as", "wei", ...args);
  assert.equal((await call("", "onboard", "--as", "lin")).status, 2);

  const first = await onboard("Who changes the bulb?\n\nq\n");
  assert.equal(first.status, 5, first.stderr);
  assert.match(first.stderr, /1 of 2: How it is built.*docs\/layout\.md/);
  assert.match(first.stderr, /Stopped before docs\/daily\.md/);
  const gaps = JSON.parse((await call("", "gap", "list", "--json")).stdout) as {
    gaps: { question: string; by: string }[];
  };
  assert.deepEqual(
    gaps.gaps.map(({ question, by }) => [question, by]),
    [["docs/layout.md: Who changes the bulb?", "wei"]],
  );
  assert.match((await onboard("", "--status")).stdout, /^read +docs\/layout\.md[^\n]*\nnot read +docs\/daily\.md/);
  assert.equal((await onboard("", "--print")).status, 2, "nothing is signed that was not read");

  writeFileSync(join(root, "docs/layout.md"), "# Layout\n\nTwo lamps.\n");
  const second = await onboard("\n\n", "--key", key.file);
  assert.match(second.stderr, /docs\/layout\.md \(3 lines\), changed since you read it/);
  assert.equal(second.status, 0, second.stderr);
  const text = join(root, ".watchbook/reports/onboarding/wei.onboarded");
  assert.match(
    readFileSync(text, "utf8"),
    /^watchbook onboarding 1\nbook sha256:\w+\nperson wei\nread sha256:\w+ docs\/layout\.md\n/,
  );
  const signers = join(folder(t), "signers");
  writeFileSync(signers, `wei ${key.line}\n`);
  const verify = ["-Y", "verify", "-f", signers, "-I", "wei", "-n", "watchbook-onboarding", "-s", `${text}.sig`];
  assert.match(execFileSync("ssh-keygen", verify, { input: readFileSync(text), encoding: "utf8" }), /Good/);
  const status = await onboard("", "--status");
  assert.deepEqual([status.status, status.stdout.trim().split("\n").at(-1)], [0, "signed"]);
});

test("with a daemon it goes through it, and another's signature is refused", async (t) => {
  if (!needs(t, "ssh-keygen")) return;
  const [own, other] = [sshKey(folder(t), "wei"), sshKey(folder(t), "li")];
  const { root, call } = place(t, own.line);
  await serving(t, root);
  const refused = await call("\n\n", "onboard", "--as", "wei", "--key", other.file);
  assert.equal(refused.status, 2);
  assert.match(refused.stderr, /does not hold/);
  assert.equal((await call("", "onboard", "--as", "wei", "--status")).status, 5);
  assert.equal((await call("", "onboard", "--as", "wei", "--key", own.file)).status, 0);
  assert.equal((await call("", "onboard", "--as", "wei", "--status")).status, 0);
});

test("a manual without a reading order says what to add", async (t) => {
  const { root, call } = place(t, sshKey(folder(t), "wei").line);
  writeFileSync(join(root, "README.md"), "# Beacon node\n");
  const { status, stderr } = await call("", "onboard", "--as", "wei");
  assert.equal(status, 2);
  assert.match(stderr, /no reading order.\n {2}Add a section/);
});
