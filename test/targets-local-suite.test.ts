import type { TestContext } from "node:test";
import { localTarget } from "../src/kinds/targets/local.ts";
import type { Reach } from "../src/model/target.ts";
import { framedSuite } from "./suites/framed.ts";
import { receiptSuite } from "./suites/receipt.ts";
import { togetherSuite } from "./suites/together.ts";
import { toolsSuite } from "./suites/tools.ts";
import { targetSuite } from "./suites/target.ts";

async function open(t: TestContext, env: Readonly<Record<string, string>>): Promise<Reach> {
  const params = localTarget.params.safeParse({ env });
  if (!params.success) throw new Error("local target");
  const reach = await localTarget.open("web", params.data, "/");
  t.after(() => reach[Symbol.asyncDispose]());
  return reach;
}

/** Code that opens the same target in a process of its own. */
const program = (env: Readonly<Record<string, string>>): string => `
  import { localTarget } from "${import.meta.resolve("../src/kinds/targets/local.ts")}";
  const reach = await localTarget.open("web", localTarget.params.safeParse(${JSON.stringify({ env })}).data, "/");`;

receiptSuite("local", open);
framedSuite("local", open);
togetherSuite("local", open);
toolsSuite("local", open);
targetSuite("local", open, program);
