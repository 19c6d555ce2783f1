/** A turn of a world, and who does the turns of one kind. */
import type { House } from './house.ts';
import type { Step } from './step.ts';
import type { World } from './world.ts';

/** One world with the step that it takes now. */
export interface Turn<Kind extends Step = Step> {
  readonly world: World;
  readonly step: Kind;
}

/** Which safety of the model's own processes is off, for a negative control. */
export type Lack = 'intent' | 'lease' | 'unknown' | 'generation';

/** Does the steps of one kind, and may say what each world learns when what Postgres has then was read. */
export type Performer = (
  house: House,
  turns: readonly Turn[],
  lack: Lack | undefined,
) => Promise<((world: World, step: Step, before: World['batches']) => void) | undefined>;

/** As `Map.groupBy`, which Node 20 has not. */
export function grouped<Key, Item>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

export type Kind<Name extends Step['do']> = Extract<Step, { do: Name }>;

/** More than there are of anything in a pack. */
export const ALL = 1_000_000;

export const runsOf = (turns: readonly Turn[]): number[] => turns.map(({ world }) => world.runId);

/** Which world a batch belongs to, and which of its batches it is. */
export function owners(turns: readonly Turn[]): Map<number, { world: World; batch: number; step: Step }> {
  return new Map(
    turns.flatMap(({ world, step }) => world.batches.map((view, batch) => [view.id, { world, batch, step }] as const)),
  );
}
