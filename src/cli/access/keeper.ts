import type { AccountShown, AuditShown, SessionShown } from "../../api/contract.ts";
import { WatchbookError } from "../../model/error.ts";
import { daemonAt, type Client } from "../client.ts";
import type { Call } from "../verb.ts";

export interface Invited {
  readonly person: string;
  readonly invite: string;
  readonly expires: number;
}

/** Whoever keeps accounts: the daemon, through its socket. */
export interface Keeper {
  accounts(): Promise<readonly AccountShown[]>;
  /** null: none is needed. */
  setUpCode(): Promise<string | null>;
  add(person: string, administrator: boolean): Promise<Invited>;
  act(
    person: string,
    what: "reset" | "disable" | "enable",
    reason: string,
  ): Promise<{ readonly account: AccountShown; readonly invitation?: Invited }>;
  sessions(): Promise<readonly SessionShown[]>;
  end(session: string): Promise<{ readonly id: string; readonly person: string }>;
  audit(query: URLSearchParams): Promise<{
    readonly entries: readonly AuditShown[];
    readonly head: { readonly seq: number; readonly hash: string } | null;
    readonly broken: number | null;
  }>;
}

const at = (person: string): string => `/api/accounts/${encodeURIComponent(person)}/actions`;

/**
 * The daemon's accounts: people sign in at a daemon, so there is nothing to keep without one. Rejects with ACCESS-NO-DAEMON.
 */
export async function owner(call: Call): Promise<Keeper> {
  const client: Client | undefined = await daemonAt(call.data, call.world.clock);
  if (!client) throw new WatchbookError("ACCESS-NO-DAEMON", { data: call.data });
  return {
    accounts: async () => (await client.get<{ accounts: AccountShown[] }>("/api/accounts")).accounts,
    setUpCode: async () => (await client.get<{ code: string | null }>("/api/setup-code")).code,
    add: (person, administrator) => client.post("/api/accounts", { person, administrator }),
    act: (person, what, reason) => client.post(at(person), { do: what, reason }),
    sessions: async () => (await client.get<{ sessions: SessionShown[] }>("/api/sessions?all=true")).sessions,
    end: (session) => client.end(`/api/sessions/${encodeURIComponent(session)}`),
    audit: (query) => client.get(`/api/audit?${query.toString()}`),
  };
}
