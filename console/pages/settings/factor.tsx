import { useState, type ReactNode } from "react";
import { useAct, type SessionNow } from "../../api/session.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import { Section } from "../../ui/section.tsx";
import { Enrol, type Offer } from "./enrol.tsx";

/** The second factor of one's account: whether there is one, and the way to one. */
export function Factor({ session: { totp } }: { readonly session: SessionNow }): ReactNode {
  const { settings: words } = useTexts();
  const offering = useAct<Offer>();
  const [offer, setOffer] = useState<Offer>();
  return (
    <Section title={words.totp.title}>
      <p className="mb-2.5 flex flex-wrap items-baseline gap-2">
        <Badge state={totp ? "pass" : "warn"} word={totp ? words.people.totp : words.people.noTotp} />
        <span>{totp ? words.totp.on : words.totp.off}</span>
      </p>
      {offering.error !== null && (
        <div className="mb-3">
          <Refusal error={offering.error} />
        </div>
      )}
      <Button
        look={totp ? "plain" : "main"}
        disabled={offering.isPending}
        onClick={() => offering.mutate({ path: "/api/account/totp" }, { onSuccess: setOffer })}
      >
        {totp ? words.totp.again : words.totp.begin}
      </Button>
      {offer !== undefined && <Enrol offer={offer} onClose={() => setOffer(undefined)} />}
    </Section>
  );
}
