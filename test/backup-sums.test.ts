// Digests of a copy: the fast way and the plain one write the same list, and neither takes a changed file for whole.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { WORDS } from "../src/kinds/backups/program/words.ts";
import { PRELUDE } from "../src/kinds/steps/program/program.ts";
import { folder } from "./kit/folder.ts";
import { needs } from "./live/needs.ts";

/** A shell with the words of a backup; `plain`: as on a host that has no openssl. */
function shell(t: TestContext, plain: boolean) {
  const room = folder(t);
  const tools = join(room, "bin");
  mkdirSync(tools);
  for (const name of "sh find sort xargs sha256sum sed cut tr grep wc rm id head printf".split(" ")) {
    const { stdout } = spawnSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" });
    if (stdout.startsWith("/")) symlinkSync(stdout.trim(), join(tools, name));
  }
  const output = join(room, "output");
  return (text: string) => {
    writeFileSync(output, "");
    const env = { PATH: plain ? tools : process.env["PATH"]!, WB_OUTPUT: output };
    const { status } = spawnSync("sh", ["-c", `${PRELUDE}${WORDS}${text}`], { env, encoding: "utf8" });
    return { status, told: readFileSync(output, "utf8") };
  };
}

test("with openssl and without it the list is that of sha256sum, whatever the names, and what has changed is found", (t) => {
  if (!needs(t, "openssl")) return;
  for (const names of [
    ["a", "b c", "-n", "d/ü*", "d/ *e"],
    ["plain", "back\\slash"],
  ]) {
    const data = folder(t);
    mkdirSync(join(data, "d"));
    for (const name of names) writeFileSync(join(data, name), name.repeat(1_000));
    const lists = [true, false].map((plain) => {
      const [sh, list] = [shell(t, plain), join(folder(t), "sums")];
      assert.deepEqual(sh(`sums '${data}' '${list}'`), { status: 0, told: "" });
      assert.equal(sh(`sums_hold '${data}' '${list}'`).status, 0);
      const text = readFileSync(list, "utf8");
      assert.equal(spawnSync("sha256sum", ["--strict", "--quiet", "-c", list], { cwd: data }).status, 0);
      const path = join(data, names[1]!);
      const sound = readFileSync(path);
      for (const damage of [() => writeFileSync(path, "other"), () => rmSync(path)]) {
        damage();
        const { status, told } = sh(`sums_hold '${data}' '${list}'`);
        assert.equal(status, 70);
        assert.match(told, /WB_REASON=backup-damaged\nWB_ARG_detail=.*FAILED/);
        writeFileSync(path, sound);
      }
      writeFileSync(join(data, "more"), "");
      assert.match(sh(`sums_hold '${data}' '${list}'`).told, /missing or too many/);
      rmSync(join(data, "more"));
      writeFileSync(list, text.replace(/^\\?[0-9a-f]{4}/, "0000"));
      assert.equal(sh(`sums_hold '${data}' '${list}'`).status, 70);
      return text;
    });
    assert.equal(lists[0], lists[1]);
    assert.equal(lists[0]!.trimEnd().split("\n").length, names.length);
  }
});
