// Second places of a backup set, from watchbook.yaml to the steps that bring it there.
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { openBook } from "../src/book/open.ts";
import { withBackups } from "../src/book/compile/backup-runbooks.ts";
import { registry } from "../src/kinds/registry.ts";
import { write } from "./kit/daemon.ts";
import { folder } from "./kit/folder.ts";

async function opened(t: TestContext, also: string) {
  const root = folder(t);
  const set = `    into: /backup\n    keep: { days: 7 }\n    parts: { data: { kind: archive, path: /srv/node } }\n`;
  write(root, { "README.md": "# Node\n", "watchbook.yaml": `lang: en\nbackups:\n  node:\n${set}${also}` });
  return (await openBook(root)).book;
}

const TWO = `    also:
      - folder: /mnt/nas
        keep: { weekly: 4 }
      - { rsync: "backup@backup-server:/backups/silktalk", port: 2222, key: /etc/watchbook/id, limit: 500 }
`;

test("a set goes to its second places after it is sealed, and before anything here is removed [S-046]", async (t) => {
  const { config } = await opened(t, TWO);
  const { specs } = withBackups([], [], config.backups);
  const steps = specs.find(({ id }) => id === "backup-node")!.add;
  assert.deepEqual(
    steps.map(({ id }) => id),
    ["begin", "take-data", "seal", "watch", "copy-1", "prune-copy-1", "copy-2", "prune"],
  );
  assert.equal(steps[0]!.until, "prune");
  for (const { kind, with: given } of steps) {
    const parsed = registry.steps.get(kind!)!.params.safeParse(given);
    assert.ok(parsed.success, `${kind}: ${JSON.stringify(parsed)}`);
  }
  const far = steps.find(({ id }) => id === "copy-2")!.with!["to"];
  assert.deepEqual(far, {
    kind: "rsync",
    to: "backup@backup-server:/backups/silktalk",
    port: 2222,
    key: "/etc/watchbook/id",
    limit: 500,
  });
});

test("a second place that is none, or two at once, is a mistake with its line", async (t) => {
  for (const also of [
    "{ keep: { days: 1 } }",
    "{ folder: /a, rsync: 'h:/b' }",
    "{ rsync: '-oProxyCommand=x:/b' }",
    "{ folder: /../etc }",
    "{ folder: /a/./b }",
    "{ rsync: 'h:/../b' }",
  ])
    await assert.rejects(opened(t, `    also:\n      - ${also}\n`), /CONFIG/, also);
});
