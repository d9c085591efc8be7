/** Seeded random numbers and made-up words, the same on every machine. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** Uniform in [0, 1): mulberry32. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  below(n: number): number {
    return Math.floor(this.next() * n);
  }

  pick<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new RangeError('nothing to pick from');
    return value;
  }

  /** A made-up capitalised word such as «Brandovel». */
  word(): string {
    const part = (): string => this.pick(['br', 'v', 'k', 'tr', 'l', 'm', 'dr', 's', 'th', 'n', 'g', 'p', 'h', 'j']) + this.pick(['a', 'e', 'i', 'o', 'u', 'ei', 'ou']) + this.pick(['l', 'n', 'r', 'nd', 'sk', 'm', 'th', 'v', '']);
    const text = part() + part() + this.pick(['a', 'en', 'ick', 'or', 'ia', 'um', 'el', '']);
    return text.charAt(0).toUpperCase() + text.slice(1);
  }

  person(): string {
    return `${this.pick(['Ilse', 'Tomas', 'Dana', 'Mabel', 'Oskar', 'Priya', 'Kofi', 'Lena', 'Bruno', 'Yuki', 'Amara', 'Pavel'])} ${this.word()}`;
  }

  code(): string {
    return `${1000 + this.below(9000)}-${this.pick(['KX', 'QT', 'ZB', 'WR', 'MF'])}`;
  }

  number(from: number, to: number): number {
    return from + this.below(to - from);
  }
}
