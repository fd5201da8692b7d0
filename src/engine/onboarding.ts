import { judgeOnboarding, type Onboarded } from "../evidence/onboarding.ts";
import type { BookConfig } from "../model/config.ts";
import { WatchbookError } from "../model/error.ts";
import type { DocumentRead, Onboarding } from "../model/onboarding.ts";
import type { Store } from "../store/store.ts";
import { eventsOf } from "./events-of.ts";
import { recordGap } from "./gaps.ts";
import type { House } from "./house.ts";

const READ = "onboarding.read";
const ASKED = "onboarding.asked";
const SIGNED = "onboarding.signed";

/** How far one person has come: of each document the newest reading. */
export async function onboardingOf(store: Pick<Store, "events">, person: string): Promise<Onboarding> {
  const own = async (kind: string) => (await eventsOf(store, kind)).filter(({ subject }) => subject === person);
  const read = (await own(READ)).map(({ at, data }) => ({
    ...{ at, file: String(data["file"]), digest: String(data["digest"]) },
  }));
  const signed = (await own(SIGNED)).at(-1);
  return {
    person,
    read: [...new Map(read.map((one) => [one.file, one])).values()],
    asked: (await own(ASKED)).map(({ data }) => String(data["gap"])),
    ...(signed && { signed: { at: signed.at, book: String(signed.data["book"]) } }),
  };
}

/** What happened on the way: a document was read, or a question had no answer. */
export type OnboardingStep =
  | ({ readonly did: "read"; readonly person: string } & DocumentRead)
  | { readonly did: "asked"; readonly person: string; readonly question: string };

/** Keeps it; a question is a gap of the manual. Rejects with ONBOARD-WHO for nobody of the book, and as recordGap does. */
export async function onboardingStep(
  house: Pick<House, "store" | "clock">,
  { people }: Pick<BookConfig, "people">,
  step: OnboardingStep,
): Promise<Onboarding> {
  const { store, clock } = house;
  const { person } = step;
  if (!people.some(({ id }) => id === person))
    throw new WatchbookError("ONBOARD-WHO", { person, known: people.map(({ id }) => id) });
  const [kind, data] =
    step.did === "read"
      ? [READ, { file: step.file, digest: step.digest }]
      : [ASKED, { gap: (await recordGap(house, { question: step.question, by: person })).id }];
  await store.commit([{ kind: "event.add", event: { at: clock.wall(), kind, subject: person, data } }]);
  return onboardingOf(store, person);
}

/** Records that a person has signed. Rejects as the evidence's `judgeOnboarding` does. */
export async function endOnboarding(
  { store, clock }: Pick<House, "store" | "clock">,
  { people }: Pick<BookConfig, "people">,
  { text, signature }: { readonly text: string; readonly signature: string },
): Promise<Onboarded> {
  const done = judgeOnboarding(text, signature, people);
  const { person, book, fingerprint } = done;
  const data = { book, fingerprint, text, signature };
  await store.commit([{ kind: "event.add", event: { at: clock.wall(), kind: SIGNED, subject: person, data } }]);
  return done;
}
