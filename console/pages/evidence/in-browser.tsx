import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { EvidenceShown } from "../../../src/api/contract.ts";
import { readBytes } from "../../api/client.ts";
import { evidenceFile } from "../../api/queries.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Button } from "../../ui/button.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import { Section } from "../../ui/section.tsx";
import { useKeys } from "./keys.ts";
import { FlawSaid, Result } from "./result.tsx";
import { TrustedKeys } from "./trusted.tsx";
import { Flaw } from "./verify/flaw.ts";
import { verifyFiles, type Checked } from "./verify/verify.ts";

interface Given {
  readonly of: EvidenceShown;
  /** Hears what came of it, with the bytes that were checked. */
  readonly onChecked?: (checked: Checked, files: ReadonlyMap<string, Uint8Array>) => void;
}

/** Fetches the files of one directory and verifies them here, without asking the host what they are worth. */
export function InBrowser({ of: { id, files }, onChecked }: Given): ReactNode {
  const { evidence: words } = useTexts();
  const keys = useKeys();
  const trusted = keys.now.data?.keys;
  const verifying = useMutation({
    mutationFn: async () => {
      const names = files.map(({ name }) => name);
      const fetched = new Map(
        await Promise.all(names.map(async (name) => [name, await readBytes(evidenceFile(id, name))] as const)),
      );
      return { checked: await verifyFiles(fetched, trusted ?? [], id), fetched };
    },
    onSuccess: ({ checked, fetched }) => onChecked?.(checked, fetched),
  });
  const { data, error } = verifying;
  return (
    <Section title={words.inBrowser}>
      <p className="mb-2 text-quiet">{words.inBrowserNote}</p>
      <Button look="main" disabled={trusted === undefined || verifying.isPending} onClick={() => verifying.mutate()}>
        {data === undefined ? words.verify : words.again}
      </Button>
      {data !== undefined && <Result of={data.checked} />}
      {error !== null && <Refusal error={error} />}
      {keys.now.error instanceof Flaw && (
        <p role="alert" className="mt-2 text-fail">
          <FlawSaid flaw={keys.now.error} />
        </p>
      )}
      <TrustedKeys keys={keys} />
    </Section>
  );
}
