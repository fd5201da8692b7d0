// A lamp whose colour is released, taken back when it is wrong, and a manual of it in git.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import assert from "node:assert/strict";
import type { Serving } from "../../src/cli/serve.ts";
import { ask, bookFolder, git, until } from "./daemon.ts";

const fence = (attributes: string, line: string): string =>
  ["```bash " + attributes, line, "```"].map((text) => `   ${text}`).join("\n");

export const LAMP = `# Lamps

## SOP-01: Upgrade the lamp

1. Look

${fence('{"name":"look","wb-risk":"read"}', "cat colour")}
2. Change it

${fence(
  '{"name":"change","wb-params":"colour","wb-verify":"seen","wb-rollback":"back","wb-onfail":"undo"}',
  "printf '%s\\n' <colour> > colour",
)}
3. Verify

${fence('{"name":"seen","wb-risk":"read"}', "grep -q green colour")}

\`\`\`bash {"name":"back","excludeFromRunAll":"true"}
echo white > colour
\`\`\`

## SOP-02: Look at the lamp

1. Look

${fence('{"name":"only","wb-risk":"read"}', "cat colour")}
`;

const config = (root: string, more: string): string => `title: Lamps
lang: en
zone: UTC
environments: { test: {} }
services: { lamps: { automation: auto } }
people: { wang: { name: Wang } }
targets: { lamp-1: { kind: local, environment: test, directory: place, env: { WATCHBOOK_STATE: ${JSON.stringify(join(root, "receipts"))} } } }
runbooks:
  SOP-01: { service: lamps, targets: [lamp-1], params: { colour: { choices: [red, green] } } }
  SOP-02: { service: lamps, targets: [lamp-1] }
${more}`;

/** The book's folder with its first commit. `more`: lines of watchbook.yaml. */
export function lampBook(t: Parameters<typeof bookFolder>[0], more = ""): string {
  const root = bookFolder(t, { "ops.md": LAMP });
  writeFileSync(join(root, "watchbook.yaml"), config(root, more));
  mkdirSync(join(root, "place"));
  writeFileSync(join(root, "place", "colour"), "white\n");
  git(root, "init", "-q", "-b", "main");
  commitLamp(root, "The manual of the lamps");
  return root;
}

export function commitLamp(root: string, message: string, author = "Zhao <zhao@example.org>"): void {
  git(root, "add", "ops.md", "watchbook.yaml");
  git(root, "commit", "-q", "-m", message, "--author", author);
}

/** Runs a procedure to its end, evidence and all; gives its id. */
export async function ranLamp({ socket, daemon }: Serving, runbook: string, params: object = {}): Promise<string> {
  const body = JSON.stringify({ runbook, environment: "test", params, reason: "tired of it", by: "wang" });
  const headers = { "content-type": "application/json" };
  const begun = await ask({ socket }, "/api/v1/runs", { method: "POST", headers, body });
  assert.equal(begun.status, 201, begun.text);
  const { id } = begun.json.record as { readonly id: string };
  await until("its evidence", async () => (await daemon.runs.now(id)).record.evidence !== undefined);
  return id;
}
