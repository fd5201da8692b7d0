import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { sshTarget } from "../../src/kinds/targets/ssh.ts";
import { enrol } from "../../src/kinds/targets/ssh/enrol.ts";
import { fingerprint, knownHost, typeOf } from "../../src/kinds/targets/ssh/known-hosts.ts";
import { WatchbookError } from "../../src/model/error.ts";
import { reachOf, sshd, type Sshd } from "../kit/sshd.ts";
import { needs } from "./needs.ts";

const refusedWith = (code: string, feature?: RegExp) => (error: unknown) =>
  error instanceof WatchbookError && error.code === code && (!feature || feature.test(String(error.args["feature"])));

const paramsOf = (server: Sshd, more: Record<string, unknown>) => {
  const parsed = sshTarget.params.safeParse({ ...server.params, ...more });
  assert.ok(parsed.success);
  return parsed.data;
};

/** Two servers that share the first one's folder: the second is reached through the first. */
async function pair(t: TestContext): Promise<{ readonly front: Sshd; readonly back: Sshd } | undefined> {
  if (!needs(t, "sshd", "ssh")) return undefined;
  const [front, back] = [await sshd(t), await sshd(t, { host: "127.0.0.2" })];
  writeFileSync(join(back.root, "authorized_keys"), readFileSync(join(front.root, "authorized_keys")));
  return { front, back };
}

const behind = ({ host, port }: Sshd) => ({ host, port });

test("ssh: a host behind another one is reached through it, and both keys stand in the book", async (t) => {
  const both = await pair(t);
  if (!both) return;
  const { front, back } = both;
  const config = join(front.root, "config");
  // Whoever goes through another host is known to that by the configuration.
  writeFileSync(config, `Host ${front.host}\n  IdentityFile ${front.root}/id\n  IdentitiesOnly yes\n`);
  const more = {
    ...behind(back),
    jump: `${String(front.params["user"])}@${front.host}:${front.port}`,
    config: "config",
  };
  const reach = await reachOf(t, front, more);
  await assert.rejects(reach.exec(["true"]), refusedWith("HOST-KEY-UNKNOWN"));
  const enrolment = await enrol("web", paramsOf(front, more), front.root);
  assert.deepEqual(
    enrolment.keys.map(({ type, state }) => [type, state]),
    [["ssh-ed25519", "unknown"]],
  );
  await enrolment.confirm();
  assert.equal((await reach.exec(["echo", "through"])).out, "through\n");
  // Without the key of the host in front nothing is reached.
  const lines = readFileSync(join(front.root, "known_hosts"), "utf8").split("\n");
  writeFileSync(join(front.root, "known_hosts"), lines.filter((line) => line.includes(back.host)).join("\n"));
  await assert.rejects((await reachOf(t, front, more)).exec(["true"]), refusedWith("HOST-KEY-UNKNOWN"));
  await assert.rejects(
    (await reachOf(t, front, { ...more, driver: "ssh2" })).exec(["true"]),
    refusedWith("SSH2-REFUSED", /jump/),
  );
});

test("ssh: names, keys and users of the ssh configuration are used by both drivers; what ssh2 lacks is refused by name", async (t) => {
  if (!needs(t, "sshd", "ssh")) return;
  const server = await sshd(t);
  const lines = [
    "Host shop",
    `  HostName ${server.host}`,
    `  Port ${server.port}`,
    `  User ${String(server.params["user"])}`,
    `  IdentityFile ${server.root}/id`,
    "  IdentitiesOnly yes",
    "  HostKeyAlias shop.example",
  ];
  writeFileSync(join(server.root, "config"), `${lines.join("\n")}\n`);
  const more = { host: "shop", port: undefined, user: undefined, identity: undefined, config: "config" };
  const alias = readFileSync(join(server.root, "known_hosts"), "utf8").replace(/^\S+/, "shop.example");
  for (const driver of ["openssh", "ssh2"]) {
    const reach = await reachOf(t, server, { ...more, driver });
    await assert.rejects(reach.exec(["true"]), refusedWith("HOST-KEY-UNKNOWN"));
    writeFileSync(join(server.root, "known_hosts"), alias);
    assert.equal((await reach.exec(["echo", driver])).out, `${driver}\n`);
    writeFileSync(join(server.root, "known_hosts"), "");
  }
  assert.equal((await enrol("web", paramsOf(server, more), server.root)).host, "shop.example");
  writeFileSync(join(server.root, "known_hosts"), alias);
  const config = readFileSync(join(server.root, "config"), "utf8");
  for (const line of ["ProxyCommand nc %h %p", "ProxyJump front", `CertificateFile ${server.root}/id-cert.pub`]) {
    writeFileSync(join(server.root, "config"), `${config}  ${line}\n`);
    const reach = await reachOf(t, server, { ...more, driver: "ssh2" });
    await assert.rejects(reach.exec(["true"]), refusedWith("SSH2-REFUSED", /^(proxy|certificate)/));
  }
});

