import { useStore } from 'zustand';
import {
  formatClock,
  formatCompact,
  formatCount,
  formatMoneyShort,
  plural,
} from '../../base/format.ts';
import type { RunStore } from '../../state/run-store.ts';
import { firstLimit, limitUses, runTotals, type LimitUse } from '../../trajectory/derive/totals.ts';
import { hasSubCalls } from '../../trajectory/methods.ts';
import type { RunState } from '../../trajectory/run-state.ts';
import { useElapsed } from '../kit/use-elapsed.ts';
import styles from './cost-panel.module.css';
import { Meter } from './meter.tsx';

/** Money, calls, tokens and time against their limits, live; and which limit will stop the run first. */
export function CostPanel({ run }: { readonly run: RunStore }) {
  const view = useStore(run, (state) => state.view);
  const isLive = useStore(
    run,
    ({ origin, playhead, live }) => origin === 'live' && playhead === null && live.finished === null,
  );
  const elapsed = useElapsed(view.length, isLive);
  const totals = runTotals(view);
  const uses = limitUses(view);
  const of = (limit: LimitUse['limit']) => uses.find((use) => use.limit === limit);
  const first = view.finished === null ? firstLimit(view) : null;
  const settings = view.started?.settings;
  const mayCall = hasSubCalls(view.started?.method ?? 'rlm');
  const at = view.finished?.at ?? view.at + elapsed;
  const isFree = settings?.provider === 'offline';
  const spent = totals.unknownCost
    ? totals.costUsd > 0
      ? `≥ ${formatMoneyShort(totals.costUsd)}`
      : UNKNOWN
    : formatMoneyShort(totals.costUsd);
  const { input, output } = totals.usage;
  return (
    <section className={styles['cost']} aria-label="Cost">
      <Meter
        label="Cost"
        value={spent}
        large
        limit={settings && spent !== UNKNOWN ? settings.budgetUsd.toFixed(2) : null}
        fraction={of('usd')?.fraction ?? 0}
        isFirst={first?.limit === 'usd'}
      />
      <Meter
        label="Sub-calls"
        value={formatCount(totals.subCalls)}
        limit={mayCall ? (settings ? formatCount(settings.maxSubCalls) : '') : null}
        fraction={mayCall ? (of('subCalls')?.fraction ?? 0) : null}
        isFirst={first?.limit === 'subCalls'}
      />
      <Meter
        label="Tokens"
        value={`${totals.usage.estimated ? '≈ ' : ''}${formatCompact(input + output)}`}
        limit={null}
        fraction={null}
        isFirst={false}
      />
      <Meter
        label="Time"
        value={formatClock(at)}
        limit={settings ? formatClock(settings.maxSeconds * 1000) : ''}
        fraction={settings ? at / 1000 / settings.maxSeconds : 0}
        isFirst={first?.limit === 'seconds'}
      />
      <p className={first && first.fraction >= NEAR ? styles['warning'] : styles['line']}>
        {first && first.fraction >= NEAR ? warning(first) : sentence(view, isFree)}
      </p>
    </section>
  );
}

/** In place of a price; there is no room beside it. */
const UNKNOWN = 'unknown';

/** From this share on, the panel says which limit comes first. */
const NEAR = 0.6;

function warning({ limit, used, allowed }: LimitUse): string {
  const left = Math.max(0, allowed - used);
  switch (limit) {
    case 'subCalls':
      return `Calls run out first: ${formatCount(left)} left`;
    case 'usd':
      return `Money runs out first: ${formatMoneyShort(left)} left`;
    case 'seconds':
      return `Time runs out first: ${formatClock(left * 1000)} left`;
    case 'turns':
      return `Turns run out first: ${formatCount(left)} left`;
  }
}

/** What the figures mean, in words: how much was sent beside how much there is to read. */
function sentence(view: RunState, isFree: boolean): string {
  const documents = view.started?.documents ?? [];
  const chars = documents.reduce((sum, { chars: each }) => sum + each, 0);
  const sent = formatCompact(runTotals(view).usage.input);
  const held = `${plural(documents.length, 'document')} of ≈ ${formatCompact(chars / 4)} tokens`;
  return isFree ? `No key, no cost · ${sent} sent of ≈ ${formatCompact(chars / 4)}` : `${sent} sent · ${held}`;
}
