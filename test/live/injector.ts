// A process of its own that injects a fault and then waits for ever: a test kills it.
// Arguments: root (receipts below it), fault, its parameters as JSON, limit in seconds.
import { join } from "node:path";
import { registry } from "../../src/kinds/registry.ts";
import { localTarget } from "../../src/kinds/targets/local.ts";
import { systemClock } from "../../src/model/time.ts";
import { planOf } from "../kit/plan.ts";

const [root = "", fault = "", given = "{}", limit = "60"] = process.argv.slice(2);
const target = localTarget.params.safeParse({ env: { WATCHBOOK_STATE: join(root, ".receipts") } });
const kind = registry.steps.get("fault")!;
const params = kind.params.safeParse({ fault, with: JSON.parse(given) as unknown, limit: Number(limit) });
if (!target.success || !params.success) throw new Error("wrong arguments");
const reach = await localTarget.open("here", target.data, root);
const end = await kind.perform(params.data, {
  reach,
  open: () => Promise.resolve(reach),
  registry,
  clock: systemClock,
  signal: new AbortController().signal,
  timeoutMs: 60_000,
  attempt: { run: "run-1", step: "step-1", target: "here", purpose: "do", number: 1 },
  env: {},
  root,
  plan: planOf({ steps: ["step-1"] }),
  log: () => undefined,
  secret: () => Promise.reject(new Error("no secrets")),
  keep: () => Promise.reject(new Error("keeps nothing")),
});
console.log(end.ending, end.reason ?? "");
setInterval(() => undefined, 60_000);
