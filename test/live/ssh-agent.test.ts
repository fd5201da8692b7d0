// Keys that only an agent has, and certificates of users and hosts, against a real sshd and a real ssh-agent.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { WatchbookError } from "../../src/model/error.ts";
import { ReachError, type Reach } from "../../src/model/target.ts";
import { sshAgent, withAgent } from "../kit/ssh-agent.ts";
import { reachOf, sshd, type Sshd } from "../kit/sshd.ts";
import { needs } from "./needs.ts";

const DRIVERS = ["openssh", "ssh2"] as const;
const PASSPHRASE = "open sesame; $(id)";

const keygen = (...args: readonly string[]): void => void execFileSync("ssh-keygen", ["-q", ...args]);
const answers = async (reach: Reach): Promise<void> => assert.equal((await reach.exec(["echo", "here"])).out, "here\n");
const denied = (error: unknown): boolean =>
  error instanceof ReachError &&
  error.reason === "unreachable" &&
  /Permission denied|authentication methods failed/i.test(error.message);
const refusedBySsh2 = (feature: RegExp) => (error: unknown) => {
  assert.ok(error instanceof WatchbookError, String(error));
  assert.equal(error.code, "SSH2-REFUSED");
  assert.match(String(error.args["feature"]), feature);
  return true;
};

/** A server and an agent that has its key, which was under a passphrase and lies on no disk any more. */
async function agentOnly(t: TestContext) {
  if (!needs(t, "sshd", "ssh", "ssh-agent", "ssh-add")) return undefined;
  const [server, agent] = [await sshd(t), await sshAgent(t)];
  const key = join(server.root, "id");
  keygen("-p", "-P", "", "-N", PASSPHRASE, "-f", key);
  return { server, agent, key };
}

test("ssh: a key that only the agent has opens the host with both drivers, and nothing does without the agent", async (t) => {
  const made = await agentOnly(t);
  if (!made) return;
  const { server, agent, key } = made;
  const locked = async (driver: string): Promise<void> =>
    assert.rejects((await reachOf(t, server, { driver })).exec(["true"]), denied, driver);
  // Nobody is asked for the passphrase.
  for (const driver of DRIVERS) await withAgent(undefined, () => locked(driver));
  for (const driver of DRIVERS) await withAgent(agent.socket, () => locked(driver));
  await agent.add(key, PASSPHRASE);
  const open = (more: Record<string, unknown>) =>
    withAgent(agent.socket, async () => answers(await reachOf(t, server, more)));
  for (const driver of DRIVERS) await open({ driver });
  rmSync(key);
  for (const driver of DRIVERS) await open({ driver, identity: "id.pub" });
  for (const driver of DRIVERS) await open({ driver, identity: undefined });
  for (const driver of DRIVERS) await withAgent(undefined, () => locked(driver));
  for (const driver of DRIVERS) await withAgent("/nowhere/agent", () => locked(driver));
});

/** A certificate authority in the server's folder; its public half as known_hosts and sshd take it. */
function authority({ root }: Sshd, name: string): { readonly file: string; readonly line: string } {
  const file = join(root, name);
  keygen("-t", "ed25519", "-N", "", "-f", file);
  const line = readFileSync(`${file}.pub`, "utf8").split(" ").slice(0, 2).join(" ");
  return { file, line };
}

