import assert from "node:assert/strict";
import { test } from "node:test";
import { readAll } from "../src/kinds/targets/framed/read-all.ts";
import type { Reach } from "../src/model/target.ts";

/** A stand-in for a target whose first command says, once it is ended, that it ended well: as shells do after TERM. */
function obedient(): Pick<Reach, "exec" | "target"> {
  return {
    target: "stand-in",
    exec: (argv, { signal, onOutput } = {}) => {
      const token = argv.at(-1)!;
      onOutput?.(Buffer.from(`${token} -\npart`), "out");
      return new Promise((resolve) =>
        signal?.addEventListener("abort", () => {
          onOutput?.(Buffer.from(`late\n${token} 0 exit 0 1 2\n`), "out");
          resolve({ end: { kind: "aborted" }, out: "", err: "", truncated: false });
        }),
      );
    },
  };
}

test("reads: what a command says of itself after it was ended is not believed", async () => {
  const [own] = await readAll(obedient(), [{ argv: ["sleep"], timeoutMs: 20 }]);
  assert.deepEqual([own!.end, own!.out], [{ kind: "timeout", ms: 20 }, "part"]);
  const [all] = await readAll(obedient(), [{ argv: ["sleep"] }], { timeoutMs: 20 });
  assert.deepEqual([all!.end, all!.out], [{ kind: "timeout", ms: 20 }, "part"]);
  const stop = new AbortController();
  const reading = readAll(obedient(), [{ argv: ["sleep"] }], { signal: stop.signal });
  stop.abort();
  assert.deepEqual((await reading)[0]!.end, { kind: "aborted" });
});
