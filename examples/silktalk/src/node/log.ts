import { appendFileSync, closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import type { Config } from "./config.ts";

const LEVELS = ["debug", "info", "warn", "error"] as const;
type Level = (typeof LEVELS)[number];

export interface Log {
  debug(message: string, facts?: Readonly<Record<string, unknown>>): void;
  info(message: string, facts?: Readonly<Record<string, unknown>>): void;
  warn(message: string, facts?: Readonly<Record<string, unknown>>): void;
  error(message: string, facts?: Readonly<Record<string, unknown>>): void;
  /** Opens the file anew: what log rotation asks for with SIGHUP. */
  reopen(): void;
  close(): void;
}

/**
 * One JSON object a line: time (UTC), level in capitals so that `grep ERROR` finds it, node, msg, facts.
 * A full disk must not stop the node: the line is lost, and `lost` in /health counts it.
 */
export function openLog(path: string, node: string, least: Config["logging"]["level"], lost: () => void): Log {
  mkdirSync(dirname(path), { recursive: true });
  let file = openSync(path, "a", 0o644);
  const write = (level: Level, msg: string, facts: Readonly<Record<string, unknown>> = {}) => {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(least)) return;
    const line = JSON.stringify({ time: new Date().toISOString(), level: level.toUpperCase(), node, msg, ...facts });
    try {
      appendFileSync(file, `${line}\n`);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
      lost();
    }
  };
  return {
    debug: (message, facts) => write("debug", message, facts),
    info: (message, facts) => write("info", message, facts),
    warn: (message, facts) => write("warn", message, facts),
    error: (message, facts) => write("error", message, facts),
    reopen: () => {
      closeSync(file);
      file = openSync(path, "a", 0o644);
    },
    close: () => closeSync(file),
  };
}
