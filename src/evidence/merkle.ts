import { hash } from "node:crypto";

/** SHA-256 values, 32 bytes. */
export type Hash = Buffer;

// In one call, half the time of a hash that is fed: these are short, and there are thousands of them.
const sha256 = (...parts: readonly Uint8Array[]): Hash => hash("sha256", Buffer.concat(parts), "buffer");

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

/** Hash of a leaf: SHA-256(0x00 || data), RFC 6962 §2.1. */
export const leafHash = (data: Uint8Array): Hash => sha256(LEAF, data);

/** Hash of an inner node: SHA-256(0x01 || left || right). */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Hash => sha256(NODE, left, right);

/** Hash of nothing: the root of an empty tree. */
export const EMPTY: Hash = sha256();

/**
 * Gives the hash of the complete subtree number `index` at `level`: leaves [index·2^level, (index+1)·2^level).
 * Everything here asks only for subtrees that are full.
 */
export type Nodes = (level: number, index: number) => Hash;

/** Trees have fewer leaves than this, so that bit operations of 32 bits hold. */
export const MAX_SIZE = 2 ** 31;

/** Largest power of two smaller than `n` (n > 1), as its exponent. */
const splitLevel = (n: number): number => 31 - Math.clz32(n - 1);

const isPower = (n: number): boolean => (n & (n - 1)) === 0;

/** Root of the leaves [from, to). */
export function rangeHash(nodes: Nodes, from: number, to: number): Hash {
  const size = to - from;
  if (size === 0) return EMPTY;
  if (isPower(size) && from % size === 0) return nodes(Math.log2(size), from / size);
  const split = from + 2 ** splitLevel(size);
  return nodeHash(rangeHash(nodes, from, split), rangeHash(nodes, split, to));
}

export const rootHash = (nodes: Nodes, size: number): Hash => rangeHash(nodes, 0, size);

/** Puts one more leaf behind a tree of `size`. `peaks`: hashes of the full subtrees it consists of, the largest first. */
export function pushLeaf(peaks: Hash[], size: number, leaf: Hash): void {
  let hash = leaf;
  for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) hash = nodeHash(peaks.pop()!, hash);
  peaks.push(hash);
}

/** The root of the tree that consists of these subtrees. */
export const peaksRoot = (peaks: readonly Hash[]): Hash =>
  peaks.length === 0 ? EMPTY : peaks.reduceRight((right, left) => nodeHash(left, right));

/** Proof that leaf `index` is in the tree of `size`: PATH of RFC 6962 §2.1.1, from the leaf upwards. */
export function inclusionProof(nodes: Nodes, index: number, size: number): Hash[] {
  const path = (leaf: number, from: number, to: number): Hash[] => {
    if (to - from === 1) return [];
    const split = from + 2 ** splitLevel(to - from);
    return leaf < split
      ? [...path(leaf, from, split), rangeHash(nodes, split, to)]
      : [...path(leaf, split, to), rangeHash(nodes, from, split)];
  };
  if (!(index >= 0 && index < size)) throw new RangeError(`leaf ${index} is not in a tree of ${size}`);
  return path(index, 0, size);
}

/** Proof that the tree of `old` leaves is the beginning of the tree of `size`: PROOF of RFC 6962 §2.1.2. */
export function consistencyProof(nodes: Nodes, old: number, size: number): Hash[] {
  const sub = (m: number, from: number, to: number, whole: boolean): Hash[] => {
    if (m === to - from) return whole ? [] : [rangeHash(nodes, from, to)];
    const split = from + 2 ** splitLevel(to - from);
    return from + m <= split
      ? [...sub(m, from, split, whole), rangeHash(nodes, split, to)]
      : [...sub(m - (split - from), split, to, false), rangeHash(nodes, from, split)];
  };
  if (!(old >= 0 && old <= size)) throw new RangeError(`a tree of ${old} is not the beginning of one of ${size}`);
  return old === 0 ? [] : sub(old, 0, size, true);
}

/** RFC 9162 §2.1.3.2: does the proof lead from this leaf to this root? */
export function verifyInclusion(leaf: Hash, index: number, size: number, proof: readonly Hash[], root: Hash): boolean {
  if (!(Number.isSafeInteger(index) && index >= 0 && index < size)) return false;
  let [fn, sn, hash] = [index, size - 1, leaf];
  for (const step of proof) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(step, hash);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else hash = nodeHash(hash, step);
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && hash.equals(root);
}

/** RFC 9162 §2.1.4.2: is the old tree the beginning of the new one? */
export function verifyConsistency(
  old: { readonly size: number; readonly root: Hash },
  now: { readonly size: number; readonly root: Hash },
  proof: readonly Hash[],
): boolean {
  if (old.size > now.size) return false;
  if (old.size === now.size) return proof.length === 0 && old.root.equals(now.root);
  if (old.size === 0) return proof.length === 0;
  const steps = isPower(old.size) ? [old.root, ...proof] : [...proof];
  const first = steps.shift();
  if (!first) return false;
  let [fn, sn] = [old.size - 1, now.size - 1];
  while (fn % 2 === 1) [fn, sn] = [half(fn), half(sn)];
  let [before, after] = [first, first];
  for (const step of steps) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      before = nodeHash(step, before);
      after = nodeHash(step, after);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else after = nodeHash(after, step);
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && before.equals(old.root) && after.equals(now.root);
}

const half = (n: number): number => Math.floor(n / 2);
