// A host on a network of its own, whose cable is pulled while it works.
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { done, orderOf, place } from "../kit/attempts.ts";
import { netns } from "../kit/netns.ts";
import { reachOf, sshd } from "../kit/sshd.ts";
import { until } from "../suites/child.ts";
import { ReachError } from "../../src/model/target.ts";
import { needs } from "./needs.ts";

// Side by side: most of the time goes into waiting until the loss is noticed.
describe("a host on a network of its own", { concurrency: true }, () => {
  for (const driver of ["openssh", "ssh2"])
    test(`${driver}: a cable is pulled: the write goes on, once, and is attached to again; reads say that the host is lost`, async (t) => {
      if (!needs(t, "root", "ip", "sshd", "ssh")) return;
      const network = netns(t);
      const server = await sshd(t, { host: network.host, netns: network.name });
      const at = await place(t, (_, env) => reachOf(t, server, { driver, env, connectMs: 3_000 }));
      const [go, effect] = [join(at.directory, "go"), join(at.directory, "effect")];
      const order = orderOf(`echo one; echo x >>"${effect}"; until [ -e "${go}" ]; do sleep 0.05; done; echo two`);
      const writing = done(at.reach, order);
      await until("it has begun", () => existsSync(effect));
      const reading = at.reach.exec(["sleep", "300"], { timeoutMs: 120_000 });
      network.plug("down");
      await assert.rejects(reading, (error) => error instanceof ReachError && error.reason === "unreachable");
      await assert.rejects(
        at.reach.exec(["true"]),
        (error) => error instanceof ReachError && error.reason === "unreachable",
      );
      // On the same disk: only its network is apart.
      writeFileSync(go, "");
      network.plug("up");
      const ended = await writing;
      assert.deepEqual([ended.ending, ended.out, readFileSync(effect, "utf8")], ["ok", "one\ntwo\n", "x\n"]);
      assert.equal((await at.reach.exec(["echo", "back"])).out, "back\n");
    });
});
