import type { Called } from "./rota/of-book.ts";
import type { Source } from "./source.ts";

/** Parts of a hand-over, in the order of the document. What is not there has nothing to say. */
export const HANDOVER_SECTIONS = [
  /** Who is on call until the end of the next shift. */
  "on-call",
  /** What is wrong now. */
  "troubles",
  /** Alerts that are open: who has them, and why nobody was told. */
  "alerts",
  /** Incidents that go on, and what their reviews still owe. */
  "incidents",
  /** What comes back, and how people get by until it is mended. */
  "problems",
  /** Duties that are due, missed or left open. */
  "overdue",
  /** Runs that go on or wait for a person. */
  "runs",
  /** Targets that a run holds, and freezes. */
  "holds",
  /** Rights for a while: emergencies, tokens that end, what the manual grants and until when. */
  "privileges",
  /** Procedures nobody has drilled, or not lately. */
  "unproven",
  /** Questions that the manual could not answer yet. */
  "questions",
  /** Duties that fall due until the end of the next shift. */
  "due",
] as const;
export type HandoverSectionId = (typeof HANDOVER_SECTIONS)[number];

/** One line: what is so, the next action, and where the manual says it. Said in the document's language. */
export interface HandoverItem {
  readonly say: string;
  readonly fix?: string;
  readonly source?: Pick<Source, "file" | "line">;
}
export interface HandoverSection {
  readonly id: HandoverSectionId;
  readonly items: readonly HandoverItem[];
}

/** What a week of one operator is judged by. */
export const WEEK_FIGURES = ["inspections", "unauthorised", "incidents", "questions", "runs"] as const;
export type WeekFigureId = (typeof WEEK_FIGURES)[number];

/** A figure of the week; without a value nobody knows it, and it is no success. */
export interface WeekFigure {
  readonly id: WeekFigureId;
  /** Title of what was counted. */
  readonly subject?: string;
  readonly value?: number;
  readonly of?: number;
  /** Dates that have none. */
  readonly missing?: readonly string[];
  /** Absent: a figure that is only told. */
  readonly wanted?: boolean;
}

/** A week of one operator. passed: every figure is known and as it should be. */
export interface WeekCard {
  /** Its first and last date. */
  readonly from: string;
  readonly to: string;
  readonly figures: readonly WeekFigure[];
  readonly verdict: "passed" | "failed" | "unproven";
}

/** What the next operator must know. Times are milliseconds since the epoch. */
export interface Handover {
  readonly format: 1;
  readonly title: string;
  readonly lang: "en" | "zh";
  readonly zone: string;
  readonly at: number;
  /** End of the shift that begins with it. */
  readonly until: number;
  /** Id of the rota; null: the book has none. */
  readonly rota: string | null;
  readonly gives: readonly Called[];
  readonly takes: readonly Called[];
  readonly book: { readonly digest: string; readonly commit: string | null; readonly dirty: boolean };
  /** false: no daemon ran, so no check was read: what is not said here is not known. */
  readonly watched: boolean;
  readonly sections: readonly HandoverSection[];
  readonly week?: WeekCard;
}

/** Namespace of `ssh-keygen -Y sign` for hand-overs. */
export const HANDOVER_NAMESPACE = "watchbook-handover";

/** What a receiver signs. */
export interface HandoverFacts {
  readonly book: string;
  /** `sha256:…` of the Markdown page and of its JSON twin. */
  readonly page: string;
  readonly facts: string;
  readonly person: string;
}

/** The bytes that are signed: plain lines, ending with a newline. */
export const handoverText = ({ book, page, facts, person }: HandoverFacts): string =>
  ["watchbook handover 1", `book ${book}`, `page ${page}`, `facts ${facts}`, `person ${person}`, ""].join("\n");

const FORM =
  /^watchbook handover 1\nbook (\S+)\npage (sha256:[0-9a-f]{64})\nfacts (sha256:[0-9a-f]{64})\nperson (\S.*)\n$/;

/** Reads what was signed; undefined for any other text. */
export function readHandover(text: string): HandoverFacts | undefined {
  const [, book, page, facts, person] = FORM.exec(text) ?? [];
  if (book === undefined || page === undefined || facts === undefined || person === undefined) return undefined;
  return { book, page, facts, person };
}
