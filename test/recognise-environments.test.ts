// Environments that only the paths of a manual name: files in a folder of environments, and what is none.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compileBook } from "../src/book/compile/compile.ts";
import { filedEnvironments } from "../src/book/words/environments.ts";
import { treeOf } from "./kit/tree.ts";

const environments = async (...lines: readonly string[]): Promise<readonly string[]> => {
  const book = await compileBook(treeOf({ "ops.md": `${lines.join("\n")}\n` }), { zone: "UTC" });
  return book.environments.map(({ id, protected: kept, source }) => `${id}${kept ? "!" : ""}:${source.line}`);
};

const ROLLOUT = [
  "# 部署",
  "",
  "```bash",
  "python3 roll.py --env-config configs/environments/staging.yaml",
  "python3 roll.py --env-config configs/environments/twin_site.yaml",
  "python3 roll.py --env-config configs/environments/staging.yaml --execute",
  "```",
];

test("files in a folder of environments name them, each at its first line", async () => {
  assert.deepEqual(await environments(...ROLLOUT), ["staging:4", "twin_site:5"]);
  assert.deepEqual(await environments("# Deploy", "", "Files: `envs/dev/main.tf` and `envs/prod/main.tf`."), [
    "dev:3",
    "prod!:3",
  ]);
});

test("where the manual lists its environments, its paths add none", async () => {
  const listed = ["", "## Environments", "", "- staging: for tests", "- production: for customers"];
  const found = await environments(...ROLLOUT, ...listed);
  assert.deepEqual(
    found.map((each) => each.split(":")[0]),
    ["staging", "prod!"],
  );
});

test("one path, a page about environments and folders with other names are no environments", async () => {
  assert.deepEqual(
    await environments("# A", "", "See `docs/environments.md` and `configs/environments/prod.yaml`."),
    [],
  );
  assert.deepEqual(await environments("# A", "", "`src/environments/alpha.ts`, `src/environments/beta.ts`"), []);
  assert.deepEqual(filedEnvironments("conda-environments/py.yml my_envs/a/b environments/README.md"), []);
});
