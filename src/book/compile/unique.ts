/**
 * Hands out names that are unique: the first wish is granted as it is, later ones get `-2`, `-3` … (`from` says which
 * number comes first). Linear, however often one name is wished for.
 */
export function unique(from = 2): (wanted: string) => string {
  const next = new Map<string, number>();
  return (wanted) => {
    let name = wanted;
    let count = next.get(wanted) ?? from;
    while (next.has(name)) name = `${wanted}-${count++}`;
    next.set(wanted, count);
    if (name !== wanted) next.set(name, from);
    return name;
  };
}
