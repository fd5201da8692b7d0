import type { ReactNode } from "react";
import { useAct } from "../../api/session.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Once } from "./once.tsx";

interface Given {
  readonly person: string;
  readonly onClose: () => void;
}

/** Names with commas between them, as a list; undefined when there are none. */
const named = (text: string): readonly string[] | undefined => {
  const names = text.split(/[,，\s]+/).filter((one) => one !== "");
  return names.length === 0 ? undefined : names;
};

/** A token of one's own: scope and end are chosen, then it is shown once. */
export function MakeToken({ person, onClose }: Given): ReactNode {
  const { settings } = useTexts();
  const { tokens: words } = settings;
  const making = useAct<{ readonly token: string }>("tokens");
  if (making.data !== undefined)
    return (
      <Dialog open onClose={onClose} title={words.made}>
        <Once label={words.made} text={making.data.token} />
        <p className="mb-3 text-quiet">{words.use}</p>
        <Button look="main" onClick={onClose}>
          {settings.kept}
        </Button>
      </Dialog>
    );
  return (
    <Dialog open onClose={onClose} title={words.make}>
      <Form
        send={words.make}
        busy={making.isPending}
        error={making.error}
        onSend={({ scope, days, services = "", environments = "" }) => {
          const only = { services: named(services), environments: named(environments) };
          making.mutate({ path: "/api/v1/tokens", body: { person, scope, days: Number(days), ...only } });
        }}
      >
        <fieldset className="mb-3">
          <legend className="mb-1 font-medium">{words.scope}</legend>
          {(["read", "write"] as const).map((scope) => (
            <label key={scope} className="mr-5 inline-flex min-h-9 items-center gap-2">
              <input type="radio" name="scope" value={scope} defaultChecked={scope === "read"} />
              {words.scopes[scope]}
            </label>
          ))}
        </fieldset>
        <Field
          name="days"
          type="number"
          label={words.days}
          hint={words.daysHint}
          min={1}
          max={366}
          defaultValue={30}
          required
        />
        <Field name="services" label={words.services} hint={words.onlyHint} autoComplete="off" />
        <Field name="environments" label={words.environments} hint={words.onlyHint} autoComplete="off" />
      </Form>
    </Dialog>
  );
}
