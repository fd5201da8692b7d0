// Preloaded (`node --import`) into the process that is to be killed: it dies by SIGKILL at a chosen point of its journal,
// of which it knows nothing itself. CHAOS_DIE=POINT:N, the Nth time from 1:
//   sent     an intent was handed to the store; whether it was committed nobody knows
//   intent   the intent is committed, and its effect has not begun
//   outcome  the effect is over, and its outcome has not been handed to the store
//   taken    a run was taken over, and nothing more
//   intent-stop  as intent, but it stops (SIGSTOP) and may come back
import { Worker } from "node:worker_threads";

interface Request {
  readonly id: number;
  readonly commit?: readonly (readonly unknown[])[];
}

const [point = "", count = "0"] = (process.env["CHAOS_DIE"] ?? "").split(":");
const TYPE: Readonly<Record<string, string>> = {
  sent: "intent",
  intent: "intent",
  "intent-stop": "intent",
  outcome: "outcome",
  taken: "run.taken",
};

const die = (): void => void process.kill(process.pid, point === "intent-stop" ? "SIGSTOP" : "SIGKILL");

function arm(type: string): void {
  let left = Number(count);
  let awaited: number | undefined;
  const mark = `"type":"${type}"`;
  const has = ({ commit = [] }: Request): boolean =>
    commit.some(([kind, ...cells]) => kind === "journal.append" && cells.some((cell) => String(cell).includes(mark)));
  const thread = Worker.prototype as unknown as Record<
    "postMessage" | "emit",
    (...args: readonly unknown[]) => unknown
  >;
  const { postMessage, emit } = thread;
  thread.postMessage = function (this: unknown, ...args) {
    for (const request of Array.isArray(args[0]) ? (args[0] as readonly Request[]) : []) {
      if (!has(request) || (left -= 1) !== 0) continue;
      if (point === "outcome") die();
      awaited = request.id;
    }
    postMessage.apply(this, [...args]);
    if (awaited !== undefined && point === "sent") die();
  };
  thread.emit = function (this: unknown, ...args) {
    const answers = (args[0] === "message" && Array.isArray(args[1]) ? args[1] : []) as readonly { done?: number[] }[];
    if (awaited !== undefined && answers.some(({ done }) => done?.includes(awaited!))) {
      awaited = undefined;
      die();
    }
    return emit.apply(this, [...args]);
  };
}

const type = TYPE[point];
if (type !== undefined) arm(type);
