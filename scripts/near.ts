// Loaded before each test file (scripts/test.ts): all of them load hundreds of modules.
import { after } from "node:test";
import { resolveNear } from "../src/cli/near.ts";

resolveNear(new URL("..", import.meta.url).href);

/** A file whose tests have ended and that does not: something was left open, and the whole run would wait for it. */
const LEFT_MS = 30_000;
if (process.env["NODE_TEST_CONTEXT"] !== undefined)
  after(() => {
    setTimeout(() => {
      const kept = [...new Set(process.getActiveResourcesInfo())].join(", ");
      process.stderr.write(`wb: ${process.argv[1]}: its tests have ended, and it does not: ${kept}\n`);
      process.exit(1);
    }, LEFT_MS).unref();
  });
