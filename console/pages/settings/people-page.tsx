import { Link } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { accounts } from "../../api/people.ts";
import { useSession } from "../../api/session.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";
import { AccountRow } from "./account-row.tsx";
import { Frame } from "./frame.tsx";
import { Invite } from "./invite.tsx";

/** Who may sign in here. What they may do stands in the book. */
export function PeoplePage(): ReactNode {
  return (
    <Frame part="people">
      <Accounts />
    </Frame>
  );
}

function Accounts(): ReactNode {
  const { settings } = useTexts();
  const { people: words } = settings;
  const [inviting, invite] = useState(false);
  const now = useSession();
  const strong = now?.strong === true;
  return (
    <Section
      title={words.title}
      aside={strong ? <Button onClick={() => invite(true)}>{words.invite}</Button> : undefined}
    >
      {now !== undefined && !strong && (
        <p className="mb-2.5">
          {words.weak} {now.totp ? words.weakAgain : <Link to="/settings">{words.weakFirst}</Link>}
        </p>
      )}
      <Loaded of={useRead(accounts)}>
        {({ accounts: all }) => (
          <>
            {all.length === 0 && <Empty say={words.none} />}
            <ul>
              {all.map((account) => (
                <AccountRow
                  key={account.person}
                  account={account}
                  may={strong}
                  mine={account.person === now?.person?.id}
                />
              ))}
            </ul>
          </>
        )}
      </Loaded>
      {inviting && <Invite onClose={() => invite(false)} />}
    </Section>
  );
}
