import type { Emergency } from "../../model/account.ts";
import type { Person } from "../../model/config.ts";
import { WatchbookError } from "../../model/error.ts";
import { unreadable, type BookState } from "../book-state.ts";
import type { House, OpenBook } from "../house.ts";
import { sendOwn } from "../watcher/send.ts";
import type { Access } from "./access.ts";
import { endLeft } from "./left.ts";

interface Parts {
  readonly house: House;
  readonly access: Access;
  readonly book: () => BookState;
  /** Revokes the tokens of whoever is not among these. Rejects with WatchbookError for what the disk refuses. */
  readonly keepTokens: (people: readonly Person[]) => Promise<void>;
  /** Milliseconds between two looks. */
  readonly every: number;
  readonly onBug: (error: unknown) => void;
}

/** Between two tries to tell, milliseconds. */
const AGAIN = 60_000;

/** What is to be told: the beginning or the end of one. */
interface Owed {
  readonly emergency: Emergency;
  tried: number;
}

/** Ends emergencies and sessions whose time is over, and what people had who left the book, and tells every channel of the book of beginnings and ends until one took it. */
export function watchAccess({ house, access, book, keepTokens, every, onBug }: Parts): AsyncDisposable {
  const stopping = new AbortController();
  const { clock } = house;
  const open = (): OpenBook => book().open;
  // One that was begun before this start may have been told: the same notice is told once.
  let owed: Owed[] = access.emergencies.now().map((emergency) => ({ emergency, tried: -Infinity }));
  const heard = access.emergencies.hear((emergency) => owed.push({ emergency, tried: -Infinity }));
  const told = async ({ emergency }: Owed): Promise<boolean> => {
    const { person, reason, until, ended, second } = emergency;
    const said = { kind: "emergency", person, reason, until, ended, second, id: emergency.id } as const;
    const channels = open().book.config.channels.map(({ id }) => id);
    const sent = await Promise.all(
      channels.map((channel) => sendOwn(house, open(), { channel }, said, stopping.signal)),
    );
    if (sent.some(({ kind }) => kind === "delivered")) return true;
    if (!sent.every(({ kind }) => kind === "refused")) return false;
    // Nobody can be told, now or later: that is said where people look.
    const event = { at: clock.wall(), kind: "emergency.untold", subject: emergency.id, data: { person, channels } };
    await house.store.commit([{ kind: "event.add", event }]);
    return true;
  };
  let known: string | undefined;
  const atBook = async (): Promise<void> => {
    const { open: now, findings } = book();
    const { digest, config } = now.book;
    // Of data that cannot be read nobody knows whom it names.
    if (digest === known || unreadable(findings).length > 0) return;
    await endLeft(access, config.people);
    await keepTokens(config.people);
    known = digest;
  };
  const round = async (): Promise<void> => {
    await access.emergencies.settle();
    await access.signIns.settle();
    for (const one of owed.filter(({ tried }) => clock.wall() - tried >= AGAIN)) {
      one.tried = clock.wall();
      if (await told(one)) owed = owed.filter((other) => other !== one);
    }
    // Last: while tokens cannot be written the notices go out all the same.
    await atBook();
  };
  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        await round();
      } catch (error) {
        // A full disk: the next round tries again, and the daemon's own loops say it.
        if (!(error instanceof WatchbookError)) throw error;
      }
      await clock.sleep(every, stopping.signal).catch(() => undefined);
    }
  };
  const done = loop().catch((error: unknown) => (stopping.signal.aborted ? undefined : onBug(error)));
  return {
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      heard();
      await done;
    },
  };
}
