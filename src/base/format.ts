/** Numbers for people, in English. Pure; used wherever a figure is shown. */

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** Bytes in decimal units: `0 B`, `912 B`, `148 kB`, `1.2 MB`, `41.2 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 999.5) return `${Math.round(bytes)} B`;
  const units = ['kB', 'MB', 'GB', 'TB'] as const;
  let value = bytes / 1000;
  let index = 0;
  while (value >= 999.5 && index < units.length - 1) {
    value /= 1000;
    index += 1;
  }
  // Kilobytes are whole from 10 up; a tenth of a megabyte still tells two files apart.
  const digits = value < 9.95 || (index > 0 && value < 99.95) ? 1 : 0;
  return `${value.toFixed(digits)} ${units[index] ?? 'TB'}`;
}

/** A count in full, with separators: `61,408`. */
export function formatCount(count: number): string {
  return whole.format(count);
}

/**
 * A count in little room: `912`, `1.2k`, `148k`, `0.86M`, `10.3M`, `1.5B`. From half a million up it
 * speaks in millions, as the meters do. `10M` rather than `10.0M`.
 */
export function formatCompact(count: number): string {
  if (count < 999.5) return whole.format(count);
  if (count < 499_500) return `${short(count / 1e3, 1)}k`;
  if (count < 999.5e6) return `${short(count / 1e6, count < 999_500 ? 2 : 1)}M`;
  return `${short(count / 1e9, 1)}B`;
}

function short(value: number, digits: number): string {
  const text = value.toFixed(value >= 99.95 ? 0 : digits);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/**
 * USD beside the thing it paid for: `$0.370`, `$12.41`, below a cent with two significant digits
 * (`$0.0019`), `$0.00` for nothing. `null` is `unknown`, never free.
 */
export function formatMoney(usd: number | null): string {
  if (usd === null) return 'unknown';
  if (usd === 0) return '$0.00';
  const sign = usd < 0 ? '-' : '';
  const size = Math.abs(usd);
  if (size < 0.000_000_5) return `${sign}<$0.000001`;
  if (size < 0.009_95) {
    const digits = Math.min(6, 1 - Math.floor(Math.log10(size)));
    return `${sign}$${size.toFixed(digits)}`;
  }
  if (size < 0.9995) return `${sign}$${size.toFixed(3)}`;
  return `${sign}$${new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(size)}`;
}

/** USD to the cent, for headlines and limits: `$0.37`, `$1.00`. Less than a cent keeps its digits. */
export function formatMoneyShort(usd: number | null): string {
  if (usd === null || usd === 0 || Math.abs(usd) < 0.009_95) return formatMoney(usd);
  return `${usd < 0 ? '-' : ''}$${new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(Math.abs(usd))}`;
}

/** A position on the clock of a run, from milliseconds: `0:00`, `1:42`, `30:00`, `1:02:03`. */
export function formatClock(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  const minutes = Math.floor(seconds / 60);
  const pad = (part: number) => String(part).padStart(2, '0');
  if (minutes < 60) return `${minutes}:${pad(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(seconds % 60)}`;
}

/** How long a run took: to the tenth of a second below ten, then as its clock: `0.6 s`, `2:23`. */
export function formatRunTime(ms: number): string {
  return ms < 9950 ? formatDuration(ms) : formatClock(ms);
}

/** A span of time, from milliseconds: `3 ms`, `0.2 s`, `6.1 s`, `44 s`, `1:42`. */
export function formatDuration(ms: number): string {
  if (ms === 0) return '0 s';
  if (ms < 99.5) return `${Math.max(1, Math.round(ms))} ms`;
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < 59_500) return `${Math.round(ms / 1000)} s`;
  return formatClock(Math.round(ms / 1000) * 1000);
}

/** A share from 0 to 1: `0%`, `0.4%`, `9.3%`, `78%`. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent === 0 || percent >= 9.95) return `${Math.round(percent)}%`;
  return percent < 0.05 ? '<0.1%' : `${percent.toFixed(1).replace(/\.0$/, '')}%`;
}

/** `1 call`, `40 calls`, `1,200 entries`: the count in full, with the noun that fits. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
