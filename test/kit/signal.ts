/** Signals processes; one that went by itself meanwhile is no matter. */
export function signal(pids: readonly number[], name: NodeJS.Signals = "SIGKILL"): void {
  for (const pid of pids)
    try {
      process.kill(pid, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
}
