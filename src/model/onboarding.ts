/** Namespace of `ssh-keygen -Y sign` for onboarding. */
export const ONBOARDING_NAMESPACE = "watchbook-onboarding";

/** One document of the reading order, as it was read. */
export interface DocumentRead {
  /** Path below the book's root. */
  readonly file: string;
  /** `sha256:…` of what stood there. */
  readonly digest: string;
}

/** How far a new person has come through the manual. Times are milliseconds since the epoch. */
export interface Onboarding {
  readonly person: string;
  readonly read: readonly (DocumentRead & { readonly at: number })[];
  /** Ids of the questions that they had on the way. */
  readonly asked: readonly string[];
  /** They have signed that they read it: the newest signature. */
  readonly signed?: { readonly at: number; readonly book: string };
}

/** What is signed at the end. */
export interface OnboardingFacts {
  readonly book: string;
  readonly person: string;
  readonly read: readonly DocumentRead[];
  readonly asked: readonly string[];
}

/** The bytes that are signed: plain lines, ending with a newline. */
export const onboardingText = ({ book, person, read, asked }: OnboardingFacts): string =>
  [
    "watchbook onboarding 1",
    `book ${book}`,
    `person ${person}`,
    ...read.map(({ file, digest }) => `read ${digest} ${file}`),
    ...asked.map((id) => `asked ${id}`),
    "",
  ].join("\n");

const READ = /^read (sha256:[0-9a-f]{64}) (\S.*)$/;

/** Reads what was signed; undefined for any other text. */
export function readOnboarding(text: string): OnboardingFacts | undefined {
  const [form, book = "", person = "", ...rest] = text.split("\n");
  if (form !== "watchbook onboarding 1" || rest.pop() !== "") return undefined;
  const facts = {
    book: /^book (\S+)$/.exec(book)?.[1] ?? "",
    person: /^person (\S.*)$/.exec(person)?.[1] ?? "",
    read: rest.flatMap((line) => {
      const [, digest, file] = READ.exec(line) ?? [];
      return digest === undefined || file === undefined ? [] : [{ file, digest }];
    }),
    asked: rest.flatMap((line) => /^asked (\S+)$/.exec(line)?.[1] ?? []),
  };
  return facts.read.length > 0 && onboardingText(facts) === text ? facts : undefined;
}