test("ssh: the certificate of a user opens the host, from a file and from the agent; ssh2 leaves it to ssh, or names what it cannot do", async (t) => {
  if (!needs(t, "sshd", "ssh", "ssh-agent", "ssh-add")) return;
  const server = await sshd(t);
  const user = String(server.params["user"]);
  const id = join(server.root, "id");
  const ca = authority(server, "user-ca");
  appendFileSync(join(server.root, "sshd_config"), `TrustedUserCAKeys ${ca.file}.pub\n`);
  writeFileSync(join(server.root, "authorized_keys"), "");
  await server.again();
  await assert.rejects((await reachOf(t, server)).exec(["true"]), denied);
  keygen("-s", ca.file, "-I", "of another", "-n", "somebody-else", "-V", "+1h", `${id}.pub`);
  await assert.rejects((await reachOf(t, server)).exec(["true"]), denied);
  keygen("-s", ca.file, "-I", "watchbook", "-n", user, "-V", "+1h", `${id}.pub`);
  await answers(await reachOf(t, server));
  await assert.rejects(
    (await reachOf(t, server, { driver: "ssh2" })).exec(["true"]),
    refusedBySsh2(/certificate .*id-cert\.pub/),
  );
  const agent = await sshAgent(t);
  await agent.add(id);
  for (const suffix of ["", ".pub", "-cert.pub"]) rmSync(id + suffix);
  for (const driver of DRIVERS)
    await withAgent(agent.socket, async () => answers(await reachOf(t, server, { identity: undefined, driver })));
  // One for somebody else does not open it, with ssh either.
  const other = await sshAgent(t);
  keygen("-t", "ed25519", "-N", "", "-f", id);
  keygen("-s", ca.file, "-I", "of another", "-n", "somebody-else", "-V", "+1h", `${id}.pub`);
  await other.add(id);
  for (const suffix of ["", ".pub", "-cert.pub"]) rmSync(id + suffix);
  for (const driver of DRIVERS)
    await withAgent(other.socket, async () =>
      assert.rejects((await reachOf(t, server, { identity: undefined, driver })).exec(["true"]), denied),
    );
});

test("ssh: an agent that is gone does not keep the keys on disk from opening the host", async (t) => {
  if (!needs(t, "sshd", "ssh")) return;
  const server = await sshd(t);
  const lines = ["Host shop", `  HostName ${server.host}`, `  Port ${server.port}`, `  IdentityFile ${server.root}/id`];
  writeFileSync(join(server.root, "config"), `${lines.join("\n")}\n`);
  const more = { host: "shop", port: undefined, identity: undefined, config: "config" };
  for (const driver of DRIVERS)
    await withAgent("/nowhere/agent", async () => answers(await reachOf(t, server, { ...more, driver })));
});

test("a key with a certificate beside it that the host takes without is used by ssh2", async (t) => {
  if (!needs(t, "sshd", "ssh")) return;
  const server = await sshd(t);
  const ca = authority(server, "user-ca");
  keygen("-s", ca.file, "-I", "watchbook", "-n", "nobody", "-V", "+1h", join(server.root, "id.pub"));
  await answers(await reachOf(t, server, { driver: "ssh2" }));
});

test("openssh: a host that shows a certificate is known by its authority; ssh2 names what it cannot do", async (t) => {
  if (!needs(t, "sshd", "ssh")) return;
  const server = await sshd(t);
  const ca = authority(server, "host-ca");
  const known = join(server.root, "known_hosts");
  const sign = (name: string): void =>
    keygen("-s", ca.file, "-I", "host", "-h", "-n", name, "-V", "+1h", join(server.root, "host.pub"));
  sign("another.example");
  const config = readFileSync(join(server.root, "sshd_config"), "utf8");
  writeFileSync(join(server.root, "sshd_config"), `${config}HostCertificate ${server.root}/host-cert.pub\n`);
  copyFileSync(known, join(server.root, "plain"));
  writeFileSync(known, `@cert-authority [${server.host}]:* ${ca.line}\n`);
  const unknown = (error: unknown): boolean => error instanceof WatchbookError && error.code === "HOST-KEY-UNKNOWN";
  await server.again();
  await assert.rejects((await reachOf(t, server)).exec(["true"]), unknown, "a certificate for another name");
  sign(server.host);
  await server.again();
  await answers(await reachOf(t, server));
  await assert.rejects((await reachOf(t, server, { driver: "ssh2" })).exec(["true"]), refusedBySsh2(/@cert-authority/));
  // Where the key itself stands there as well, ssh2 takes that.
  appendFileSync(known, readFileSync(join(server.root, "plain")));
  for (const driver of DRIVERS) await answers(await reachOf(t, server, { driver }));
  // Another authority with the same name on its certificate is nobody.
  writeFileSync(known, `@cert-authority [${server.host}]:* ${authority(server, "other-ca").line}\n`);
  await assert.rejects((await reachOf(t, server)).exec(["true"]), unknown);
});
