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
  /** Further addresses of the exchange, by name: each must answer as the front does. */
  readonly fronts?: readonly { readonly name: string; readonly port: number }[];
  /** Where the exchange's credentials are found, by name: `env:NAME` or `file:PATH` from this folder; never a value. */
  readonly credentials?: Readonly<Record<string, string>>;
  /** Certificates (PEM) that must be good for so many days. */
  readonly certificates?: readonly { readonly file: string; readonly minDays: number }[];
  /** Trading sessions, UTC, `HH:MM`, past midnight where `to` is before `from`: nothing is deployed within. */
  readonly sessions: readonly (readonly [from: string, to: string])[];
  /** Dates on which no session begins. */
  readonly holidays?: readonly string[];
  /** Last date that sessions and holidays are about. */
  readonly knownUntil?: string;
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
  fronts: optional((value) => isListOf(value, (one) => typeof one["name"] === "string" && isPort(one["port"]))),
  credentials: optional((value) => isObject(value) && Object.values(value).every((one) => REFERENCE.test(String(one)))),
  certificates: optional((value) =>
    isListOf(value, (one) => typeof one["file"] === "string" && Number.isInteger(one["minDays"])),
  ),
  sessions: (value) => Array.isArray(value) && value.every(isSession),
  holidays: optional((value) => Array.isArray(value) && value.every(isDate)),
  knownUntil: optional(isDate),
  minFreeMb: Number.isInteger,
  maxSkewMs: Number.isInteger,
};

function isPort(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) > 0 && Number(value) < 65_536;
}

/** A name of a credential: a variable, or a file. */
export const REFERENCE = /^(env|file):(.+)$/;

function optional(is: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => value === undefined || is(value);
}

function isListOf(value: unknown, is: (one: Readonly<Record<string, unknown>>) => boolean): boolean {
  return Array.isArray(value) && value.every((one) => isObject(one) && is(one));
}

function isDate(value: unknown): boolean {
  return typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value);
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
