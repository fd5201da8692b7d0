// Loaded before each test file (scripts/test.ts), and before nothing else: it makes a process one that tells of tests.
import { isMainThread } from "node:worker_threads";

/** A file whose tests have ended and that does not end: something was left open, and the whole run would wait for it. */
const LEFT_MS = 30_000;

const { argv } = process;
if (isMainThread && argv[1]?.endsWith(".test.ts") === true) {
  const { after } = await import("node:test");
  after(() => {
    setTimeout(() => {
      const kept = [...new Set(process.getActiveResourcesInfo())].join(", ");
      process.stderr.write(`wb: ${argv[1]}: its tests have ended, and it does not: ${kept}\n`);
      process.exit(1);
    }, LEFT_MS).unref();
  });
}
