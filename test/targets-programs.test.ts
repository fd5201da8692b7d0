import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { programOf } from "../src/kinds/targets/framed/program.ts";
import { TOGETHER } from "../src/kinds/targets/framed/scripts.ts";
import { LEADER } from "../src/kinds/targets/receipt/leader.ts";
import * as receipts from "../src/kinds/targets/receipt/program.ts";
import { FILES } from "../src/kinds/targets/ssh/files-program.ts";
import * as guard from "../src/kinds/targets/ssh/guard.ts";
import { needs, which } from "./live/needs.ts";

const programs: Readonly<Record<string, string>> = {
  ...receipts,
  ...guard,
  LEADER,
  FILES,
  TOGETHER,
  framed: programOf([{ number: 0, argv: ["echo", "it's"] }]),
};

test("targets: the programs that run on them are clean for shellcheck", (t) => {
  if (!needs(t, "shellcheck")) return;
  for (const [name, text] of Object.entries(programs)) {
    // Said of functions that one of the programs has and does not use.
    const args = ["-s", "sh", "-e", "SC2317,SC2329", "-"];
    const { status, stdout } = spawnSync("shellcheck", args, { input: `#!/bin/sh\n${text}`, encoding: "utf8" });
    assert.equal(status, 0, `${name}\n${stdout}`);
  }
});

test("targets: every shell that is here can read the programs", () => {
  for (const shell of ["sh", "dash", "bash", "mksh", "busybox"].filter((one) => which(one)))
    for (const [name, text] of Object.entries(programs)) {
      const args = shell === "busybox" ? ["sh", "-n"] : ["-n"];
      const { status, stderr } = spawnSync(shell, args, { input: text, encoding: "utf8" });
      assert.equal(status, 0, `${shell} ${name}: ${stderr}`);
    }
});
