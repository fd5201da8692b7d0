import { useState, type ReactNode } from "react";
import { useTexts } from "../../app/prefs.tsx";
import { Button } from "../../ui/button.tsx";

/** A secret that is shown only now. */
export function Once({ label, text }: { readonly label: string; readonly text: string }): ReactNode {
  const { settings: words } = useTexts();
  const [copied, setCopied] = useState(false);
  const lines = text.split("\n");
  // Only where the browser offers it: not on a page without https that is not this machine's own.
  const board = (navigator as { readonly clipboard?: Clipboard }).clipboard;
  return (
    <div className="mb-3">
      <p className="mb-1 font-medium">{label}</p>
      <ul
        aria-label={label}
        className={`rounded-lg bg-sunk px-3 py-2 font-mono break-all select-all ${lines.length > 1 ? "wide:columns-2" : ""}`}
      >
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p className="mt-1 text-[0.9rem] text-quiet">{words.once}</p>
      {board !== undefined && (
        <Button className="mt-2" onClick={() => void board.writeText(text).then(() => setCopied(true))}>
          <span aria-live="polite">{copied ? words.copied : words.copy}</span>
        </Button>
      )}
    </div>
  );
}
