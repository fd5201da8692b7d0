// The programs that steps and faults run on a target, before shellcheck; and what runs as root through sudo.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { faults } from "../../src/kinds/faults/index.ts";
import { install, INSTALL_FILLED, RESTORE } from "../../src/kinds/steps/file/program.ts";
import { MARIADB, POSTGRES } from "../../src/kinds/steps/sql/program.ts";
import { COMPOSE, KUBERNETES } from "../../src/kinds/faults/bad-image/program.ts";
import { PRELUDE } from "../../src/kinds/steps/program/program.ts";
import { folder } from "../kit/folder.ts";
import { done, place, said } from "../suites/step-context.ts";
import { needs } from "./needs.ts";

/**
 * What these programs do on purpose: words of the prelude and of a client are called by name (SC2317, SC2329), variables
 * come from outside (SC2154), are given inwards (SC2034), and lists of numbers are split (SC2046, SC2086); quotes that another shell opens (SC2016).
 */
const MEANT = "SC2317,SC2329,SC2154,SC2034,SC2046,SC2086,SC2015,SC2030,SC2031,SC2016";

const assertClean = (path: string): void => {
  try {
    execFileSync("shellcheck", ["-s", "sh", "-e", MEANT, path], { encoding: "utf8" });
  } catch (error) {
    assert.fail((error as { stdout: string }).stdout);
  }
};

test("programs are POSIX shell that shellcheck accepts", (t) => {
  if (!needs(t, "shellcheck")) return;
  const programs = {
    install: install(Buffer.from("x\n")),
    filled: INSTALL_FILLED,
    restore: RESTORE,
    postgres: POSTGRES,
    mariadb: MARIADB,
    compose: `${COMPOSE.words}${COMPOSE.inject}`,
    composeBack: `${COMPOSE.words}${COMPOSE.remove}`,
    kubernetes: `${KUBERNETES.words}${KUBERNETES.inject}`,
    kubernetesBack: `${KUBERNETES.words}${KUBERNETES.remove}`,
  };
  const room = folder(t);
  for (const [name, text] of Object.entries(programs)) {
    const path = join(room, `${name}.sh`);
    writeFileSync(path, `#!/bin/sh\n${PRELUDE}${text}`);
    assertClean(path);
  }
});

/** Parameters with which each fault finds nothing to bite on. */
const HARMLESS: Readonly<Record<string, object>> = {
  "bad-image": { compose: { directory: "/no/such/place", service: "web" } },
  clock: { pidFile: "/no/such/pid", file: "/no/such/offset", offset: "+1d" },
  cut: { addresses: ["127.90.80.79"], probe: { host: "127.90.80.79", port: 1 } },
  "disk-full": { directory: "/no/such/place" },
  "expired-certificate": { certificate: "/no/such/cert", key: "/no/such/key" },
  kill: { pidFile: "/no/such/pid" },
  latency: { port: 1, delay: 1 },
  refuse: { port: 1 },
  stop: { pidFile: "/no/such/pid" },
};

test("what a fault leaves on its target, and what takes it away, is too; where nothing can bite it says so", async (t) => {
  if (!needs(t, "shellcheck")) return;
  const here = await place(t);
  for (const { kind } of faults) {
    const context = here.context({}, { step: kind });
    const end = await done("fault", { fault: kind, with: HARMLESS[kind] }, context);
    assert.equal(end.ending, "failed", `${kind}: ${said(end)}`);
    const attempt = join(here.root, ".receipts/run-1", `${kind}@here.do.1`);
    for (const name of ["script", "remove"]) assertClean(join(attempt, name));
  }
});

test("through sudo a step has root, its values and its outputs", async (t) => {
  if (!needs(t, "root", "sudo")) return;
  const here = await place(t);
  const script = 'echo "$(id -un) $SUDO_USER $V"; echo "X=$V" >>"$WB_OUTPUT"';
  const end = await done("shell", { script, sudo: true, env: ["V"] }, here.context({ env: { V: "$(id) 'x'" } }));
  assert.deepEqual([said(end), end.outputs], ["ok", { X: "$(id) 'x'" }]);
  assert.equal(here.printed(), "root root $(id) 'x'\n");
  const file = { path: join(here.root, "f"), content: "x", sudo: true };
  assert.equal(said(await done("file", file, here.context({}, { number: 2 }))), "ok");
});
