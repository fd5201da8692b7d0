import { width } from "../../report/columns.ts";

/** Between two drawings while nothing is heard, milliseconds. */
const DRAW_MS = 250;

/** Lines that stay, and below them a block that is drawn anew; only the lines where there is no terminal. */
export interface Live {
  /** There is a terminal to draw on. */
  readonly isOn: boolean;
  print(line: string): void;
  draw(): void;
  /** Takes the block away until it is drawn again. */
  clear(): void;
  end(): void;
}

/** A line cut to the terminal's columns; colours do not count and are never cut. */
function cut(line: string, columns: number): string {
  let room = columns;
  let kept = "";
  // oxlint-disable-next-line no-control-regex
  for (const [part] of line.matchAll(/\u001B\[[\d;]*m|[^]/gu)) {
    const wide = part.startsWith("\u001B") ? 0 : width(part);
    if (wide > room) continue;
    room -= wide;
    kept += part;
  }
  return kept;
}

/** On `stream`, with `block` asked for the lines of the block each time. */
export function makeLive(stream: NodeJS.WriteStream, block: () => readonly string[]): Live {
  const isOn = stream.isTTY;
  let drawn = 0;
  const clear = (): void => {
    if (drawn > 0) stream.write(`\u001B[${drawn}A\u001B[J`);
    drawn = 0;
  };
  const draw = (): void => {
    if (!isOn) return;
    // Some terminals do not tell their size.
    const [columns, rows] = [stream.columns || 80, stream.rows || 24];
    const lines = block().slice(-Math.max(1, rows - 2));
    clear();
    stream.write(lines.map((line) => `${cut(line, columns - 1)}\n`).join(""));
    drawn = lines.length;
  };
  let timer: NodeJS.Timeout | undefined;
  const tick = (): void => {
    if (isOn && timer === undefined) timer = setInterval(draw, DRAW_MS).unref();
  };
  const rest = (): void => {
    clearInterval(timer);
    timer = undefined;
    clear();
  };
  return {
    isOn,
    print: (line) => {
      clear();
      stream.write(`${line}\n`);
    },
    draw: () => {
      tick();
      draw();
    },
    clear: rest,
    end: rest,
  };
}
