import { queryOptions, useMutation, useQuery, useQueryClient, type UseMutationResult } from "@tanstack/react-query";
import type { Session } from "../../src/api/contract.ts";
import { usePrefs } from "../app/prefs.tsx";
import { act, read, Refused, type Act } from "./client.ts";

/** Who looks, and what they may: GET /api/session. */
export type SessionNow = Session;

export const session = () =>
  queryOptions({ queryKey: ["session"], queryFn: ({ signal }) => read<SessionNow>("/api/session", {}, signal) });

export const useSession = (): SessionNow | undefined => useQuery(session()).data;

export interface Deed extends Omit<Act, "lang" | "csrf"> {
  readonly path: string;
}

/**
 * Something to do on the server. Nothing is shown as done before the server said so; then the queries of these names are
 * asked anew. A session that is over is asked for anew as well.
 */
export function useAct<T>(...names: readonly string[]): UseMutationResult<T, Error, Deed> {
  const { lang } = usePrefs();
  const csrf = useSession()?.csrf ?? undefined;
  const client = useQueryClient();
  return useMutation<T, Error, Deed>({
    mutationFn: ({ path, ...deed }) => act<T>(path, { ...deed, lang, csrf }),
    onSuccess: async () => {
      await client.invalidateQueries({ predicate: ({ queryKey }) => names.includes(String(queryKey[0])) });
    },
    onError: (error) => {
      const over = error instanceof Refused && error.problem.status === 401;
      if (over) void client.invalidateQueries({ queryKey: ["session"] });
    },
  });
}

/** What answers with the session as it then is: signing in and out. Everything is asked anew, as another person. */
export function useEnter(): UseMutationResult<SessionNow, Error, Deed> {
  const { lang } = usePrefs();
  const csrf = useSession()?.csrf ?? undefined;
  const client = useQueryClient();
  return useMutation<SessionNow, Error, Deed>({
    mutationFn: ({ path, ...deed }) => act<SessionNow>(path, { ...deed, lang, csrf }),
    onSuccess: (now) => {
      client.setQueryData(["session"], now);
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
    },
  });
}
