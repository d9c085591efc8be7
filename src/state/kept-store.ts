import { createStore } from 'zustand/vanilla';
import type { DocumentInfo } from '../trajectory/events.ts';
import type { KeptRun } from './kept.ts';

/** An unfinished run that no tab runs. */
export interface Offer {
  readonly run: KeptRun;
  /** `missing` waits for the person to add files again; what else is there goes on by itself. */
  readonly phase: 'offered' | 'resuming' | 'missing';
  /** Documents that only the person has. */
  readonly missing: readonly DocumentInfo[];
}

/** What this device keeps, as far as it is shown. */
export interface KeptState {
  /** Finished runs of earlier visits, newest first. */
  readonly runs: readonly KeptRun[];
  /** Unfinished ones, newest first. */
  readonly offers: readonly Offer[];
  /** Bytes of all copies of documents. */
  readonly bytes: number;
  /** Documents that are being copied now. */
  readonly copying: number;
}

export function createKeptStore() {
  const store = createStore<KeptState>(() => ({ runs: [], offers: [], bytes: 0, copying: 0 }));
  return {
    ...store,
    /** Offers a run, or changes the offer of it. */
    offer(offer: Offer): void {
      store.setState(({ offers }) => {
        const isNew = !offers.some(({ run }) => run.id === offer.run.id);
        if (!isNew) return { offers: offers.map((one) => (one.run.id === offer.run.id ? offer : one)) };
        const all = [...offers, offer];
        return {
          offers: all.toSorted((a, b) => Date.parse(b.run.header.startedAt) - Date.parse(a.run.header.startedAt)),
        };
      });
    },
    withdraw(id: string): void {
      store.setState(({ offers }) => ({ offers: offers.filter(({ run }) => run.id !== id) }));
    },
  };
}
export type KeptStore = ReturnType<typeof createKeptStore>;
