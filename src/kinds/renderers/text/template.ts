/** Text in which a Go template finds nothing to do: the manual's braces stay braces. */
export const plain = (text: string): string => text.replaceAll(/\{\{|\}\}/g, (braces) => `{{ "${braces}" }}`);

/** A length of time as Prometheus writes it, from seconds. */
export function span(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [unit, size] = (
    [
      ["d", 86_400],
      ["h", 3600],
      ["m", 60],
    ] as const
  ).find(([, each]) => whole > 0 && whole % each === 0) ?? ["s", 1];
  return `${whole / size}${unit}`;
}
