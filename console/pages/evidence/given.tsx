import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Section } from "../../ui/section.tsx";
import { useKeys } from "./keys.ts";
import { Pick } from "./pick.tsx";
import { FlawSaid, Result } from "./result.tsx";
import { TrustedKeys } from "./trusted.tsx";
import { Flaw } from "./verify/flaw.ts";
import { verifyFiles } from "./verify/verify.ts";

/** Names and contents; nothing of them leaves the browser. */
const contents = async (files: readonly File[]) =>
  new Map(await Promise.all(files.map(async (one) => [one.name, new Uint8Array(await one.arrayBuffer())] as const)));

/** Files of evidence that somebody else gave: dropped or chosen, verified here, again when other keys are trusted. */
export function Given(): ReactNode {
  const { evidence: words } = useTexts();
  const keys = useKeys();
  const [given, setGiven] = useState<{ readonly time: number; readonly files: readonly File[] }>();
  const trusted = keys.now.data?.keys;
  const { data } = useQuery({
    queryKey: ["given", given?.time, trusted?.map(({ id }) => id)],
    queryFn: async () => verifyFiles(await contents(given!.files), trusted!),
    enabled: given !== undefined && trusted !== undefined,
    placeholderData: keepPreviousData,
    throwOnError: true,
    retry: false,
  });
  return (
    <Section title={words.given}>
      <p className="text-quiet">{words.givenNote}</p>
      <Pick
        large
        multiple
        label={words.drop}
        {...(given && { hint: format(words.chosen, { count: given.files.length }) })}
        disabled={trusted === undefined}
        onTake={(files) => setGiven(({ time } = { time: 0, files }) => ({ time: time + 1, files }))}
      />
      {data !== undefined && <Result of={data} />}
      {keys.now.error instanceof Flaw && (
        <p role="alert" className="mt-2 text-fail">
          <FlawSaid flaw={keys.now.error} />
        </p>
      )}
      <TrustedKeys keys={keys} />
    </Section>
  );
}
