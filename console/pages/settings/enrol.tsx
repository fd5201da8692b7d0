import type { ReactNode } from "react";
import { useAct } from "../../api/session.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Once } from "./once.tsx";
import { Qr } from "./qr.tsx";

/** A secret that the server offers for an authenticator program. */
export interface Offer {
  readonly secret: string;
  readonly uri: string;
}

interface Given {
  readonly offer: Offer;
  readonly onClose: () => void;
}

/** In groups of four, as it is typed from a screen. */
const spaced = (secret: string): string => secret.replace(/(.{4})(?=.)/g, "$1 ");

/** From the offered secret to a confirmed second factor, and the recovery codes that are shown once. */
export function Enrol({ offer, onClose }: Given): ReactNode {
  const { settings: words } = useTexts();
  const confirming = useAct<{ readonly recovery: readonly string[] }>("session", "sessions");
  const { totp } = words;
  if (confirming.data !== undefined)
    return (
      <Dialog open onClose={onClose} title={totp.codes}>
        <p className="mb-3">{totp.codesWhat}</p>
        <Once label={totp.codes} text={confirming.data.recovery.join("\n")} />
        <Button look="main" onClick={onClose}>
          {words.kept}
        </Button>
      </Dialog>
    );
  return (
    <Dialog open onClose={onClose} title={totp.title}>
      <p className="mb-3">{totp.scan}</p>
      <Qr text={offer.uri} label={totp.picture} />
      <p className="mt-2 mb-3">
        {totp.key}: <code className="break-all select-all">{spaced(offer.secret)}</code>
      </p>
      <Form
        send={totp.confirm}
        busy={confirming.isPending}
        error={confirming.error}
        onSend={({ code = "" }) =>
          confirming.mutate({ path: "/api/account/totp/confirm", body: { code: code.replaceAll(" ", "") } })
        }
      >
        <Field
          name="code"
          label={totp.code}
          hint={totp.codeHint}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={20}
          required
          data-first
        />
      </Form>
    </Dialog>
  );
}
