import { useState, type ReactNode } from "react";
import { accounts } from "../../api/people.ts";
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
  return (
    <Section title={words.title} aside={<Button onClick={() => invite(true)}>{words.invite}</Button>}>
      <Loaded of={useRead(accounts)}>
        {({ accounts: all }) => (
          <>
            {all.length === 0 && <Empty say={words.none} />}
            <ul>
              {all.map((account) => (
                <AccountRow key={account.person} account={account} />
              ))}
            </ul>
          </>
        )}
      </Loaded>
      {inviting && <Invite onClose={() => invite(false)} />}
    </Section>
  );
}
