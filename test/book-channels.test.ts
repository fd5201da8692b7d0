// Channels of watchbook.yaml: their form, what lint says of them with line and nearest spelling, and which addresses are inside.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as fc from "fast-check";
import { compileFiles } from "../src/book/compile/compile.ts";
import { readConfig } from "../src/book/config/read.ts";
import { lintBook } from "../src/book/lint/lint.ts";
import { namedFiles } from "../src/book/read/named.ts";
import { sayFinding } from "../src/i18n/texts.ts";
import { notifiers } from "../src/kinds/notifiers/index.ts";
import { forbidden, insideOf } from "../src/model/address.ts";
import type { Finding } from "../src/model/finding.ts";
import { folder } from "./kit/folder.ts";

const kinds = new Map(notifiers.map(({ kind, params }) => [kind, params]));

async function findingsOf(t: Parameters<typeof folder>[0], yaml: string): Promise<readonly Finding[]> {
  const root = folder(t);
  writeFileSync(join(root, "daily.md"), "# Daily inspection\n");
  writeFileSync(join(root, "watchbook.yaml"), yaml);
  const { book, texts } = await compileFiles(await namedFiles([root]));
  const findings = await lintBook(book, { today: "2026-11-20", proofs: new Map(), texts, notifiers: kinds });
  return findings.filter(({ code }) => /^WB(?:03|81)/.test(code));
}

test("a channel has its kind, its parameters, what it may reach, and the line of each key", () => {
  const yaml = [
    "secrets: { hook: env:HOOK }",
    "channels:",
    "  ops:",
    "    kind: mattermost",
    "    url: { secret: hook }",
    "    mention: '@here'",
    "    allow: [chat.example.lan, 10.0.0.0/8, 'fd00::/8']",
    "    perMinute: 5",
    "    ca: ops/ca.pem",
    "severities:",
    "  P1: { channels: [ops] }",
  ].join("\n");
  const { config, findings } = readConfig("watchbook.yaml", yaml);
  assert.deepEqual(findings, []);
  assert.deepEqual(config.channels, [
    {
      id: "ops",
      kind: "mattermost",
      params: { url: { secret: "env:HOOK" }, mention: "@here" },
      allow: ["chat.example.lan", "10.0.0.0/8", "fd00::/8"],
      ca: "ops/ca.pem",
      perMinute: 5,
      source: { file: "watchbook.yaml", line: 3 },
      lines: { kind: 4, url: 5, mention: 6 },
    },
  ]);
  const asList = readConfig("watchbook.yaml", "channels:\n  - { id: ops, kind: slack, url: { secret: env:HOOK } }\n");
  assert.deepEqual(asList.config.channels[0]?.params, { url: { secret: "env:HOOK" } });
  for (const [wrong, line] of [
    ["channels:\n  ops: { url: x }\n", 2],
    ["channels:\n  ops:\n    kind: slack\n    perMinute: 0\n", 4],
    ["channels:\n  ops:\n    kind: slack\n    allow: ['https://chat.example.lan']\n", 4],
    ["channels:\n  ops:\n    kind: slack\n    ca: /etc/ca.pem\n", 4],
    ["channels:\n  ops: { kind: slack }\nseverities:\n  P1: { channels: [opps] }\n", 4],
  ] as const)
    assert.deepEqual(
      readConfig("watchbook.yaml", wrong).findings.map(({ source }) => source.line),
      [line],
      wrong,
    );
});

test("lint names what a channel's kind does not take, with its line and the nearest spelling", async (t) => {
  const findings = await findingsOf(
    t,
    [
      "channels:",
      "  a: { kind: slak, url: { secret: env:A } }",
      "  b:",
      "    kind: mattermost",
      "    url: { secret: env:B }",
      "    menton: '@here'",
      "  c:",
      "    kind: email",
      "    host: mail.example.com",
      "    from: watch@example.com",
      "    to: ops@example.com",
      "  d: { kind: slack, url: https://hooks.slack.com/services/T0/B0/secret }",
      "  e:",
      "    kind: webhook",
      "    url: http://127.0.0.1:9000/in",
      "  f: { kind: webhook, url: 'http://[::1]/in', allow: ['::1'] }",
      "  g: { kind: ntfy, url: http://169.254.169.254/, topic: t, allow: [169.254.0.0/16] }",
      "  h: { kind: email, host: localhost, from: a@example.com, to: [b@example.com] }",
      "  i: { kind: sms, url: https://sms.example.com/, to: '+8613800000000', fields: { txt: Body } }",
    ].join("\n"),
  );
  assert.deepEqual(
    findings.map(({ code, source, args }) => [code, source.line, args["near"] ?? args["key"] ?? args["host"]]),
    [
      ["WB815", 2, ["slack"]],
      ["WB816", 6, ["mention"]],
      ["WB817", 11, "to"],
      ["WB817", 12, "url"],
      ["WB818", 15, "127.0.0.1"],
      ["WB818", 17, "169.254.169.254"],
      ["WB818", 18, "localhost"],
      ["WB816", 19, ["text"]],
    ],
  );
  for (const lang of ["en", "zh"] as const)
    for (const finding of findings) {
      const { say, fix } = sayFinding(finding, lang);
      assert.doesNotMatch(`${say} ${fix}`, /\{\w+\}|issue:|hooks\.slack\.com/);
    }
});

test("an address inside is one in every form that leads there, and never opened by more than was named", () => {
  const octet = fc.nat({ max: 255 });
  fc.assert(
    fc.property(octet, octet, octet, octet, (a, b, c, d) => {
      const v4 = [a, b, c, d].join(".");
      const hex = [(a << 8) | b, (c << 8) | d].map((word) => word.toString(16)).join(":");
      const inside = insideOf(v4);
      assert.equal(insideOf(`::ffff:${v4}`), inside);
      assert.equal(insideOf(`64:ff9b::${hex}`), inside);
      assert.equal(insideOf(`2002:${hex}::1`), inside);
      assert.equal(forbidden("name", v4, []), inside);
      assert.equal(forbidden("name", v4, [v4]), undefined);
      if (inside === "metadata" || inside === "link-local") assert.equal(forbidden("name", v4, ["name"]), inside);
      else assert.equal(forbidden("name", v4, ["NAME"]), undefined);
    }),
  );
  const known = [
    ["127.8.8.8", "loopback"],
    ["::1", "loopback"],
    ["::", "loopback"],
    ["0.0.0.0", "loopback"],
    ["169.254.169.254", "metadata"],
    ["fd00:ec2::254", "metadata"],
    ["100.100.100.200", "metadata"],
    ["fe80::1%eth0", "link-local"],
    ["172.31.255.255", "private"],
    ["172.32.0.1", undefined],
    ["100.64.0.1", "private"],
    ["fc00::1", "private"],
    ["224.0.0.1", "special"],
    ["2606:4700::1111", undefined],
    ["8.8.8.8", undefined],
  ] as const;
  for (const [address, wanted] of known) assert.equal(insideOf(address), wanted, address);
  assert.equal(forbidden("h", "169.254.169.254", ["0.0.0.0/0"]), "metadata");
  assert.equal(forbidden("h", "::ffff:10.0.0.5", ["10.0.0.0/8"]), undefined);
  assert.equal(forbidden("h", "10.0.0.5", ["10.0.0.0/99", "10.0.0.6", "not an address"]), "private");
});
