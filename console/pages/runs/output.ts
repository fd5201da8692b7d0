import { useCallback, useEffect, useRef, useState } from "react";
import { logPart, type LogPart } from "../../api/log.ts";

/** Between two looks at an output that still grows, milliseconds. */
const EVERY = 1_000;
const TAIL = 400;
const OLDER = 500;

export interface Output {
  /** From its first line that is here to its end; undefined while it is not known. */
  readonly body: LogPart | undefined;
  readonly error: unknown;
  /** Brings older lines, newer ones; absent: all are here. */
  readonly older?: () => void;
  readonly newer?: () => void;
  /** Shows it from a line on, as if it began there. */
  readonly jump: (line: number) => void;
  /** How often that was done. */
  readonly jumps: number;
}

const joined = (a: LogPart, b: LogPart): LogPart => ({ ...a, text: a.text + b.text, next: b.next, size: b.size });

/** Lines before what is here, up to it: a part has an end of its own when its lines are long. */
async function before(run: string, name: string, { line, offset }: LogPart, signal: AbortSignal): Promise<LogPart> {
  const from = Math.max(1, line - OLDER);
  let part = await logPart(run, name, { line: from, count: line - from }, signal);
  while (part.next < offset)
    part = joined(part, await logPart(run, name, { offset: part.next, bytes: offset - part.next }, signal));
  return part;
}

/** The output of one attempt: its end at once, what comes while it grows, older lines when asked for. */
export function useOutput(run: string, name: string, growing: boolean): Output {
  const [body, setBody] = useState<LogPart>();
  const [error, setError] = useState<unknown>(null);
  const [jumps, setJumps] = useState(0);
  const held = useRef<LogPart>(undefined);
  /** Over when the output is not shown any more: what was asked for is not waited for then. */
  const over = useRef(new AbortController());
  const put = useCallback((next: LogPart) => {
    held.current = next;
    setBody(next);
  }, []);
  useEffect(() => {
    const shown = new AbortController();
    over.current = shown;
    return () => shown.abort();
  }, []);
  useEffect(() => {
    const left = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      const there = held.current;
      const part = await logPart(run, name, there ? { offset: there.next } : { tail: TAIL }, left.signal);
      put(held.current ? joined(held.current, part) : part);
      setError(null);
    };
    const turn = (): void => {
      void look()
        .catch((found: unknown) => left.signal.aborted || setError(found))
        .finally(() => {
          if (growing && !left.signal.aborted) timer = setTimeout(turn, EVERY);
        });
    };
    turn();
    return () => {
      left.abort();
      clearTimeout(timer);
    };
  }, [run, name, growing, put]);
  /** Asks for a part of it, for as long as it is shown. */
  const ask = (asked: (signal: AbortSignal) => Promise<LogPart>, then: (part: LogPart) => void): void => {
    const { signal } = over.current;
    asked(signal).then(
      (part) => signal.aborted || then(part),
      (found: unknown) => signal.aborted || setError(found),
    );
  };
  const older = (): void => {
    const there = held.current;
    if (there)
      ask(
        (signal) => before(run, name, there, signal),
        (part) => held.current && put(joined(part, held.current)),
      );
  };
  const newer = (): void => {
    const there = held.current;
    if (there)
      ask(
        (signal) => logPart(run, name, { offset: there.next }, signal),
        (part) => put(joined(there, part)),
      );
  };
  const jump = (line: number): void =>
    ask(
      (signal) => logPart(run, name, { line, count: OLDER }, signal),
      (part) => {
        put(part);
        setJumps((before) => before + 1);
      },
    );
  return {
    ...{ body, error, jump, jumps },
    ...(body !== undefined && body.line > 1 && { older }),
    ...(body !== undefined && body.next < body.size && !growing && { newer }),
  };
}
