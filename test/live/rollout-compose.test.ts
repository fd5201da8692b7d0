// Rolling updates of a real service in three Compose projects, from the command line: a good version, and ones that are
// rolled back by themselves, each seen by the version that the containers themselves answer with.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { stack, type Stack } from "../kit/compose.ts";
import { atEnd, ownName, type Docker } from "../kit/docker.ts";
import { must } from "../kit/docker/place.ts";
import { folder } from "../kit/folder.ts";
import { writeTo } from "../kit/planning.ts";
import { wb } from "../kit/wb.ts";

/** Says its version, how many errors it has, and whether it is well. */
const SERVER =
  'const e = process.env; require("http").createServer((q, r) => { ' +
  'if (q.url === "/health") r.writeHead(e.HEALTH === "bad" ? 500 : 200).end(); ' +
  'else r.end(q.url === "/errors" ? e.ERRORS : e.VERSION); }).listen(8080)';

/** Versions of the service by what is special about them. */
const VERSIONS = {
  v1: "ERRORS=0 HEALTH=ok",
  v2: "ERRORS=1 HEALTH=ok",
  sick: "ERRORS=0 HEALTH=bad",
  faulty: "ERRORS=9 HEALTH=ok",
  v3: "ERRORS=0 HEALTH=ok",
} as const;

/** Images of all versions; they go when the file ends. */
function images(docker: Docker): string {
  const name = ownName("app");
  for (const [version, env] of Object.entries(VERSIONS))
    must(["docker", "build", "-q", "-t", `${name}:${version}`, "-"], {
      input: `FROM ${docker.image("svc")}\nENV VERSION=${version} ${env}\nCMD ${JSON.stringify(["node", "-e", SERVER])}\n`,
      env: { ...docker.env, DOCKER_BUILDKIT: "0" },
    });
  atEnd(() => void docker.docker("rmi", "-f", ...Object.keys(VERSIONS).map((version) => `${name}:${version}`)));
  return name;
}

const service = (image: string): string => `services:
  web:
    image: ${image}:v1
    init: true
    stop_grace_period: 1s
    healthcheck: { test: [CMD, curl, -fsS, "http://127.0.0.1:8080/health"], interval: 1s, timeout: 2s, retries: 3 }
`;

const MANUAL = `# Web

## SOP-01: Deploy a version

1. See what runs

   \`\`\`bash {"name":"before","wb-risk":"read"}
   docker exec "$CONTAINER" curl -fsS http://127.0.0.1:8080/version
   \`\`\`
2. See that it is the new one

   \`\`\`bash {"name":"is-it","wb-risk":"read"}
   case "$image" in *:"$(docker exec "$CONTAINER" curl -fsS http://127.0.0.1:8080/version)") ;; *) exit 1 ;; esac
   \`\`\`
`;

/** Worst number of errors of all projects; status 9 when one does not answer. */
const errors = (containers: readonly string[]): string =>
  `for c in ${containers.join(" ")}; do docker exec $c curl -fsS http://127.0.0.1:8080/errors || echo blind; echo; done | ` +
  "awk '/blind/ { blind = 1 } $1 + 0 > most { most = $1 } END { if (blind) exit 9; print most + 0 }'";

const book = (stacks: readonly Stack[], names: readonly string[], state: string): string => {
  const env = JSON.stringify(stacks[0]!.docker.env);
  const targets = stacks.map(({ project, directory }, index) => {
    const own = JSON.stringify({ ...stacks[0]!.docker.env, WATCHBOOK_STATE: `${state}/${index}` });
    return `  web-${index + 1}: { kind: compose, environment: prod, directory: ${directory}, project: ${project}, env: ${own}, variables: { CONTAINER: ${names[index]!} } }`;
  });
  return `lang: en
zone: UTC
services: { web: { automation: auto } }
environments: { prod: { protected: false } }
targets:
${targets.join("\n")}
checks:
  most-errors:
    kind: command
    params: { argv: [sh, -c, ${JSON.stringify(errors(names))}], env: ${env}, unknown: [9], value: { regex: '(\\d+)', unit: count } }
    bands: { bad: above, critical: 5 }
runbooks:
  SOP-01:
    params: { image: { pattern: '[\\w.:/-]+' } }
    rollout:
      strategy: rolling
      gates: [{ name: errors, check: most-errors, for: 1s, every: 500ms, least: 2 }]
      rollback-within: 180s
    add:
      switch:
        before: is-it
        kind: driver
        with: { things: [{ name: web, version: { value: image } }], within: 20s }
        verify: is-it
        undo: { kind: driver, with: { restore: true, within: 60s } }
    faults:
      frozen: { kind: stop, container: ${names[0]!}, step: gate/errors, limit: 5m }
`;
};

