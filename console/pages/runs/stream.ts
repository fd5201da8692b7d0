import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { throttled } from "../../app/throttled.ts";

/** Between two rounds of asking anew, milliseconds. */
const GAP = 150;

/** While a run goes on: what is committed about it makes what is shown of it old, at once. `seq`: entries that are known. */
export function useRunStream(id: string, seq: number, open: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!open) return undefined;
    const renew = throttled(GAP, (names: ReadonlySet<string>) => {
      void client.invalidateQueries({ predicate: ({ queryKey }) => names.has(String(queryKey[0])) });
    });
    // The browser connects anew by itself, after the last entry that it heard of.
    const source = new EventSource(`/api/v1/runs/${encodeURIComponent(id)}/events?after=${seq}`);
    for (const kind of ["entry", "state", "end"]) source.addEventListener(kind, () => renew("run"));
    source.addEventListener("end", () => source.close());
    return () => source.close();
    // The entries that come later are heard by the stream that is open.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [client, id, open]);
}
