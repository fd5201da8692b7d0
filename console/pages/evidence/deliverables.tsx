import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { DeliverableShown } from "../../../src/api/contract.ts";
import { deliverable, deliverables } from "../../api/deliverables.ts";
import { useRead } from "../../api/use.ts";
import { usePrefs, useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Button } from "../../ui/button.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import { save } from "../../ui/save.ts";
import { Section } from "../../ui/section.tsx";

/** Files made from the book, and how they are checked by their own tools and compared with what is deployed. */
export function Deliverables(): ReactNode {
  const { deliverables: words } = useTexts().evidence;
  return (
    <Section title={words.title} at="deliverables">
      <p className="mb-2 text-quiet">{words.what}</p>
      <Loaded of={useRead(deliverables)}>
        {({ deliverables: all }) => (
          <ul>
            {all.map((one) => (
              <Kind key={one.kind} of={one} />
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  );
}

function Kind({ of: { kind, files, left } }: { readonly of: DeliverableShown }): ReactNode {
  const { evidence } = useTexts();
  const { deliverables: words } = evidence;
  const { lang } = usePrefs();
  const fetching = useMutation({ mutationFn: (path: string) => deliverable(lang, kind, path) });
  return (
    <li className="border-t border-line py-2.5">
      <p className="font-medium">{kind}</p>
      <ul>
        {files.map(({ path, bytes }) => (
          <li key={path} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-0.5">
            <span className="min-w-0">
              <code>{path}</code> <span className="text-quiet">{format(evidence.bytes, { bytes })}</span>
            </span>
            <Button
              disabled={fetching.isPending}
              aria-label={format(evidence.download, { name: path })}
              onClick={() =>
                fetching.mutate(path, { onSuccess: ({ text }) => save(path.split("/").at(-1) ?? path, text) })
              }
            >
              {words.save}
            </Button>
          </li>
        ))}
      </ul>
      {fetching.error !== null && <Refusal error={fetching.error} />}
      {left.length > 0 && (
        <details className="mt-1">
          <summary className="cursor-pointer text-warn">{format(words.left, { count: left.length })}</summary>
          <ul className="list-disc pl-5">
            {left.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </details>
      )}
      <p className="mt-1 text-[0.9rem] text-quiet">
        {words.checked} <code className="break-all">{`watchbook render ${kind} -o ${words.folder}`}</code>
        <br />
        {words.drift} <code className="break-all">{`watchbook render ${kind} --diff ${words.folder}`}</code>
      </p>
    </li>
  );
}
