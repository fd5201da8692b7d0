import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { auditProof } from "../../api/people.ts";
import { usePrefs, useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Refusal } from "../../ui/refusal.tsx";

/** Reads the whole log on the server and says whether an entry was changed. */
export function AuditProof(): ReactNode {
  const { settings } = useTexts();
  const { audit: words } = settings;
  const { lang } = usePrefs();
  const { data, error, isPending, mutate } = useMutation({ mutationFn: () => auditProof(lang) });
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span role="status">
        {data !== undefined &&
          (data.broken === null ? (
            <Badge state="pass" word={words.whole} />
          ) : (
            <span className="font-medium text-fail">{format(words.broken, { seq: data.broken })}</span>
          ))}
      </span>
      {error !== null && <Refusal error={error} />}
      <Button disabled={isPending} onClick={() => mutate()}>
        {words.verify}
      </Button>
    </div>
  );
}