async function world(t: TestContext) {
  const first = await stack(t, () => "services: {}\n");
  if (!first) return undefined;
  const image = images(first.docker);
  const stacks = [first, (await stack(t, () => ""))!, (await stack(t, () => ""))!];
  for (const one of stacks) {
    one.write("compose.yaml", service(image));
    one.compose("up", "-d", "--wait");
  }
  const names = stacks.map(({ project }) => `${project}-web-1`);
  const root = folder(t);
  writeTo(join(root, "book"), { "README.md": MANUAL, "watchbook.yaml": book(stacks, names, join(root, "state")) });
  const env = join(root, "result.env");
  const exec = (name: string, path: string): string =>
    first.docker.docker("exec", name, "curl", "-fsS", `http://127.0.0.1:8080/${path}`).trim();
  return {
    image,
    versions: () => names.map((name) => exec(name, "version")),
    ids: () => names.map((name) => first.docker.docker("inspect", "--format", "{{.Id}}", name).trim()),
    deploy: async (tag: string, ...more: readonly string[]) => {
      const words = ["run", "SOP-01", "--env", "prod", "--param", `image=${tag}`, "--execute", "--no-ask", ...more];
      const ended = await wb(t, ...words, "--output-file", env, "--book", join(root, "book"));
      const lines = readFileSync(env, "utf8").trimEnd().split("\n");
      const values = new Map(lines.map((line) => line.split(/=(.*)/s, 2) as [string, string]));
      return { ...ended, values, said: `${ended.err}\n${ended.out}` };
    },
  };
}

test("a rolling update over Compose goes out batch by batch, and a bad version is rolled back by itself, measured [C-030]", async (t) => {
  const web = await world(t);
  if (!web) return;
  assert.deepEqual(web.versions(), ["v1", "v1", "v1"]);

  await t.test("a good version reaches all three, and its gates held after each", async () => {
    const done = await web.deploy(`${web.image}:v2`);
    assert.equal(done.code, 0, done.said);
    assert.deepEqual(web.versions(), ["v2", "v2", "v2"]);
    const gates = [...done.values].filter(([key, value]) => /^STEP_\d+_NAME$/.test(key) && value === "gate/errors");
    assert.equal(gates.length, 3);
  });

  const before = web.ids();
  for (const [what, tag, step, reason] of [
    ["a version that is not well", `${web.image}:sick`, "switch", /switch/],
    ["an image that cannot be had", "127.0.0.1:1/no/such:image", "switch", /switch/],
    [
      "a version that is well and makes errors",
      `${web.image}:faulty`,
      "gate/errors",
      /Over its limit at look 1: command gave 9/,
    ],
  ] as const)
    await t.test(`${what} is rolled back, and nobody else was touched`, async () => {
      const done = await web.deploy(tag);
      assert.equal(done.code, 3, done.said);
      assert.match(done.said, reason);
      assert.deepEqual(web.versions(), ["v2", "v2", "v2"]);
      assert.deepEqual(web.ids().slice(1), before.slice(1));
      assert.deepEqual(
        ["STATE", "FAILED_STEP", "VERDICT", "ROLLBACK_COMPLETE", "ROLLBACK_WITHIN_MET"].map((key) =>
          done.values.get(key),
        ),
        ["undone", step, "fail", "true", "true"],
      );
      assert.ok(Number(done.values.get("ROLLBACK_SECONDS")) > 0);
    });

  await t.test(
    "an injected fault fails the gate for want of a measurement, and is marked as what it was [C-033]",
    async () => {
      const done = await web.deploy(`${web.image}:v3`, "--inject-fault", "gate/errors");
      assert.equal(done.code, 3, done.said);
      assert.match(done.said, /Could not be measured/);
      assert.deepEqual(web.versions(), ["v2", "v2", "v2"]);
      assert.deepEqual(
        ["STATE", "FAILED_STEP", "FAULT_EFFECT_VERIFIED", "FAULT_REMOVED", "ROLLBACK_COMPLETE"].map((key) =>
          done.values.get(key),
        ),
        ["undone", "gate/errors", "true", "true", "true"],
      );
      const [whole, fault] = ["ROLLBACK_SECONDS", "ROLLBACK_FROM_FAULT_SECONDS"].map((key) =>
        Number(done.values.get(key)),
      );
      assert.ok(whole! > 0 && fault! > whole!, `${whole} ${fault}`);
    },
  );
});
