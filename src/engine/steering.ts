import type { Steering } from './engine.ts';

/** Nobody is there: nothing is waited for, and what a person would have to allow goes on, but for a dead provider. */
export const UNATTENDED: Steering = {
  beforeTurn: () => Promise.resolve(),
  beforeCell: (_turn, code) => Promise.resolve(code),
  decide: (why) => Promise.resolve(why === 'sub-calls'),
  pausedMs: () => 0,
};
