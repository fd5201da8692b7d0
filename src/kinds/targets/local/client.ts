import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A client of a server, which reads statements line by line and answers in lines. */
export interface Client {
  send(text: string): void;
  /** Ends it at once. */
  end(): void;
}

/** Starts it; `hear` gets every line of both its outputs, in order, `gone` is called once when it has ended. */
export function startClient(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  hear: (line: string) => void,
  gone: () => void,
): Client {
  // One pipe for both: what is said beside an answer must not come after it.
  const child = spawn("sh", ["-c", 'exec "$@" 2>&1', "watchbook", ...argv], { env, stdio: ["pipe", "pipe", "ignore"] });
  createInterface({ input: child.stdout }).on("line", hear);
  // It may be gone before it has read: that it has ended says so.
  child.stdin.on("error", () => undefined);
  child.once("error", gone);
  child.once("close", gone);
  return {
    send: (text) => void child.stdin.write(`${text}\n`),
    end: () => void child.kill("SIGKILL"),
  };
}
