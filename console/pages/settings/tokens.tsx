import { useState, type ReactNode } from "react";
import { tokens } from "../../api/people.ts";
import { useAct } from "../../api/session.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import { Section } from "../../ui/section.tsx";
import { MakeToken } from "./make-token.tsx";

/** What programs use in one's name. */
export function Tokens({ person }: { readonly person: string }): ReactNode {
  const { settings } = useTexts();
  const { tokens: words } = settings;
  const times = useTimes();
  const acting = useAct("tokens");
  const [making, make] = useState(false);
  return (
    <Section title={words.title} aside={<Button onClick={() => make(true)}>{words.make}</Button>}>
      <Loaded of={useRead(tokens)}>
        {({ tokens: all }) => (
          <>
            {all.length === 0 && <Empty say={words.none} fix={words.noneFix} />}
            <ul>
              {all.map(({ id, scope, services = [], environments = [], made, expires }) => (
                <li
                  key={id}
                  className="flex flex-wrap items-center justify-between gap-3 border-t border-line py-2 first:border-0 first:pt-0"
                >
                  <div className="min-w-0 flex-1 basis-64">
                    <p>
                      <code>{id}</code> {words.scopes[scope]}{" "}
                      <span className="text-quiet">{[...services, ...environments].join(", ")}</span>
                    </p>
                    <p className="text-[0.9rem] text-quiet">
                      {format(words.line, { made: times.at(made), expires: times.at(expires) })}
                    </p>
                  </div>
                  <Button
                    disabled={acting.isPending}
                    aria-label={format(words.revokeOf, { id })}
                    onClick={() =>
                      acting.mutate({ path: `/api/v1/tokens/${encodeURIComponent(id)}`, method: "DELETE" })
                    }
                  >
                    {words.revoke}
                  </Button>
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
      {acting.error !== null && <Refusal error={acting.error} />}
      {making && <MakeToken person={person} onClose={() => make(false)} />}
    </Section>
  );
}
