import type { Delivery, Notice } from "./notice.ts";
import type { Schema } from "./schema.ts";
import type { Source } from "./source.ts";
import type { Clock } from "./time.ts";

/** A notifier that watchbook.yaml configures. */
export interface ChannelSpec {
  readonly id: string;
  /** Name of a notifier kind. */
  readonly kind: string;
  /** Parameters of the kind, as written: secrets are references. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Hosts, addresses and networks inside that it may reach; link-local and metadata addresses are opened by themselves only. */
  readonly allow: readonly string[];
  /** File of the book with the authorities (PEM) to trust instead of the machine's. */
  readonly ca?: string;
  /** Most messages a minute; absent: as many as receivers of its kind take. */
  readonly perMinute?: number;
  readonly source: Source;
  /** Line of each of its keys in the same file. */
  readonly lines: Readonly<Record<string, number>>;
}

/** A channel as it stands. Moments in milliseconds since the epoch; null: never, as far as is known. */
export interface ChannelNow {
  readonly id: string;
  readonly kind: string;
  readonly failing: boolean;
  /** Its receiver took something. */
  readonly taken: number | null;
  /** A person answered from a notice of it: proof that one arrived. */
  readonly answered: number | null;
}

/** Where a parameter is a secret, its reference stands: a name of `secrets:`, `env:NAME` or `file:/path`. */
export interface SecretRef {
  readonly secret: string;
}

/** Parameters with the values of their secrets. */
export type Opened<P> = P extends SecretRef
  ? string
  : P extends string | number | boolean | null | undefined
    ? P
    : P extends readonly (infer E)[]
      ? readonly Opened<E>[]
      : { readonly [K in keyof P]: Opened<P[K]> };

/** What goes over the wire. */
export interface HttpRequest {
  readonly url: string;
  readonly method: "POST" | "PUT";
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What came back: names of headers in lower case, the body at most 64 KiB of it. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a mail server is given. */
export interface Mail {
  readonly server: {
    readonly host: string;
    readonly port: number;
    /** starttls: refused without it; implicit: from the first byte; none: no encryption. */
    readonly tls: "starttls" | "implicit" | "none";
    readonly user?: string;
    readonly password?: string;
  };
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** The same on every attempt; `<…@…>`. */
  readonly messageId: string;
  /** Ties what belongs to one group together in a reader's mail program. */
  readonly references: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a receiver takes. */
export interface NotifierLimits {
  /** Most bytes of a body, of a mail's text. */
  readonly bytes: number;
  /** Most messages a minute: who sends more is put off, or shut out. */
  readonly perMinute: number;
}

interface NotifierBase<P> {
  readonly kind: string;
  /** MUST refuse a key it does not know, and hold secrets only as references. */
  readonly params: Schema<P>;
  readonly limits: NotifierLimits;
  /** The receiver keeps a state by the notice's group: what a test opened there is to be closed by a resolve. */
  readonly stateful?: true;
}

/**
 * One kind that speaks HTTP. One file in kinds/notifiers. Pure: no clock, no network, no i18n; it never throws for a notice,
 * nor for an answer, however strange. Notices come `tidied` (model/notice.ts).
 * MUST: `request` gives the same bytes for the same input; holds `limits.bytes`; shortens body, then facts, then title, and
 * says so with `notice.shortened`; never cuts a link or a character in two; carries the notice's id or group where the
 * receiver has a place for it; lets no text of the notice become markup, a mention or a header.
 * MUST: `answer` takes nothing for delivered that the receiver did not take (a 200 may carry an error); a limit or a fault
 * of the receiver is later, with its own waiting time where it names one; the rest is refused.
 */
export interface HttpNotifier<P> extends NotifierBase<P> {
  readonly wire: "http";
  /** `now`: milliseconds since the epoch, for signatures. */
  request(params: Opened<P>, notice: Notice, now: number): HttpRequest;
  answer(answer: HttpAnswer, params: Opened<P>): Delivery;
}

/** One kind that speaks SMTP; the same MUSTs. What servers answer is judged in one place: 4xx is later, 5xx refused. */
export interface MailNotifier<P> extends NotifierBase<P> {
  readonly wire: "smtp";
  mail(params: Opened<P>, notice: Notice): Mail;
}

export type NotifierKind<P = unknown> = HttpNotifier<P> | MailNotifier<P>;

/** The outside world of a delivery. */
export interface NotifierPorts {
  readonly clock: Clock;
  /** Ends the attempt; whoever aborts gets a rejection with the signal's reason. */
  readonly signal: AbortSignal;
  /** Value of a secret reference; rejects with WatchbookError when it is not to be had. */
  readonly secret: (reference: string) => Promise<string>;
  /** Text of a file of the book; rejects with WatchbookError when it cannot be read. */
  readonly file: (path: string) => Promise<string>;
  /** Addresses of a host name; absent: the system's resolver. */
  readonly resolve?: (host: string) => Promise<readonly { readonly address: string; readonly family: 4 | 6 }[]>;
}

/** One attempt to deliver; never rejects but for an abort and our own bugs. */
export type Send = (channel: ChannelSpec, notice: Notice, ports: NotifierPorts) => Promise<Delivery>;

/** The other end of a kind's file: keeps P inside the file that knows it. */
export const defineNotifier = <P>(kind: Omit<HttpNotifier<P>, "wire">): HttpNotifier<P> => ({ wire: "http", ...kind });
export const defineMailNotifier = <P>(kind: Omit<MailNotifier<P>, "wire">): MailNotifier<P> => ({
  wire: "smtp",
  ...kind,
});
