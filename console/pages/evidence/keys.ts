import { useMutation, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useState } from "react";
import { signers } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import type { Signers } from "../../../src/api/contract.ts";
import { parseSigners, type Signer } from "./verify/signers.ts";

export interface Trusted {
  readonly of: Signers["of"] | "own";
  readonly keys: readonly Signer[];
}

/** The keys that count: those that the reader brought, else those of the book as this host gives them. */
export interface Keys {
  readonly now: UseQueryResult<Trusted>;
  /** A file that was brought could not be read as keys: a Flaw. */
  readonly wrong: unknown;
  bring(file: File): void;
  forget(): void;
}

export function useKeys(): Keys {
  const given = useRead(signers);
  const [own, setOwn] = useState<Trusted>();
  const bringing = useMutation({
    mutationFn: async (file: File) => parseSigners(await file.text(), file.name),
    onSuccess: (keys) => setOwn({ of: "own", keys }),
  });
  const text = given.data?.signers.map(({ line }) => line).join("\n") ?? "";
  const book = useQuery({
    queryKey: ["keys", text, given.data?.of],
    queryFn: async (): Promise<Trusted> => ({ of: given.data!.of, keys: await parseSigners(text, "signers") }),
    enabled: given.data !== undefined,
    retry: false,
  });
  const known = given.error === null ? book : { ...book, error: given.error };
  return {
    now: (own === undefined ? known : { ...book, data: own, error: null }) as UseQueryResult<Trusted>,
    wrong: bringing.error,
    bring: (file) => bringing.mutate(file),
    forget: () => {
      setOwn(undefined);
      bringing.reset();
    },
  };
}
