import type { Source } from "./source.ts";

export interface Environment {
  /** `prod`, `staging`, `test`, `dev`, `sandbox` … or the manual's own word. */
  readonly id: string;
  readonly name: string;
  readonly definition?: string;
  /** Position in the order of promotion, from 0. */
  readonly order: number;
  readonly protected: boolean;
  readonly promotesTo?: string;
  readonly source: Source;
}

export interface Service {
  readonly id: string;
  readonly title: string;
  readonly purpose?: string;
  readonly owner?: string;
  readonly environments: readonly string[];
  readonly needs: readonly string[];
  readonly posture: {
    readonly availability: "single" | "ha";
    readonly automation: "assist" | "guarded" | "auto";
    /** What of it nobody stated: its value is the default. Absent when all is stated. */
    readonly unstated?: readonly ("availability" | "automation")[];
  };
  readonly source: Source;
}

/** A condition before a change, as the manual's prose has it: proposed until the book's data enables it. */
export interface Gate {
  readonly kind: "staging-first" | "copy-verified" | "manual-approval" | "preflight";
  readonly text: string;
  readonly state: "proposed" | "declared";
  readonly source: Source;
}

export interface Prohibition {
  readonly text: string;
  /** Code spans in the text: commands that must not be run. */
  readonly commands: readonly string[];
  readonly source: Source;
}

export interface ReadingStep {
  readonly position: number;
  readonly title: string;
  readonly files: readonly string[];
  readonly source: Source;
}

/** A pattern that file names follow (…-YYYYMMDD.md). */
export interface NamePattern {
  /** As written. */
  readonly pattern: string;
  readonly directory: string;
  /** JavaScript regular expression source of the base name. */
  readonly regex: string;
  /** Example the manual gives, when there is one. */
  readonly example?: string;
  readonly source: Source;
}

export interface Channel {
  readonly name: string;
  /** email, slack, teams, sms, wecom, dingtalk, feishu, pagerduty, phone, webhook … */
  readonly kind: string;
  readonly severities: readonly string[];
  readonly source: Source;
}

export interface Deliverable {
  readonly title: string;
  readonly items: readonly string[];
  readonly source: Source;
}

/** Something that others must provide or that starts something else (落地依赖条件, 触发条件). */
export interface Requirement {
  readonly kind: "dependency" | "trigger" | "hardware" | "software" | "phase" | "risk";
  readonly text: string;
  readonly source: Source;
}
