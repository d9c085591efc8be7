import { createStore } from 'zustand/vanilla';

/** One sentence for the person: what is wrong and what to do. */
export interface Alert {
  readonly id: number;
  readonly text: string;
}

export function createAlertsStore() {
  const store = createStore<{ readonly alerts: readonly Alert[] }>(() => ({ alerts: [] }));
  let nextId = 0;
  return {
    ...store,
    /** Shows a sentence until it is dismissed; the same sentence is not shown twice. */
    raise(text: string): void {
      const { alerts } = store.getState();
      if (alerts.some((alert) => alert.text === text)) return;
      store.setState({ alerts: [...alerts, { id: nextId++, text }] });
    },
    dismiss(id: number): void {
      store.setState({ alerts: store.getState().alerts.filter((alert) => alert.id !== id) });
    },
    /** Takes a sentence back that is no longer true. */
    withdraw(text: string): void {
      store.setState({ alerts: store.getState().alerts.filter((alert) => alert.text !== text) });
    },
    clear: () => store.setState({ alerts: [] }),
  };
}
export type AlertsStore = ReturnType<typeof createAlertsStore>;
