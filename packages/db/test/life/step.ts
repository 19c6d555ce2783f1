/** What can happen in a world. A world's history is the list of its steps; the same list is the same history. */

/** What the provider does with a call: `arrives` is accepted within the call's time, and its answer is not waited for. */
export type Behaviour = 'accepts' | 'silent' | 'arrives' | 'deaf' | 'refuses' | 'rejects' | 'throttles';
/** `lost`: it is done and nobody hears of it. `killed`: and who did it is dead. */
export type Reply = 'heard' | 'lost' | 'killed';

export type Step =
  | { readonly do: 'enqueue'; readonly ends: 'added' | 'crashed' | 'given_back' }
  | { readonly do: 'wake'; readonly sender: number; readonly batch: number; readonly twice: boolean }
  | {
      readonly do: 'claim';
      readonly sender: number;
      readonly batch: number;
      readonly limit: number;
      readonly reply: Reply;
      /** The process stood still after it had looked at its clock. */
      readonly stale: boolean;
    }
  | { readonly do: 'read_back'; readonly sender: number; readonly batch: number }
  | {
      readonly do: 'call';
      readonly sender: number;
      readonly batch: number;
      readonly number: number;
      readonly does: Behaviour;
    }
  | { readonly do: 'settle'; readonly sender: number; readonly reply: Reply }
  | { readonly do: 'settle_late'; readonly sender: number }
  | { readonly do: 'release'; readonly sender: number; readonly batch: number; readonly stale: boolean }
  | { readonly do: 'renew'; readonly sender: number }
  | { readonly do: 'kill'; readonly sender: number }
  | { readonly do: 'arrive'; readonly batch: number; readonly number: number; readonly try: number }
  | {
      readonly do: 'report';
      readonly batch: number;
      readonly number: number;
      readonly try: number;
      readonly status: 'sent' | 'delivered' | 'read' | 'failed';
    }
  | { readonly do: 'pass'; readonly seconds: number }
  | { readonly do: 'rescue' | 'free' | 'policies' | 'drop' | 'complete' | 'notice' }
  | { readonly do: 'flush' | 'snapshot' }
  | { readonly do: 'orphan'; readonly batch: number }
  | { readonly do: 'pause' | 'resume' | 'cancel' | 'hold' | 'unhold' | 'replan' }
  | {
      readonly do: 'hand';
      readonly batch: number;
      readonly number: number;
      readonly as: 'sent' | 'failed' | 'resend';
    };
