import type { ReactNode } from "react";
import { useTexts } from "../../app/prefs.tsx";
import { Button } from "../../ui/button.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import type { Keys } from "./keys.ts";
import { Pick } from "./pick.tsx";
import { FlawSaid } from "./result.tsx";
import { Flaw } from "./verify/flaw.ts";

/** Whose signatures count here, and the way to bring other keys. */
export function TrustedKeys({ keys }: { readonly keys: Keys }): ReactNode {
  const { evidence: words } = useTexts();
  const { wrong, now } = keys;
  const flaw = [wrong, now.error].find((error) => error instanceof Flaw);
  return (
    <details className="mt-3">
      <summary className="cursor-pointer font-medium">{words.keys}</summary>
      {flaw === undefined && (
        <Loaded of={now}>
          {({ of, keys: known }) => (
            <>
              <p className="mt-1 text-quiet">{words.keysOf[of]}</p>
              <ul>
                {known.map(({ id: key, name, fingerprint }) => (
                  <li key={key} className="py-0.5">
                    {name} <code className="break-all">{fingerprint}</code>
                  </li>
                ))}
              </ul>
              {known.length > 0 && of !== "own" && <p className="mt-1 text-quiet">{words.compare}</p>}
              {of === "own" && <Button onClick={() => keys.forget()}>{words.forget}</Button>}
            </>
          )}
        </Loaded>
      )}
      {flaw !== undefined && (
        <p role="alert" className="mt-1 text-fail">
          <FlawSaid flaw={flaw} />
        </p>
      )}
      <Pick label={words.bring} hint={words.bringHint} onTake={([file]) => file && keys.bring(file)} />
    </details>
  );
}
