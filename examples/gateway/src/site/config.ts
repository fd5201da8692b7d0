import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../failure.ts";

export type Role = "primary" | "standby";

/** `gateway.json` of a site. All ports are on loopback. */
export interface Config {
  readonly name: string;
  readonly environment: string;
  readonly role: Role;
  /** Order entry: both halves of a pair have the same, and only one of them can have it open. */
  readonly entry: number;
  readonly health: number;
  /** Where its standby calls it. */
  readonly replication: number;
  /** Replication port of the other half; absent: it stands alone. */
  readonly peer?: number;
  /** local: acknowledged when it is on our disk; standby: when it is on the standby's too, until one is promoted. */
  readonly ack: "local" | "standby";
  readonly front: { readonly port: number; readonly api: string };
  /** Trading sessions, UTC, `HH:MM`: nothing is deployed within. */
  readonly sessions: readonly (readonly [from: string, to: string])[];
  readonly minFreeMb: number;
  readonly maxSkewMs: number;
}

const FIELDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  name: (value) => typeof value === "string" && value !== "",
  environment: (value) => typeof value === "string" && value !== "",
  role: (value) => value === "primary" || value === "standby",
  entry: isPort,
  health: isPort,
  replication: isPort,
  ack: (value) => value === "local" || value === "standby",
  front: (value) => isObject(value) && isPort(value["port"]) && typeof value["api"] === "string",
  sessions: (value) => Array.isArray(value) && value.every(isSession),
  minFreeMb: Number.isInteger,
  maxSkewMs: Number.isInteger,
};

function isPort(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) > 0 && Number(value) < 65_536;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const isSession = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 2 && value.every((time) => /^\d\d:\d\d$/.test(String(time)));

/** Names of fields that are missing or wrong. */
export const wrongFields = (value: unknown): readonly string[] =>
  isObject(value) ? Object.keys(FIELDS).filter((name) => !FIELDS[name]!(value[name])) : Object.keys(FIELDS);

/** Any JSON file. Throws Failure file-unreadable, exit 2. */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Failure("file-unreadable", { file, reason: (error as Error).message }, 2);
  }
}

/** The configuration of a site. Throws Failure file-unreadable, config-fields. */
export function readConfig(site: string): Config {
  const value = readJson(join(site, "gateway.json"));
  const fields = wrongFields(value);
  if (fields.length > 0) throw new Failure("config-fields", { site, fields }, 2);
  return value as Config;
}
