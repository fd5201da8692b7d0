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
import { Endable } from "./endable.tsx";
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
                <Endable
                  key={id}
                  head={
                    <>
                      <code>{id}</code> {words.scopes[scope]}{" "}
                      <span className="text-quiet">{[...services, ...environments].join(", ")}</span>
                    </>
                  }
                  line={format(words.line, { made: times.at(made), expires: times.at(expires) })}
                  end={words.revoke}
                  endOf={format(words.revokeOf, { id })}
                  path={`/api/v1/tokens/${encodeURIComponent(id)}`}
                  acting={acting}
                />
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
