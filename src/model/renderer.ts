import type { AlertPolicy } from "./alert-policy.ts";
import type { Book } from "./book.ts";
import type { CheckSpec } from "./check.ts";
import type { Args } from "./finding.ts";
import type { Rule } from "./rule.ts";
import type { Source } from "./source.ts";

/** Major and minor number of a program that a deliverable is written for. */
export type Version = readonly [major: number, minor: number];

/** `2.40`, `v0.24.1`; undefined for anything else. */
export function versionOf(text: string): Version | undefined {
  const [, major, minor] = /^v?(\d{1,4})\.(\d{1,4})(?:\.\d+)?$/.exec(text.trim()) ?? [];
  return major === undefined || minor === undefined ? undefined : [Number(major), Number(minor)];
}

export const isBefore = (given: Version, first: Version): boolean =>
  given[0] < first[0] || (given[0] === first[0] && given[1] < first[1]);

/** What files are written for. Times in seconds. */
export interface RenderOptions {
  readonly prometheus: Version;
  readonly alertmanager: Version;
  /** The rules are evaluated by vmalert of this version instead of Prometheus. */
  readonly vmalert?: Version;
  readonly scrape: number;
  readonly evaluation: number;
  /** An alert lasts so long after its condition is over; needs Prometheus 2.42. */
  readonly keepFiring?: number;
  /** `host:port` at which Prometheus reaches this watchbook, Alertmanager and the blackbox exporter. */
  readonly watchbook: string;
  readonly alertmanagerAt: string;
  readonly blackbox: string;
  /** Folder on Alertmanager's machine with one file per secret. */
  readonly secrets: string;
  /** Address to which Alertmanager posts everything, besides the channels of the book. */
  readonly forward?: string;
}

/** Words of the book's language that readers of a deliverable see. */
export interface RenderWords {
  readonly deadman: string;
  readonly unwatched: string;
  /** Heads of the page about metrics, and who tells those of no exporter. */
  readonly metrics: string;
  readonly metric: string;
  readonly teller: string;
  readonly usedBy: string;
  readonly application: string;
  /** Titles of dashboards and their panels, by key. */
  readonly boards: Readonly<Record<string, string>>;
}

/** Everything a renderer may know. */
export interface RenderInput {
  readonly book: Book;
  /** Checks of the book, with the limits of their kind where it gives none, and with how often they are read. */
  readonly checks: readonly CheckSpec[];
  readonly rules: readonly Rule[];
  readonly policy: AlertPolicy;
  /** A line of the manual as written; undefined for what is not prose. */
  readonly line: (source: Source) => string | undefined;
  readonly words: RenderWords;
  readonly options: RenderOptions;
}

/** The tool that a file is checked by before it is written. `argv` runs in the folder that all files were put into. */
export interface Validation {
  readonly argv: readonly [program: string, ...rest: string[]];
  /** Debian package of the program. */
  readonly installs: string;
}

/** One file of a deliverable. */
export interface RenderedFile {
  /** Relative, `/` as separator, never out of the folder. */
  readonly path: string;
  readonly text: string;
  readonly validate?: Validation;
  /** Only for its validator: it is not delivered. */
  readonly staged?: true;
}

/** What a rule became, for whoever wants to know how late it may be. */
export interface RenderedRule {
  readonly rule: string;
  readonly title: string;
  readonly target: string;
  readonly severity: string;
  readonly source: Source;
  /** At most so long from the fault to a firing alert, seconds. */
  readonly detectionSeconds: number;
}

/** Something that these versions, or this format, cannot say. `reason` is a key of i18n `render.left`. */
export interface Unrendered {
  readonly about: string;
  readonly reason: string;
  readonly args: Args;
  readonly source?: Source;
}

export interface Rendering {
  readonly files: readonly RenderedFile[];
  readonly rules?: readonly RenderedRule[];
  readonly left: readonly Unrendered[];
}

/**
 * One kind of deliverable: files made from a book. One file in kinds/renderers.
 * MUST: be pure, and give the same bytes for the same input; name in every file the book's digest, in every rule its file and
 * line; write references of secrets, never values; say in `left` whatever it leaves out; give every file a validator where
 * there is a tool that reads it.
 */
export interface Renderer {
  readonly kind: string;
  render(input: RenderInput): Rendering;
}
