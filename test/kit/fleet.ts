// A manual that rolls a version out to some places of this machine, with what makes it run.
import { openBook } from "../../src/book/open.ts";
import type { OpenBook } from "../../src/engine/house.ts";
import { plan } from "../../src/engine/plan/plan.ts";
import { registry } from "../../src/kinds/registry.ts";
import type { Plan, PlanRequest } from "../../src/model/plan.ts";
import { writeTo } from "./planning.ts";

export const MANUAL = `# Fleet

## SOP-01: Deploy

1. Look

   \`\`\`bash {"name":"look","wb-risk":"read"}
   test -d "$PLACE"
   \`\`\`
2. Stop

   \`\`\`bash {"name":"halt","wb-risk":"write","wb-rollback":"restart"}
   echo "$WB_TARGET stop" >> "$EFFECTS"
   \`\`\`
3. Switch

   \`\`\`bash {"name":"switch","wb-risk":"write","wb-rollback":"back","wb-verify":"is-new"}
   cp "$PLACE/version" "$PLACE/before"
   echo new > "$PLACE/version"
   echo "$WB_TARGET new" >> "$EFFECTS"
   \`\`\`
4. Verify

   \`\`\`bash {"name":"is-new","wb-risk":"read"}
   grep -qx new "$PLACE/version"
   \`\`\`

5. Back

   \`\`\`bash {"name":"back","excludeFromRunAll":"true","wb-risk":"write","wb-verify":"is-old"}
   mv "$PLACE/before" "$PLACE/version"
   echo "$WB_TARGET old" >> "$EFFECTS"
   \`\`\`
6. See that the old one is there

   \`\`\`bash {"name":"is-old","excludeFromRunAll":"true","wb-risk":"read"}
   grep -qx old "$PLACE/version"
   \`\`\`
7. Start again

   \`\`\`bash {"name":"restart","excludeFromRunAll":"true","wb-risk":"write"}
   echo "$WB_TARGET start" >> "$EFFECTS"
   \`\`\`
`;

/** Target `w-1`, `w-2` … each with a folder of its own below `root`, where its version lies. */
export const place = (root: string, number: number): string => `${root}/places/w-${number}`;

const targets = (root: string, count: number): string =>
  Array.from({ length: count }, (_, index) => {
    const at = place(root, index + 1);
    const env = `{ WATCHBOOK_STATE: "${at}/receipts" }`;
    const variables = `{ PLACE: "${at}", EFFECTS: "${root}/effects" }`;
    return `  w-${index + 1}: { kind: local, environment: prod, env: ${env}, variables: ${variables} }\n`;
  }).join("");

/** The book's files; `runbook` is what stands below `SOP-01:`, in the flow form of YAML. */
export const fleet = (root: string, count: number, runbook: string, more = ""): Readonly<Record<string, string>> => ({
  "fleet.md": MANUAL,
  "watchbook.yaml": `lang: en
zone: UTC
services: { web: { automation: auto } }
environments: { prod: { protected: false } }
targets:
${targets(root, count)}runbooks:
  SOP-01: ${runbook}
${more}`,
});

/** A book of these files in `root/book`, and the places as they are before. */
export async function fleetBook(root: string, count: number, runbook: string, more = ""): Promise<OpenBook> {
  writeTo(`${root}/book`, fleet(root, count, runbook, more));
  writeTo(
    root,
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`places/w-${index + 1}/version`, "old\n"])),
  );
  return openBook(`${root}/book`, { zone: "UTC" });
}

/** Planned with the real kinds. */
export const fleetPlan = (open: OpenBook, more: Partial<PlanRequest> = {}): Promise<Plan> =>
  plan(open, registry, { runbook: "SOP-01", environment: "prod", params: {}, ...more });
