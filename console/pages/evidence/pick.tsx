import { useId, useState, type ReactNode } from "react";

interface Given {
  readonly label: string;
  readonly hint?: string;
  readonly multiple?: boolean;
  readonly disabled?: boolean;
  /** Room to drop files into, not only a button. */
  readonly large?: boolean;
  readonly onTake: (files: readonly File[]) => void;
}

/** Files that are dropped or chosen. What the browser itself would write there is in its own language: it is not shown. */
export function Pick({ label, hint, multiple = false, disabled = false, large = false, onTake }: Given): ReactNode {
  const id = useId();
  const [over, setOver] = useState(false);
  const take = (files: FileList | null): void => {
    setOver(false);
    if (files !== null && files.length > 0 && !disabled) onTake([...files]);
  };
  const look = over ? "border-accent bg-pass-t" : "border-edge bg-ground hover:bg-sunk";
  return (
    <div
      role="presentation"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        take(event.dataTransfer.files);
      }}
    >
      <label
        htmlFor={id}
        className={`mt-2 flex cursor-pointer flex-col items-center justify-center rounded-lg border border-dashed px-3 py-2 text-center focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-link ${large ? "min-h-24" : ""} ${look}`}
      >
        <span className="font-medium">{label}</span>
        {hint !== undefined && <span className="text-[0.88rem] text-quiet">{hint}</span>}
        <input
          id={id}
          type="file"
          multiple={multiple}
          disabled={disabled}
          className="sr-only"
          onChange={({ target }) => {
            take(target.files);
            // The same files, changed meanwhile, may be chosen again.
            target.value = "";
          }}
        />
      </label>
    </div>
  );
}
