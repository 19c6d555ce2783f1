/**
 * Whose turn it is: accounts take turns, so that a large one never starves a small one; within an account the eldest
 * source comes first, so that few batches are worked on at a time and each statement about outcomes touches few of them.
 */
export interface Turns<T> {
  add(item: T): void;
  remove(item: T): void;
  /** All items, in no order; nobody's turn is changed. */
  all(): Iterable<T>;
  /** All items, best first. Each call lets another account begin. The list is a copy and may be changed meanwhile. */
  inTurn(): T[];
}

/** @param groupOf the account an item belongs to */
export function createTurns<T>(groupOf: (item: T) => number): Turns<T> {
  const groups = new Map<number, T[]>();
  return {
    add(item) {
      const group = groups.get(groupOf(item));
      if (group) group.push(item);
      else groups.set(groupOf(item), [item]);
    },
    remove(item) {
      const key = groupOf(item);
      const group = groups.get(key);
      const index = group?.indexOf(item) ?? -1;
      if (!group || index < 0) return;
      group.splice(index, 1);
      if (group.length === 0) groups.delete(key);
    },
    *all() {
      for (const group of groups.values()) yield* group;
    },
    inTurn() {
      const first = groups.entries().next().value;
      if (!first) return [];
      // Who began this time comes last the next time.
      groups.delete(first[0]);
      groups.set(first[0], first[1]);
      if (groups.size === 1) return [...first[1]];
      const lists = [first[1], ...[...groups.values()].slice(0, -1)];
      const items: T[] = [];
      for (let place = 0; lists.some((list) => place < list.length); place++) {
        for (const list of lists) {
          const item = list[place];
          if (item !== undefined) items.push(item);
        }
      }
      return items;
    },
  };
}
