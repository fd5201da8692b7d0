// The peer: `node bench/steps/openworkflow.ts FOLDER RUNS PACKAGES`. OpenWorkflow on its SQLite backend (WAL, synchronous
// FULL by default), one worker with ten slots. All runs are there before its clock starts: that favours it.
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { CONCURRENCY, say, STEPS, WARM } from "./clock.ts";

interface Workflow {
  run(input: unknown): Promise<unknown>;
}
interface Step {
  run(options: { readonly name: string }, work: () => Promise<unknown>): Promise<unknown>;
}
interface Client {
  defineWorkflow(
    spec: { readonly name: string },
    work: (context: { readonly step: Step }) => Promise<unknown>,
  ): Workflow;
  newWorker(options: { readonly concurrency: number }): { start(): Promise<void>; stop(): Promise<void> };
}
interface Backend {
  stop(): Promise<void>;
}

const [folder, count, packages] = process.argv.slice(2);
const { resolve } = createRequire(pathToFileURL(join(packages!, "package.json")));
const load = async <T>(name: string): Promise<T> => (await import(pathToFileURL(resolve(name)).href)) as T;
const { OpenWorkflow } = await load<{ OpenWorkflow: new (options: { backend: Backend }) => Client }>("openworkflow");
const { BackendSqlite } = await load<{ BackendSqlite: { connect(file: string): Backend } }>("openworkflow/sqlite");

const runs = Number(count);
const backend = BackendSqlite.connect(join(folder!, "openworkflow.db"));
const client = new OpenWorkflow({ backend });
const all = Promise.withResolvers<number>();
let done = 0;
let start = 0;
const workflow = client.defineWorkflow({ name: "restart-gateway" }, async ({ step }) => {
  for (let n = 0; n < STEPS; n++) await step.run({ name: `step-${n}` }, () => Promise.resolve({ code: 0 }));
  done += 1;
  if (done === WARM) start = performance.now();
  if (done === WARM + runs) all.resolve(performance.now());
});
for (let run = 0; run < WARM + runs; run++) await workflow.run({ run });
const worker = client.newWorker({ concurrency: CONCURRENCY });
await worker.start();
const end = await all.promise;
say({ steps: runs * STEPS, seconds: (end - start) / 1000 });
await worker.stop();
await backend.stop();