test("ssh: the empty folders of killed processes are cleared away; a younger one, or one with its socket, stays", async (t) => {
  if (!needs(t, "sshd", "ssh")) return;
  const server = await sshd(t);
  const folders = ["old", "used", "young"].map((name) => mkdtempSync(join(tmpdir(), `wb-ssh-${name}-`)));
  t.after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));
  const [old, used] = folders as [string, string];
  writeFileSync(join(used, "s"), "");
  for (const folder of [old, used]) utimesSync(folder, 0, 0);
  assert.equal((await (await reachOf(t, server)).exec(["echo", "up"])).out, "up\n");
  assert.deepEqual(
    folders.map((folder) => existsSync(folder)),
    [false, true, true],
  );
});

test("ssh: parameters that ssh would read as options, or a shell as more, are refused", () => {
  for (const bad of [
    { host: "-oProxyCommand=id" },
    { host: "a b" },
    { host: "a", user: "-l" },
    { host: "a", user: "x;id" },
    { host: "a", jump: "-J" },
  ])
    assert.ok(!sshTarget.params.safeParse(bad).success, JSON.stringify(bad));
  assert.ok(sshTarget.params.safeParse({ host: "web1.example" }).success);
});

test("ssh: the file of host keys is read as ssh-keygen reads it", (t) => {
  if (!needs(t, "ssh-keygen")) return;
  const folder = execFileSync("mktemp", ["-d"], { encoding: "utf8" }).trim();
  t.after(() => execFileSync("rm", ["-rf", folder]));
  const file = join(folder, "known_hosts");
  const key = (name: string): string => {
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", join(folder, name)]);
    return readFileSync(join(folder, `${name}.pub`), "utf8")
      .split(" ")
      .slice(0, 2)
      .join(" ");
  };
  const [one, two, revoked] = [key("one"), key("two"), key("revoked")];
  writeFileSync(file, `web1,web2.example ${one}\n[web3]:2222 ${one}\n`);
  execFileSync("ssh-keygen", ["-q", "-H", "-f", file], { stdio: "ignore" });
  appendFileSync(
    file,
    `# a comment\n\n*.shop.example,!old.shop.example ${two}\n@revoked * ${revoked}\n@cert-authority *.ca ${two}\n`,
  );
  const blob = (line: string): Buffer => Buffer.from(line.split(" ")[1]!, "base64");
  const judged = (host: string, line: string) =>
    knownHost(readFileSync(file, "utf8"), host).judge(typeOf(blob(line)), blob(line));
  assert.deepEqual(
    [judged("web1", one), judged("WEB2.example".toLowerCase(), one), judged("[web3]:2222", one), judged("web3", one)],
    ["known", "known", "known", "unknown"],
  );
  assert.deepEqual(
    [judged("web1", two), judged("a.shop.example", two), judged("old.shop.example", two)],
    ["changed", "known", "unknown"],
  );
  assert.deepEqual(
    [judged("new", revoked), judged("x.ca", two), judged("web", one)],
    ["changed", "unknown", "unknown"],
  );
  const shown = execFileSync("ssh-keygen", ["-l", "-f", join(folder, "one.pub")], { encoding: "utf8" });
  assert.ok(shown.includes(fingerprint(blob(one))));
});
