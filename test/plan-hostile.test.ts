// Commands by chance and hostile values: whatever the shell reader lets a value into, no value is ever executed.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import * as fc from "fast-check";
import { shellText } from "../src/book/shell/commands.ts";
import { blanksOf } from "../src/book/recognise/runbooks/blanks.ts";
import { scriptOf } from "../src/engine/plan/script.ts";

/** Runs that find something by chance; more by hand: WATCHBOOK_RUNS=20000. */
const RUNS = Number(process.env["WATCHBOOK_RUNS"] ?? 150);

const PIECES = [
  ..."<x>,<x>,<x>, , ,\",\",',\\,a,/b,;, && , | ,|, & ,\n,#,$,(,),{,},>f,< /dev/null,=,[,]".split(","),
  "$(", "`", "${Y:-", "${Y-", "$((", "))", "((", "[[ ", " ]]", " -eq 1", "V=", "a[", "<<E\n", "\nE\n", "<<<",
  "printf %s ", "echo ", ": ", "eval ", "bash -c ", "sh ", "test ", "let ", "declare ", "for i in ", "; do ", "; done",
  "case ", " in ", "*) ", ";; esac", "if ", "; then ", "; fi", "f() ", "read ", "export ", "xargs ", "printf -v ", "unset ",
  "$'", "~", "*", "?", "!", "%", "@", "-", "env ", "command ", "exec ", "trap ", "source ", ". ",
]; // prettier-ignore

const VALUES = [
  "$(>PWNED)", "`>PWNED`", ";>PWNED;", '";>PWNED;"', "';>PWNED;'", "a[$(>PWNED)]", "\n>PWNED\n", ">PWNED", "& >PWNED &",
  "')>PWNED;('", "E\n>PWNED\n", "-c >PWNED", "x=$(>PWNED)", "${Y:=$(>PWNED)}", "%n$(>PWNED)", "}>PWNED;{", "))>PWNED;((", "| >PWNED",
]; // prettier-ignore

/** The script that a plan would have; undefined where a plan would say what is missing instead. */
function planned(text: string): string | undefined {
  const { commands, problem } = shellText(text);
  const blanks = blanksOf(commands, "");
  if (problem || !blanks.some(({ kind }) => kind !== "variable") || blanks.some(({ spots }) => spots === undefined))
    return undefined;
  const script = scriptOf({ commands, blanks }, "bash");
  return script.includes("<x>") ? undefined : script;
}

test("no value is executed, wherever it stands", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "watchbook-hostile-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const pieces = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 14 });
  const script = pieces.map((all) => planned(all.join(""))).filter((one) => one !== undefined);
  let tried = 0;
  fc.assert(
    fc.property(script, fc.constantFrom(...VALUES), (text, value) => {
      tried += 1;
      rmSync(join(folder, "PWNED"), { force: true });
      const env = { PATH: "/nowhere", HOME: folder, WB_X: value };
      // What the command makes of itself does not matter here: many of these are wrong.
      spawnSync("/bin/bash", ["-c", text], {
        cwd: folder,
        env,
        stdio: "ignore",
        timeout: 5_000,
        killSignal: "SIGKILL",
      });
      assert.equal(existsSync(join(folder, "PWNED")), false, JSON.stringify({ text, value }));
    }),
    { numRuns: RUNS, seed: 3 },
  );
  assert.equal(tried, RUNS);
});
