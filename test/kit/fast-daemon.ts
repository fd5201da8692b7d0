// A real daemon in a process of its own whose wall clock runs faster than the world's: argv are the book's root, a real
// moment, the wall time of that moment, and how many times faster. Prints its address when it serves.
import { startDaemon } from "../../src/cli/serve.ts";
import { systemClock } from "../../src/model/time.ts";
import { worldOf } from "./daemon.ts";

const [root = "", real = "0", wall = "0", factor = "1"] = process.argv.slice(2);
const clock = {
  ...systemClock,
  wall: () => Math.floor(Number(wall) + (systemClock.wall() - Number(real)) * Number(factor)),
};
const every = { checks: 300, book: 200, calendar: 15 };
const serving = await startDaemon(worldOf(clock), {
  book: root,
  data: `${root}/.watchbook`,
  listen: "127.0.0.1:0",
  every,
});
process.once("SIGTERM", () => void serving[Symbol.asyncDispose]());
process.stdout.write(`${serving.url}\n`);
await serving.daemon.done;
